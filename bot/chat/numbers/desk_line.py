"""A rented number as operators see it on an order: whole, as they see goods' orders."""

from __future__ import annotations

from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, code, fill, join
from bot.orders.views import RentalState, RentalView

_LONGEST_PHONE = 160
_LONGEST_COUNTRY = 60


def number_desk_line(_: Locale, rental: RentalView | None) -> Rich:
    """What is known of the number; None while none has come."""
    headline = Rich(_("📱 A phone number for codes"))
    if rental is None:
        return headline
    phone = code(clip(rental.phone, _LONGEST_PHONE) or "-")
    country = _.iso(clip(rental.country, _LONGEST_COUNTRY))
    until = fill(
        _("{state}; end: {time}; codes: {count}"),
        state=_rental_words(_, rental.state),
        time=_.moment(rental.expires_at),
        count=_.number(rental.codes),
    )
    return join([headline, join([phone, country], " · "), until])


def _rental_words(_: Locale, state: RentalState) -> str:
    return {
        RentalState.WAITING: _("waits for a code"),
        RentalState.RECEIVED: _("got a code, waits for more"),
        RentalState.EXPIRED: _("ran out without a code"),
        RentalState.CANCELED: _("called off by the supplier"),
        RentalState.CLOSED: _("closed"),
    }[state]
