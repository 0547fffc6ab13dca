"""What a customer is told of an order unasked: the money first, then what comes next."""

from __future__ import annotations

from datetime import datetime

from bot.base.ids import OrderId
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, footer, label
from bot.chat.orders.calibration import calibration_line, calibration_story
from bot.chat.orders.replacement import replacement_story, replaces_line
from bot.chat.orders.taps import CancelOrder, OpenOrder, OrderAgain
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.views import OrderView


def ended_screen(_: Locale, order: OrderView) -> Screen:
    """An order came to its end."""
    text = join([ended_money(_, order), _what(_, order), ended_reason(_, order)], "\n\n")
    again = Button(_("🔁 Order again"), OrderAgain(order=order.id, new=True))
    return Screen(text, ((order_button(_, order), again), footer(_, new=True)))


def ended_money(_: Locale, order: OrderView) -> Rich:
    """What was paid and what came back; nothing of either for what has no price."""
    if not order.total:
        return Rich()
    sentence = {
        State.COMPLETED: _("✅ {paid} was paid."),
        State.PARTIAL: _("💳 {back} is back in your balance; {paid} was paid."),
    }.get(order.state, _("💳 {back} is back in your balance."))
    paid, back = bold(_.money(order.captured)), bold(_.money(order.released))
    return fill(sentence, paid=paid, back=back)


def ended_reason(_: Locale, order: OrderView) -> Rich:
    """How it ended."""
    if order.replaces is not None:
        return join([replaces_line(_, order), replacement_story(_, order)])
    if order.is_calibration:
        return join([calibration_line(_), calibration_story(_, order.state)])
    sentence = {
        State.COMPLETED: _("Order #{order} is complete. Thank you!"),
        State.PARTIAL: _(
            "Order #{order} ended with {delivered} of {quantity} delivered. "
            "You paid only for these."
        ),
        State.CANCELED: _("Order #{order} was canceled."),
    }.get(order.state, _failed(_, order.reason))
    return fill(
        sentence,
        order=str(order.id),
        delivered=_.number(order.delivered),
        quantity=_.number(order.quantity),
    )


def _failed(_: Locale, reason: Reason | None) -> str:
    if reason is Reason.CUSTOMER_CANCELED:
        return _("Order #{order} was canceled, as you asked.")
    if reason is Reason.OUT_OF_STOCK:
        return _("Order #{order} could not be placed: this item has just sold out.")
    if reason is Reason.PATIENCE_OVER:
        return _("Order #{order} could not be placed in time. You can try again later.")
    return _("Order #{order} could not be placed. You can try again, or choose something else.")


def waits_screen(_: Locale, order: OrderView, now: datetime) -> Screen:
    """The order cannot be placed yet; it is tried again until a time that is said."""
    sentence = _("Order #{order} is waiting: we can't place it right now and keep trying.")
    until: Rich | str = ""
    if order.waiting_until is not None and order.total:
        promise = _("If it does not work out by {time}, your money comes back by itself.")
        until = fill(promise, time=_.until(order.waiting_until, now))
    words = join([fill(sentence, order=str(order.id)), until], _.gap)
    cancel = Button(_("✖ Cancel the order"), CancelOrder(order=order.id))
    more = (cancel,) if order.replaces is None else ()
    return _safe_screen(_, order, words, *more)


def in_doubt_screen(_: Locale, order: OrderView) -> Screen:
    """The order is being checked."""
    sentence = _(
        "Order #{order} is being checked. You don't need to do anything. We'll write here as"
        " soon as we know more."
    )
    return _safe_screen(_, order, fill(sentence, order=str(order.id)))


def needs_person_screen(_: Locale, order: OrderView) -> Screen:
    """A person looks at the order."""
    sentence = _(
        "Something went wrong with order #{order}, and someone from the shop is looking at it."
        " We'll write here as soon as we know more."
    )
    return _safe_screen(_, order, fill(sentence, order=str(order.id)))


def settled_screen(_: Locale, order: OrderView) -> Screen:
    """What was told of an order while it waited or was looked at, once that is over or changed."""
    if order.state in FINISHED:
        return _over_screen(_, order)
    return _safe_screen(_, order, fill(_("Order #{order} is moving again."), order=str(order.id)))


def _over_screen(_: Locale, order: OrderView) -> Screen:
    """Where the money went, in short: the end itself was told in a message of its own."""
    title = fill(_("✅ Order #{order} is settled."), order=str(order.id))
    paid = fill(_("Paid: {amount}"), amount=_.money(order.captured)) if order.captured else ""
    back = fill(_("Refunded: {amount}"), amount=_.money(order.released)) if order.released else ""
    text = join([bold(title), _what(_, order), join([paid, back])], "\n\n")
    return Screen(text, ((order_button(_, order, new=True),), footer(_, new=True)))


def _safe_screen(_: Locale, order: OrderView, words: Rich, *more: Button) -> Screen:
    safe = _("🔒 Your money is safe: {total} is set aside for this order.")
    held = fill(safe, total=bold(_.money(order.total)))
    if not order.total:
        held = calibration_line(_) if order.is_calibration else replaces_line(_, order)
    text = join([held, _what(_, order), words], "\n\n")
    return Screen(text, ((order_button(_, order, new=True), *more), footer(_, new=True)))


def _what(_: Locale, order: OrderView) -> Rich:
    return fill(
        _("{name} × {quantity}"),
        name=_.iso(fit(order.service_name, IN_TEXT)),
        quantity=_.number(order.quantity),
    )


def order_button(
    _: Locale, order: OrderView, *, new: bool = False, number: OrderId | None = None
) -> Button:
    """The way to the order, or to another one of its customer's by its number."""
    leads_to = number or order.id
    shown = label(_("📦 Order #{order}"), order=str(leads_to))
    return Button(shown, OpenOrder(order=leads_to, new=new))
