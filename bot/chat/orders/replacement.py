"""The words of an order that replaces another one: it costs nothing, so nothing comes back."""

from __future__ import annotations

from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.orders.rules.moves import State
from bot.orders.views import OrderView


def replaces_line(_: Locale, order: OrderView) -> Rich:
    """Which order it replaces; empty for an ordinary one."""
    if order.replaces is None:
        return Rich()
    said = _("Replaces order #{number} and costs you nothing.")
    return fill(said, number=str(order.replaces))


def replacement_story(_: Locale, order: OrderView) -> Rich:
    """What comes next."""
    missing = _(
        "It did not come. Your report on order #{number} is open again, and someone from the"
        " shop is looking at it."
    )
    said = {
        State.QUEUED: _("It will be placed in a moment."),
        State.SUBMITTING: _("It is being placed."),
        State.ACTIVE: _("It is under way and arrives here by itself, as a new message."),
        State.IN_DOUBT: _("It is being checked. You don't need to do anything."),
        State.ATTENTION: _("Someone from the shop is looking at it."),
        State.COMPLETED: _("Everything is done. Thank you!"),
        State.PARTIAL: _(
            "Only a part of it came. Your report on order #{number} is open again, and someone"
            " from the shop is looking at it."
        ),
    }.get(order.state, missing)
    return fill(said, number=str(order.replaces))


def replacement_state(_: Locale, state: State) -> str:
    """Where it stands, in a few words; empty where it is said as of any order."""
    return {
        State.CANCELED: _("Canceled"),
        State.FAILED: _("Not placed"),
    }.get(state, "")
