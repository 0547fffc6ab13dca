"""A rented number as a card: the phone to copy, until when it waits, and what came."""

from __future__ import annotations

from bot.catalog.projects import key_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer
from bot.chat.numbers.countries import phone_shown, place_line
from bot.chat.numbers.taps import OpenCountries, RentNumber, ReuseNumber
from bot.chat.orders.order import reason_text, state_sign, state_text, story
from bot.chat.orders.taps import CancelOrder, OpenOrders, ReportProblem, ShowGoods
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.views import OrderView

LONGEST_COPY = 256


def number_screen(_: Locale, order: OrderView, *, live: bool = False) -> Screen:
    """The card; the `live` one is edited as things happen: its ways out open new messages."""
    text = join([_what(_, order), _story(_, order), _money_and_times(_, order)], "\n\n")
    phone = phone_of(order) if is_waiting(order) or order.state is State.COMPLETED else ""
    rows = (*copy_row(_, phone), *_goods(_, order), *_ends(_, order, live=live))
    return Screen(text, (*rows, again_row(_, order, new=live), _ways_out(_, live=live)))


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
        ]
    )


def phone_line(_: Locale, phone: str) -> Rich:
    """The phone, which is copied by a tap."""
    return Rich("📱 ") + code(_.iso(phone_shown(phone))) if phone.strip() else Rich()


def number_state(_: Locale, order: OrderView) -> str:
    """Where the number stands, in a few words."""
    if is_waiting(order):
        return _("Waiting for the code")
    if order.state in {State.QUEUED, State.SUBMITTING} and order.waiting_until is None:
        return _("Your number is on its way")
    if order.state is State.COMPLETED:
        return _("The code has arrived") if order.delivered else state_text(_, order.state)
    if order.state is State.CANCELED and order.reason is Reason.NO_CODE:
        return _("No code came, refunded")
    return state_text(_, order.state)


def _story(_: Locale, order: OrderView) -> Rich:
    rental = order.rental
    if is_waiting(order) and rental is not None:
        until = fill(_("The code can come until {time}."), time=_.moment(rental.expires_at))
        promise = _("It arrives here by itself, as a new message. If none comes, you pay nothing.")
        return join([until, promise])
    if listens(order) and rental is not None:
        more = _("More codes to this number arrive here until {time}, at no further cost.")
        return fill(more, time=_.moment(rental.expires_at))
    if order.state is State.CANCELED and order.reason is Reason.NO_CODE:
        came_late = order.delivered > 0
        said = _("The whole amount was refunded to your balance.")
        late = _("A code came late; it is yours for nothing.")
        return Rich(said + _.gap + (late if came_late else reason_text(_, Reason.NO_CODE)))
    return story(_, order)


def _money_and_times(_: Locale, order: OrderView) -> Rich:
    return join(
        [
            fill(_("Total: {total}"), total=_.money(order.total)),
            fill(_("Paid: {amount}"), amount=_.money(order.captured)) if order.captured else "",
            fill(_("Refunded: {amount}"), amount=_.money(order.released))
            if order.released
            else "",
            fill(_("Ordered: {time}"), time=_.moment(order.created_at)),
        ]
    )


def copy_row(_: Locale, phone: str) -> tuple[Row, ...]:
    """A button that copies the phone, where it is a phone at all."""
    shown = phone.strip()
    if not 0 < len(shown.encode(errors="replace")) <= LONGEST_COPY or not shown.isprintable():
        return ()
    return ((Button(_("📋 Copy the number"), copy=shown, style="primary"),),)


def _goods(_: Locale, order: OrderView) -> tuple[Row, ...]:
    problem = Button(_("⚠️ Problem"), ReportProblem(order=order.id))
    if not (order.delivered and order.goods_kept):
        return ((problem,),)
    return ((Button(_("📄 Show codes"), ShowGoods(order=order.id)), problem),)


def _ends(_: Locale, order: OrderView, *, live: bool) -> tuple[Row, ...]:
    cancel = Button(_("✖ Cancel the order"), CancelOrder(order=order.id, live=live))
    reuse = Button(_("♻️ Use this number again"), ReuseNumber(order=order.id, new=live))
    return (
        *(((cancel,),) if order.can_be_canceled else ()),
        *(((reuse,),) if was_had(order) else ()),
    )


def was_had(order: OrderView) -> bool:
    """Whether its phone may be asked for again: nothing comes to it any more by itself."""
    return bool(phone_of(order)) and order.state in FINISHED and not listens(order)


def again_row(_: Locale, order: OrderView, *, new: bool) -> Row:
    """Another number: of the same country, or of another one."""
    return (
        Button(_("🔁 Same again"), RentNumber(service=order.service, new=new)),
        Button(
            _("🌍 Another country"), OpenCountries(project=key_of(order.service_name), new=new)
        ),
    )


def _ways_out(_: Locale, *, live: bool) -> Row:
    if live:
        return (Button(_("📦 Orders"), OpenOrders(new=True)), *footer(_, new=True))
    return footer(_, OpenOrders())
