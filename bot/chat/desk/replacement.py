"""The desk's words for orders that no customer pays for: replacements and calibrations."""

from __future__ import annotations

from bot.base.ids import OrderId
from bot.chat.desk.taps import Decision
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.orders.views import OrderView


def replacement_line(_: Locale, replaces: OrderId) -> Rich:
    """Which order it replaces."""
    said = _("Replaces order #{number}; the customer pays nothing.")
    return fill(said, number=str(replaces))


def replacement_words(_: Locale, order: OrderView, act: Decision) -> str:
    """What a decision about it will do."""
    if act is Decision.CALL_OFF and order.may_have_left:
        return _(
            "The order is not sent again. It is in doubt once more, because the first one may "
            "have arrived."
        )
    nothing = _(
        "The order ends without a delivery, and the claim about order #{number} is open again."
    )
    return {
        Decision.TAKE_OVER: _(
            "The supplier is asked about this order no more, and you decide how it ends. The "
            "customer is told that a person is looking at it."
        ),
        Decision.SEND_AGAIN: _(
            "The order is sent to the supplier once more. If the first one did arrive, the "
            "supplier takes {cost} twice."
        ),
        Decision.COMPLETE: _("The order ends as completed: all {quantity} were delivered."),
        Decision.PARTIAL: _(
            "The order ends with {delivered} of {quantity} delivered, and the claim about order "
            "#{number} is open again."
        ),
        Decision.KEEP_ASKING: _("The supplier is asked about this order again."),
    }.get(act, nothing)


def calibration_line(_: Locale) -> Rich:
    """Who placed it, and why."""
    said = _("🧪 Placed by an operator to find out what the rate is for; nobody pays for it.")
    return Rich(said)


def calibration_words(_: Locale, order: OrderView, act: Decision) -> str:
    """What a decision about it will do."""
    if act is Decision.CALL_OFF and order.may_have_left:
        return _(
            "The order is not sent again. It is in doubt once more, because the first one may "
            "have arrived."
        )
    ends = _(
        "The order ends, and nothing is found out. If the supplier did take it, your money there"
        " is spent."
    )
    return {
        Decision.TAKE_OVER: _(
            "The supplier is asked about this order no more, and you decide how it ends."
        ),
        Decision.SEND_AGAIN: _(
            "The order is sent to the supplier once more. If the first one did arrive, the "
            "supplier takes its price twice."
        ),
        Decision.COMPLETE: _("The order ends as completed: all {quantity} were delivered."),
        Decision.PARTIAL: _(
            "The order ends with {delivered} of {quantity} delivered, and nothing is found out."
        ),
        Decision.KEEP_ASKING: _("The supplier is asked about this order again."),
    }.get(act, ends)
