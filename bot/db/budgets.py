"""Budgets that all processes of a shop share: each takes a share, said anew with every heartbeat.

No request takes a lock. Each process says how much it wants, and all come to the same shares by
the same sum. A share grows a beat after it was said, so that another's has shrunk by then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

_LEAST: Final = 1.0
"""What a process that wants nothing counts for: its first request must not wait for a beat."""
_NEWCOMER: Final = 0.1
"""The share of a process that has just come: the others still take what they took."""


@dataclass(slots=True)
class Budget:
    """One budget of this process.

    `wanted` is how much waits for it here; `take` is told the share of it, above 0 and up to 1.
    """

    wanted: Callable[[], float]
    take: Callable[[float], None]
    _last: float = field(default=_NEWCOMER, init=False)

    def give(self, share: float) -> None:
        """Take the smaller of this share and the one before: others see theirs a beat later."""
        self.take(share if share == 1 else min(share, self._last))
        self._last = share


@dataclass(frozen=True, slots=True)
class Circuit:
    """What is spared after failures: for how many seconds still here, and how to spare it too."""

    left_s: Callable[[], float]
    spare: Callable[[float], None]


@dataclass(slots=True)
class Budgets:
    """The budgets and circuits of this process by name."""

    budgets: dict[str, Budget] = field(default_factory=dict)
    circuits: dict[str, Circuit] = field(default_factory=dict)

    def add(self, name: str, wanted: Callable[[], float], take: Callable[[float], None]) -> None:
        """Share a budget from the next heartbeat on."""
        self.budgets[name] = Budget(wanted, take)

    def wants(self) -> str:
        """What this process wants of each, and what it spares, as its row says it."""
        said = {name: round(one.wanted(), 3) for name, one in self.budgets.items()}
        spared = {name: round(one.left_s(), 3) for name, one in self.circuits.items()}
        return json.dumps(said | {name: left_s for name, left_s in spared.items() if left_s > 0})

    def share(self, mine: int, wants: Mapping[int, str]) -> None:
        """Give each budget its share, by what every process wants."""
        known = {replica: _read(said) for replica, said in wants.items()}
        for name, budget in self.budgets.items():
            weights = {replica: _LEAST + said.get(name, 0.0) for replica, said in known.items()}
            budget.give(weights.get(mine, _LEAST) / max(sum(weights.values()), _LEAST))
        others = [said for replica, said in known.items() if replica != mine]
        for name, circuit in self.circuits.items():
            left_s = max((said.get(name, 0.0) for said in others), default=0.0)
            if left_s > 0:
                circuit.spare(left_s)


def _read(said: str) -> dict[str, float]:
    """What a row says; a newer version may say it otherwise."""
    try:
        read = json.loads(said or "{}")
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        str(name): max(0.0, float(value))
        for name, value in read.items()
        if isinstance(value, int | float)
    }
