"""What the desk does with money while an order is under way, or after its end."""

from __future__ import annotations

from typing import Final

from bot.orders.rules.moves import State
from tests.crash.behaviour.behaviour import Behaviour, Deed

DESK: Final = (
    Behaviour(
        name="credit asked for, approved by an operator",
        ends=State.COMPLETED,
        deed=Deed.APPROVE,
    ),
    Behaviour(
        name="claimed, refunded by an operator",
        ends=State.COMPLETED,
        deed=Deed.REFUND,
    ),
    Behaviour(
        name="claimed, replaced by an operator",
        ends=State.COMPLETED,
        adds=2,
        deed=Deed.REPLACE,
    ),
)
