"""The words of an operator's own order that finds out what a rate is for."""

from __future__ import annotations

from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich
from bot.orders.rules.moves import State


def calibration_line(_: Locale) -> Rich:
    """Whose money is in it."""
    return Rich(_("🧪 Your own order, to find out what the supplier's rate is for."))


def calibration_story(_: Locale, state: State) -> Rich:
    """What comes next."""
    said = {
        State.QUEUED: _("It will be placed in a moment."),
        State.SUBMITTING: _("It is being placed."),
        State.IN_DOUBT: _("It is being checked. You don't need to do anything."),
        State.ATTENTION: _("Someone from the shop is looking at it."),
        State.COMPLETED: _("Everything is done. Thank you!"),
        State.CANCELED: _("The supplier canceled it."),
        State.FAILED: _("It was not placed, and nothing was spent."),
        State.PARTIAL: _("Only a part of it came."),
    }.get(state, _("It is under way. What the supplier charges for it is read soon."))
    return Rich(said)
