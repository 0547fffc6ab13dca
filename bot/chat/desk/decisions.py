"""The second tap of each decision about an order: what it will do to the money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.base.money import Money
from bot.chat.desk.order import last_attempt
from bot.chat.desk.parts import desk_screen, order_line, sure_screen
from bot.chat.desk.replacement import calibration_words, replacement_words
from bot.chat.desk.taps import AttachId, Decide, Decision, OpenOrderDetails, ReadDelivered
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Screen, which_words
from bot.orders.decide import is_unknown_id
from bot.orders.order_details import OrderDetails
from bot.orders.rules.moves import State
from bot.orders.rules.settlement import Ending, partial_ending
from bot.orders.views import OrderView
from bot.suppliers.errors import NotSent, Refused, SupplierError, Throttled

FROM: Final[dict[Decision, State]] = {
    Decision.NOT_PLACED: State.IN_DOUBT,
    Decision.SEND_AGAIN: State.IN_DOUBT,
    Decision.WRITE_OFF: State.IN_DOUBT,
    Decision.COMPLETE: State.ATTENTION,
    Decision.PARTIAL: State.ATTENTION,
    Decision.CANCEL: State.ATTENTION,
    Decision.KEEP_ASKING: State.ATTENTION,
    Decision.TAKE_OVER: State.ACTIVE,
    Decision.CALL_OFF: State.QUEUED,
}
"""Where an order has to stand for each decision."""


def decision_sure_screen(
    _: Locale, details: OrderDetails, act: Decision, step: Money, delivered: int = 0
) -> Screen:
    """What a decision will do, and the tap that does it; `step` is what a refund is rounded to."""
    order = details.order
    units = min(units_of(act, delivered, order.quantity), order.quantity)
    ending = partial_ending(order.total, units, order.quantity, step)
    consequence = _consequence(_, details, act, delivered, ending)
    text = join([order_line(_, order), consequence], "\n\n")
    seen = last_attempt(details)
    tap = Decide(order=order.id, act=act, attempt=seen, delivered=delivered, sure=True)
    return sure_screen(_, text, Button(_yes(_, act), tap), OpenOrderDetails(order=order.id))


def _consequence(
    _: Locale, details: OrderDetails, act: Decision, delivered: int, ending: Ending
) -> Rich:
    order = details.order
    return fill(
        _words_of(_, order, act),
        number=str(order.replaces),
        total=bold(_.money(order.total)),
        cost=_.money(details.cost),
        paid=bold(_.money(ending.captured)),
        back=bold(_.money(ending.released)),
        delivered=_.number(delivered),
        quantity=_.number(order.quantity),
    )


def _words_of(_: Locale, order: OrderView, act: Decision) -> str:
    if order.is_calibration:
        return calibration_words(_, order, act)
    return _sentence(_, order, act) if order.replaces is None else replacement_words(_, order, act)


def units_of(act: Decision, delivered: int, quantity: int) -> int:
    """How many units are paid when an order in attention ends so."""
    return {Decision.COMPLETE: quantity, Decision.PARTIAL: delivered}.get(act, 0)


def _sentence(_: Locale, order: OrderView, act: Decision) -> str:
    return {
        Decision.TAKE_OVER: _(
            "The supplier is asked about this order no more, and {total} stays held until you "
            "decide how it ends. The customer is told that a person is looking at it."
        ),
        Decision.CALL_OFF: _call_off_sentence(_, order),
        Decision.NOT_PLACED: _(
            "{total} goes back to the customer's credit, and the order ends as not placed. "
            "Do this only if the supplier really does not have it."
        ),
        Decision.SEND_AGAIN: _(
            "The order is sent to the supplier once more. If the first one did arrive, the "
            "supplier takes {cost} twice. The customer's {total} stays held and is paid once."
        ),
        Decision.WRITE_OFF: _(
            "{total} goes back to the customer's credit. If the supplier did take the order, "
            "its cost of {cost} is the shop's loss."
        ),
        Decision.COMPLETE: _(
            "The order ends as completed: all {quantity} were delivered. {total} is paid, "
            "nothing goes back."
        ),
        Decision.PARTIAL: _(
            "The order ends with {delivered} of {quantity} delivered: {paid} is paid and {back} "
            "goes back to the customer's credit."
        ),
        Decision.CANCEL: _(
            "The order ends as canceled: {total} goes back to the customer's credit."
        ),
        Decision.KEEP_ASKING: _(
            "The supplier is asked about this order again. The customer's {total} stays held."
        ),
    }[act]


def _call_off_sentence(_: Locale, order: OrderView) -> str:
    if order.may_have_left:
        return _(
            "The order is not sent again. It is in doubt once more, because the first one may "
            "have arrived, and {total} stays held until you decide how it ends."
        )
    return _(
        "The order is not sent to the supplier any more: {total} goes back to the customer's "
        "credit."
    )


def _yes(_: Locale, act: Decision) -> str:
    return {
        Decision.TAKE_OVER: _("Yes: take over"),
        Decision.CALL_OFF: _("Yes: do not send"),
        Decision.NOT_PLACED: _("Yes: not placed, refund"),
        Decision.SEND_AGAIN: _("Yes: send again"),
        Decision.WRITE_OFF: _("Yes: write off"),
        Decision.COMPLETE: _("Yes: complete"),
        Decision.PARTIAL: _("Yes: partial"),
        Decision.CANCEL: _("Yes: cancel and refund"),
        Decision.KEEP_ASKING: _("Yes: keep asking"),
    }[act]


def attach_sure_screen(_: Locale, details: OrderDetails, remote: str, problem: str = "") -> Screen:
    """The typed id, shown back; `problem` is of what was typed after it."""
    sentence = _(
        "From now on this order follows the supplier's order {remote}. The customer's {total} "
        "stays held until that order ends."
    )
    if details.order.is_calibration:
        sentence = _("From now on this order follows the supplier's order {remote}.")
    words = fill(sentence, remote=code(remote), total=bold(_.money(details.order.total)))
    order = details.order.id
    text = join([problem, order_line(_, details.order), words], "\n\n")
    tap = AttachId(order=order, remote=remote, attempt=last_attempt(details))
    yes = Button(_("Yes: attach this id"), tap)
    return sure_screen(_, text, yes, OpenOrderDetails(order=order), "primary")


def ask_remote_screen(_: Locale, order: int, problem: str = "") -> Screen:
    """The supplier's id is typed next."""
    ask = _("Send me the supplier's number of this order. Nothing happens before you confirm it.")
    return _ask(_, order, problem, ask)


