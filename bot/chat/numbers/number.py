"""A rented number as its customer sees it, on its card and at its end, and as operators do."""

from __future__ import annotations

from datetime import datetime

from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip, fit
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer
from bot.chat.numbers.countries import place_line, project_of
from bot.chat.numbers.taps import OpenCountries, RentNumber, ReuseNumber
from bot.chat.orders.claimed import claim_line
from bot.chat.orders.goods import LONGEST_COPY, is_plain, problem_button
from bot.chat.orders.notices import ended_money, ended_reason, order_button
from bot.chat.orders.order import (
    can_be_canceled,
    is_claimed,
    money_lines,
    reason_text,
    state_of,
    state_sign,
    state_text,
    story,
    ways_out,
)
from bot.chat.orders.taps import CancelOrder, ShowGoods
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.views import OrderView, RentalState, RentalView

_LONGEST_PHONE = 160
_LONGEST_COUNTRY = 60


def number_screen(_: Locale, order: OrderView, now: datetime, *, live: bool = False) -> Screen:
    """The card; the `live` one is edited as things happen: its ways out open new messages."""
    money = money_lines(_, order, now, paid=bool(order.captured))
    text = join([_what(_, order), _story(_, order, now), money], "\n\n")
    phone = phone_of(order) if is_waiting(order) or order.state is State.COMPLETED else ""
    rows = (*copy_row(_, phone), *_goods(_, order), *_ends(_, order, live=live))
    return Screen(text, (*rows, again_row(_, order, new=live), ways_out(_, live=live)))


def phone_of(order: OrderView) -> str:
    """The phone that came, empty while none has."""
    return "" if order.rental is None else order.rental.phone


def country_of(order: OrderView) -> str:
    """The country's name, as far as it is known."""
    return "" if order.rental is None else order.rental.country


def is_waiting(order: OrderView) -> bool:
    """Whether the first code can still come."""
    return order.state is State.ACTIVE and order.rental is not None


def listens(order: OrderView) -> bool:
    """Whether further codes of a paid number can still come."""
    return (
        order.state is State.COMPLETED and order.rental is not None and order.rental.is_listening
    )


def _what(_: Locale, order: OrderView) -> Rich:
    title = fill(_("Order #{number}"), number=str(order.id))
    return join(
        [
            bold(title),
            place_line(_, order.service_name, country_of(order)),
            phone_line(_, phone_of(order)),
            bold(state_sign(order.state) + " " + number_state(_, order)),
            "" if order.claim is None else claim_line(_, order.claim, order.quantity),
        ]
    )


def phone_line(_: Locale, phone: str) -> Rich:
    """The phone, which is copied by a tap."""
    return Rich("📱 ") + _.copied(fit(phone)) if phone.strip() else Rich()


def number_state(_: Locale, order: OrderView) -> str:
    """Where the number stands, in a few words."""
    if is_waiting(order):
        return _("Waiting for the code")
    if order.state in {State.QUEUED, State.SUBMITTING} and order.waiting_until is None:
        return _("Your number is on its way")
    if order.state is State.COMPLETED:
        return _("The code has arrived") if order.delivered else state_text(_, order.state)
    if order.state is State.CANCELED and order.reason is Reason.NO_CODE and not order.replaces:
        return _("No code came, refunded")
    return state_of(_, order)


def _story(_: Locale, order: OrderView, now: datetime) -> Rich:
    rental = order.rental
    if is_waiting(order) and rental is not None:
        end = _.until(rental.expires_at, now)
        until = fill(_("The code can come until {time}."), time=end)
        promise = _("It arrives here by itself, as a new message. If none comes, you pay nothing.")
        return join([until, promise])
    if listens(order) and rental is not None:
        more = _("More codes to this number arrive here until {time}, at no extra cost.")
        return fill(more, time=_.until(rental.expires_at, now))
    if order.state is State.CANCELED and order.reason is Reason.NO_CODE and not order.replaces:
        said = _("The whole amount was refunded to your balance.")
        late = _("A code came late; it is yours for free.")
        return Rich(said + _.gap + (late if order.delivered else reason_text(_, Reason.NO_CODE)))
    return story(_, order, now)


def copy_row(_: Locale, phone: str) -> tuple[Row, ...]:
    """A button that copies the phone, where it is a phone at all."""
    shown = phone.strip()
    if not 0 < len(shown.encode(errors="replace")) <= LONGEST_COPY or not shown.isprintable():
        return ()
    if not is_plain(shown):  # Telegram would have another one copied
        return ()
    return ((Button(_("📋 Copy the number"), copy=shown, style="primary"),),)


def _goods(_: Locale, order: OrderView) -> tuple[Row, ...]:
    problem = problem_button(_, order.id, is_reported=is_claimed(order))
    if not (order.delivered and order.goods_kept):
        return ((problem,),)
    return ((Button(_("📄 Show codes"), ShowGoods(order=order.id)), problem),)


def _ends(_: Locale, order: OrderView, *, live: bool) -> tuple[Row, ...]:
    cancel = Button(_("✖ Cancel the order"), CancelOrder(order=order.id, live=live))
    reuse = Button(_("♻️ Use this number again"), ReuseNumber(order=order.id, new=live))
    return (
        *(((cancel,),) if can_be_canceled(order) else ()),
        *(((reuse,),) if was_had(order) else ()),
    )


def was_had(order: OrderView) -> bool:
    """Whether its phone may be asked for again: nothing comes to it any more by itself."""
    return bool(phone_of(order)) and order.state in FINISHED and not listens(order)


def again_row(_: Locale, order: OrderView, *, new: bool) -> Row:
    """Another number: of the same country, or of another one."""
    same = RentNumber(service=order.service, new=new)
    countries = OpenCountries(project=project_of(order), new=new)
    return Button(_("🔁 Same again"), same), Button(_("🌍 Another country"), countries)


def number_ended_screen(_: Locale, order: OrderView) -> Screen:
    """A number came to its end; another one is one tap away."""
    no_code = _("No code came to this number, so order #{order} costs you nothing.")
    why = fill(no_code, order=str(order.id))
    if order.reason is not Reason.NO_CODE or order.replaces is not None:
        why = ended_reason(_, order)
    what = place_line(_, order.service_name, country_of(order))
    number = join([what, phone_line(_, phone_of(order))])
    text = join([ended_money(_, order), number, why], "\n\n")
    ends = (order_button(_, order), *footer(_, new=True))
    return Screen(text, (again_row(_, order, new=True), ends))


def number_desk_line(_: Locale, rental: RentalView | None) -> Rich:
    """The number as operators see it on an order; None while none has come."""
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
        RentalState.CANCELED: _("canceled by the supplier"),
        RentalState.CLOSED: _("closed"),
    }[state]
