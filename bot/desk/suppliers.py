"""How the suppliers stand, as an operator reads it."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.base.clock import SKEW
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import SupplierName
from bot.catalog import standing
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import expected_cost
from bot.catalog.refresh import RefreshShelf, Unread
from bot.catalog.rules import Service
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.standing import SupplierState
from bot.catalog.switches.names import SHOP
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database, Locks
from bot.db.tx import Tx
from bot.desk.dashboard import Dashboard, read_dashboard
from bot.desk.rises import count_asked
from bot.outbox.notices import SupplierCause
from bot.suppliers.errors import SupplierError
from bot.suppliers.port import Balance, Supplier, SupplierHealth, Suppliers
from bot.suppliers.words import CatalogRow

_ASK_WITHIN_S: Final = 3.0
"""An operator waits for the report."""
_GLANCE_WITHIN_S: Final = 0.8
_FRESH_FOR: Final = timedelta(seconds=30)
"""A balance that was read so short a while ago is not asked for again at a glance."""


def basis_advice(services: Iterable[Service], most: int = 3) -> list[str]:
    """For services without a basis: what one minimum order costs under 1 and under 1000."""
    unknown = [service for service in services if service.hidden is NotForSaleReason.UNKNOWN_BASIS]
    return [_advice(one) for one in unknown[:most]]


def hidden_reasons(shelf: Shelf) -> dict[SupplierName, Counter[NotForSaleReason]]:
    """How many services of each supplier are hidden or paused, by reason."""
    reasons: dict[SupplierName, Counter[NotForSaleReason]] = defaultdict(Counter)
    for service in shelf.services():
        if service.hidden is not None:
            reasons[service.supplier][service.hidden] += 1
    return dict(reasons)


def list_unclear(services: Iterable[Service], most: int = 10) -> list[str]:
    """Services whose kind the operator has to say: id and name, and where they stand."""
    unclear = [service for service in services if service.hidden is NotForSaleReason.UNKNOWN_KIND]
    return [_named(one.listed) for one in unclear[:most]]


@dataclass(frozen=True, slots=True)
class SupplierReport:
    """A supplier as the desk sees it. `pauses` are why new sales stop, empty when they go on.

    `unread` and `unread_numbers` say why its catalogue and its numbers are not read, if they are
    not.
    """

    name: SupplierName
    health: SupplierHealth
    pauses: tuple[SupplierCause, ...]
    balance: Balance | None
    balance_at: datetime | None
    read_at: datetime | None
    on_sale: int
    hidden: tuple[tuple[NotForSaleReason, int], ...]
    basis_advice: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unread: Unread | None = None
    unread_numbers: Unread | None = None

    @property
    def can_resume(self) -> bool:
        """Whether an operator's word ends any of its pauses."""
        return not standing.BY_THEMSELVES.issuperset(self.pauses)


@dataclass(frozen=True, slots=True)
class ReportSuppliers:
    """What `/suppliers` and `python -m bot check` tell."""

    suppliers: Suppliers
    db: Database
    shelf: CurrentShelf
    watch: WatchSuppliers
    refresh: RefreshShelf
    locks: Locks = field(default_factory=Locks)

    async def look(self) -> Dashboard:
        """The desk, with the suppliers' balances of now as far as they come within a moment."""
        since = self.db.clock.now() - _FRESH_FOR
        with suppress(TimeoutError):
            async with asyncio.timeout(_GLANCE_WITHIN_S), asyncio.TaskGroup() as asked:
                for supplier in self.suppliers.values():
                    asked.create_task(self._read_if_old(supplier, since))
        seen = await self.db.read(read_dashboard, tuple(self.suppliers))
        known = self.suppliers.items()
        down = frozenset(name for name, one in known if one.health.down_since is not None)
        risen = await self.db.read(count_asked, self.shelf.now)
        is_off = SHOP in await self.db.recall(standing.list_paused)
        paused = self._count_paused()
        return replace(
            seen, down=down, paused_services=paused, risen_prices=risen, shop_is_off=is_off
        )

    async def _read_if_old(self, supplier: Supplier, since: datetime) -> None:
        """Read a balance that was not read after `since`, once for all who look together."""
        with suppress(DatabaseUnavailable):  # what is shown is read from there as well
            async with self.locks.of(supplier.name):
                read_at = (await self.db.read(standing.state, supplier.name)).balance_at
                latest = self.db.clock.now() + SKEW
                if read_at is None or not since < read_at <= latest:
                    await self._read_balance(supplier)

    def _count_paused(self) -> int:
        """How many single services are not sold for now."""
        hidden = hidden_reasons(self.shelf.now).values()
        return sum(reasons[NotForSaleReason.SERVICE_PAUSED] for reasons in hidden)

    async def ask(self) -> tuple[SupplierReport, ...]:
        """The reports with the balances of this moment, as far as they come within seconds."""
        since = self.db.clock.now()
        with suppress(TimeoutError):
            async with asyncio.timeout(_ASK_WITHIN_S), asyncio.TaskGroup() as asked:
                for supplier in self.suppliers.values():
                    asked.create_task(self._read_if_old(supplier, since))
        return await self()

    async def _read_balance(self, supplier: Supplier) -> None:
        with suppress(SupplierError):  # what is wrong is in the report
            await self.watch.read_balance(supplier)

    async def __call__(self) -> tuple[SupplierReport, ...]:
        """One report a supplier, in the order of the settings."""
        states = await self.db.read(_states, tuple(self.suppliers))
        hidden, services = (
            hidden_reasons(self.shelf.now),
            defaultdict[SupplierName, _Services](list),
        )
        for service in self.shelf.now.services():
            services[service.supplier].append(service)
        return tuple(
            self._one(state, hidden.get(state.name, Counter()), services[state.name])
            for state in states
        )

    def _one(
        self, state: SupplierState, hidden: Counter[NotForSaleReason], ours: _Services
    ) -> SupplierReport:
        name = state.name
        return SupplierReport(
            name=name,
            health=self.suppliers[name].health,
            pauses=state.pauses,
            balance=state.balance,
            balance_at=state.balance_at,
            read_at=state.read_at,
            on_sale=sum(one.is_on_sale() for one in ours),
            hidden=tuple(sorted(hidden.items())),
            basis_advice=tuple(basis_advice(ours)),
            unclear=tuple(list_unclear(ours)),
            unread=self.refresh.find_unread(name),
            unread_numbers=self.refresh.find_unread(name, numbers=True),
        )


_Services = list[Service]


def _states(tx: Tx, names: tuple[SupplierName, ...]) -> tuple[SupplierState, ...]:
    return tuple(standing.state(tx, name) for name in names)


def _named(row: CatalogRow) -> str:
    shelf = " › ".join(label[:40] for label in (row.category, row.subcategory) if label)
    return f"#{row.remote_id} {row.name[:60]} ({shelf})"


def _advice(service: Service) -> str:
    row = service.listed
    per_one = expected_cost(row.rate, 1, row.least).decimal.normalize()
    per_thousand = expected_cost(row.rate, 1000, row.least).decimal.normalize()
    return f"#{row.remote_id} {row.name[:60]}: {row.least} cost {per_one:f} or {per_thousand:f}"