def ask_delivered_screen(_: Locale, order: OrderView, problem: str = "") -> Screen:
    """The number of delivered units is typed next."""
    sentence = _("How many of {quantity} did the customer get? Send me a number.")
    ask = fill(sentence, quantity=_.number(order.quantity))
    return _ask(_, order.id, problem, ask)


def which_delivered_screen(_: Locale, order: OrderView, readings: Sequence[int]) -> Screen:
    """The typed number of delivered units can be read in two ways."""
    row = tuple(
        Button(_.number(one), ReadDelivered(order=order.id, delivered=one)) for one in readings
    )
    title = bold(fill(_("Order #{order}"), order=str(order.id)))
    return desk_screen(_, join([title, which_words(_)], "\n\n"), row)


def _ask(_: Locale, order: int, problem: str, ask: Rich | str) -> Screen:
    title = bold(fill(_("Order #{order}"), order=str(order)))
    back = (Button(_("◀ Back"), OpenOrderDetails(order=order)),)
    return desk_screen(_, join([title, problem, ask], "\n\n"), back)


def too_late_words(_: Locale) -> str:
    """The order has moved on since the button was shown."""
    return _("Nothing was done by this tap: the order has moved on. This is how it stands now.")


def supplier_no_words(_: Locale, failure: SupplierError) -> Rich:
    """Why an id could not be attached."""
    if is_unknown_id(failure):
        return Rich(_("Nothing was done: the supplier does not know this number."))
    if isinstance(failure, Refused):
        said = _.iso(clip(failure.said, 160))
        return fill(_("Nothing was done: the supplier says: {said}"), said=said)
    if isinstance(failure, NotSent | Throttled):
        return Rich(_("Nothing was done: the supplier cannot be asked now. Try again later."))
    return Rich(_("Nothing was done: the supplier's answer cannot be used. Try again later."))


def decided_words(_: Locale, order: OrderView) -> Rich:
    """What a decision has done."""
    if not order.total:
        told = _("✅ Done. The customer is told where the order stands.")
        return Rich(_("✅ Done.") if order.is_calibration else told)
    if order.state is State.QUEUED:
        return Rich(_("✅ Done: it will be sent again. The money stays held."))
    if order.state is State.ACTIVE:
        return Rich(_("✅ Done: the supplier is asked about it. The money stays held."))
    if order.state is State.ATTENTION:
        return Rich(_("✅ Done: how it ends is yours to decide. The money stays held until then."))
    if order.state is State.IN_DOUBT:
        return Rich(_("✅ Done: it is not sent, and is in doubt again. The money stays held."))
    return fill(
        _("✅ Done: {paid} is paid, {back} went back. The customer is told."),
        paid=_.money(order.captured),
        back=_.money(order.released),
    )


def still_closed_words(_: Locale) -> str:
    """Why a decision about an order has to wait."""
    return _("Nothing was done: the shop is in safe mode. Open it first; /desk shows how.")
