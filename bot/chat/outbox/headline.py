"""What stands above the card of an order that operators are alerted about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.chat.kit.locale import Locale
from bot.orders.rules.moves import State
from bot.outbox import notices as said
from bot.outbox.notice import Notice

Headline = Callable[[Locale, State], str]
"""What operators are told of an order, by where it stands now."""


def _doubt(_: Locale, state: State) -> str:
    if state is not State.IN_DOUBT:
        return _("✅ Settled: this order was in doubt.")
    return _("⚠️ An order is in doubt: nobody knows whether the supplier has it.")


def _attention(_: Locale, state: State) -> str:
    if state is not State.ATTENTION:
        return _("✅ Settled: this order needed a person.")
    return _("⚠️ An order needs a person.")


HEADLINES: Final[dict[type[Notice], Headline]] = {
    said.DoubtAlert: _doubt,
    said.AttentionAlert: _attention,
    said.ProblemAlert: lambda _, state: _("⚠️ The customer reports a problem with this order."),
}
"""What operators are alerted about with an order's card."""
