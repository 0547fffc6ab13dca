"""How long an order that was written down may still leave: nobody else may have judged it by then.

A process may stand still between the attempt and the first byte: frozen, swapped out, its machine
asleep. Meanwhile others park the order, and an operator may give the money back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.base.clock import Clock
from bot.suppliers.port import MayLeave, at_any_time

_WITHIN: Final = timedelta(seconds=30)
"""Longer than a turn under the rate cap and a connection take, far below any lease."""


@dataclass(frozen=True, slots=True)
class Fence:
    """Lets orders leave while it is certain that they are ours to send.

    `steady` are seconds that nobody can set; a machine that sleeps does not count them, so the
    clock is asked as well. `hold` gives what says later whether other processes still take this
    one for alive, and have since.
    """

    clock: Clock
    steady: Callable[[], float]
    hold: Callable[[], MayLeave] = lambda: at_any_time

    def open(self) -> MayLeave:
        """What is asked before the first byte of an order leaves; called before its attempt."""
        began, began_s, is_held = self.clock.now(), self.steady(), self.hold()

        def may_leave() -> bool:
            waited_s = max(self.steady() - began_s, (self.clock.now() - began).total_seconds())
            return waited_s < _WITHIN.total_seconds() and is_held()

        return may_leave
