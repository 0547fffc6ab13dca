"""Below which balance operators are warned: what is needed at a supplier soon, or their own mark.

Without a mark of their own it is the larger of what the last day's orders should have cost there,
and of what the dearest service on sale costs at its smallest order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.base.basis import FLAT
from bot.base.clock import Clock, is_over
from bot.base.ids import SupplierName
from bot.base.money import ZERO, Money
from bot.catalog.pricing import expected_cost
from bot.catalog.rules import Service
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.db.database import Database
from bot.db.tx import Tx
from bot.outbox.supplier_notices import LowReason

_REMEMBERED: Final = timedelta(minutes=1)
"""How long the sum of a day is believed: balances are read around each order in doubt."""

DayCost = Callable[[Tx, SupplierName], Money]


@dataclass(frozen=True, slots=True)
class LowMark:
    """A balance below this is low."""

    amount: Decimal
    why: LowReason


@dataclass(slots=True)
class FindLowMark:
    """The mark of a supplier now.

    `day_cost` sums what the orders sent within a day should have cost, `own` are the operator's
    marks. What is counted over a whole shelf is counted once for each stored catalogue.
    """

    db: Database
    shelf: CurrentShelf
    clock: Clock
    day_cost: DayCost
    own: Mapping[SupplierName, Decimal] = field(default_factory=dict)
    _dearest: tuple[int, Mapping[SupplierName, Money]] = field(default=(0, {}), init=False)
    _days: dict[SupplierName, tuple[datetime, Money]] = field(default_factory=dict, init=False)

    async def __call__(self, supplier: SupplierName) -> LowMark | None:
        """None where nothing is on sale and nothing was ordered, or no shelf is loaded yet."""
        own = self.own.get(supplier)
        if own is not None:
            return LowMark(own, LowReason.OWN)
        if not self.shelf.version:
            return None
        return larger_mark(await self._day(supplier), self._dearest_of(supplier))

    def _dearest_of(self, supplier: SupplierName) -> Money:
        version, dearest = self._dearest
        if version != self.shelf.version:
            version, dearest = self._dearest = self.shelf.version, dearest_costs(self.shelf.now)
        return dearest.get(supplier, ZERO)

    async def _day(self, supplier: SupplierName) -> Money:
        now = self.clock.now()
        read_at, cost = self._days.get(supplier, (None, ZERO))
        if read_at is None or is_over(read_at, _REMEMBERED, now):
            cost = await self.db.read(self.day_cost, supplier)
            self._days[supplier] = now, cost
        return cost


def larger_mark(day: Money, dearest: Money) -> LowMark | None:
    """The larger of both; None where there is neither."""
    why = LowReason.DAY if day >= dearest else LowReason.SERVICE
    amount = max(day, dearest)
    return LowMark(amount.decimal, why) if amount > ZERO else None


def dearest_costs(shelf: Shelf) -> Mapping[SupplierName, Money]:
    """What each supplier's dearest service on sale costs us at its smallest order."""
    dearest: dict[SupplierName, tuple[Decimal, Service]] = {}
    for service in shelf.services():
        span = service.span
        if service.hidden is not None or service.basis is None or span.is_empty:
            continue
        rate, basis = service.listed.rate, service.basis
        about = rate if basis == FLAT else rate * span.least / basis  # only to be compared
        known = dearest.get(service.supplier)
        if known is None or about > known[0]:
            dearest[service.supplier] = about, service
    return {supplier: _smallest_cost(service) for supplier, (_, service) in dearest.items()}


def _smallest_cost(service: Service) -> Money:
    return expected_cost(service.listed.rate, service.basis or FLAT, service.span.least)
