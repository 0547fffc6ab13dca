"""What a number of ended orders comes to, and how long they took."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.base.ids import ServiceId, SupplierName
from bot.base.money import ZERO, Money

STEPS: Final = (
    *(timedelta(seconds=one) for one in (5, 10, 15, 20, 30, 45)),
    *(timedelta(minutes=one) for one in (1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45)),
    *(timedelta(hours=one) for one in (1, 1.5, 2, 3, 4, 6, 8, 12, 18)),
    *(timedelta(days=one) for one in (1, 2, 4, 7, 14, 30)),
)
"""How long a delivery took is kept as the first of these spans that it fits into."""

_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Sums:
    """What ended orders come to.

    `failures` of the `orders` delivered nothing, what customers called off aside. `refunded` went
    back of what was `captured`, whenever it did; `released` went back as the orders ended. `cost`
    is what suppliers charged, and of it `expected` what the delivered should cost where a supplier
    did not say what it charged.
    """

    orders: int = 0
    failures: int = 0
    units: int = 0
    captured: Money = ZERO
    refunded: Money = ZERO
    released: Money = ZERO
    cost: Money = ZERO
    expected: Money = ZERO

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.orders + other.orders,
            self.failures + other.failures,
            self.units + other.units,
            self.captured + other.captured,
            self.refunded + other.refunded,
            self.released + other.released,
            self.cost + other.cost,
            self.expected + other.expected,
        )

    @property
    def revenue(self) -> Money:
        """What was captured, less what went back of it."""
        return self.captured - self.refunded

    @property
    def margin(self) -> Money:
        """What is left of the revenue; below zero where the cost was more."""
        return self.revenue - self.cost

    @property
    def given_back(self) -> Money:
        """All that went back to customers."""
        return self.released + self.refunded

    @property
    def failed_percent(self) -> int:
        """How many of a hundred orders delivered nothing; rounded up, so that 0 means none."""
        return -(-self.failures * _PERCENT // self.orders) if self.orders else 0


@dataclass(frozen=True, slots=True)
class Key:
    """What is summed up apart: a day (`date.toordinal`), a supplier, a service."""

    day: int
    supplier: SupplierName
    service: ServiceId


@dataclass(slots=True)
class Tally:
    """Sums that are being added up, and how many orders took how long, by the step's number."""

    sums: Sums = field(default_factory=Sums)
    times: Counter[int] = field(default_factory=Counter)


Tallies = dict[Key, Tally]


def step_of(span: timedelta) -> int:
    """The number of the first step that a span fits into; that after the last for longer ones."""
    return bisect_left(STEPS, span)


def within(times: Mapping[int, int], percent: int) -> timedelta | None:
    """The step within which so many of a hundred were delivered; None where none was.

    What took longer than the longest step counts as that.
    """
    total, seen = sum(times.values()), 0
    for step in sorted(times):
        seen += times[step]
        if seen * _PERCENT >= total * percent:
            return STEPS[min(step, len(STEPS) - 1)]
    return None
