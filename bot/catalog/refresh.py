"""Refresh the shelf: a catalogue is read whole, stored if it can be believed, and shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.base.clock import Clock, is_over
from bot.base.ids import CategoryId, SupplierName
from bot.base.keys import supplier_cause
from bot.catalog import standing, store
from bot.catalog.basis.rows import load_bases
from bot.catalog.places.looks import with_looks
from bot.catalog.places.order import in_order, load_orders, store_order
from bot.catalog.places.rows import load_looks
from bot.catalog.places.tree import Category, Tree
from bot.catalog.prices.rules import Prices
from bot.catalog.rules import ShelfRules
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.store import StoredCatalog
from bot.catalog.watch import in_words
from bot.db.database import Database, Locks
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.outbox.tell import Alerts
from bot.suppliers.errors import (
    NotSent,
    RefusalKind,
    Refused,
    SupplierError,
    Throttled,
)
from bot.suppliers.port import Catalog, Supplier

_SHRUNK_TO: Final = 10
"""An answer with at most a tenth of the last one's rows is not believed."""
_QUIET: Final = timedelta(hours=1)
"""How long a catalogue must have been whole before its shrinking is told again."""


_NUMBERS: Final = "numbers-"
"""What the causes about rented numbers begin with."""
_UNLISTED: Final = timedelta(minutes=10)
"""How long a catalogue may be unreadable while its supplier answers otherwise."""


class UnreadReason(StrEnum):
    """Why a catalogue is not read; the desk has words for each."""

    KEY = "key"
    REFUSED = "refused"
    WAITS = "waits"
    SILENT = "silent"
    UNREADABLE = "unreadable"
    SHRANK = "shrank"


@dataclass(frozen=True, slots=True)
class Unread:
    """Since when a part of a catalogue is not read, and why it was not the last time."""

    since: datetime
    why: UnreadReason


@dataclass(frozen=True, slots=True)
class LoadShelf:
    """Put the stored catalogue on the shelf that customers browse, unless it shows that already.

    The shelf is held in memory and swapped whole; no tap reads it from a supplier.
    """

    db: Database
    shelf: CurrentShelf
    rules: ShelfRules
    locks: Locks

    async def __call__(self) -> bool:
        """Whether anything changed."""
        # One after another: of two at once, the one that read first could put its shelf up last.
        async with self.locks.of("shelf"):
            return await self._load()

    async def _load(self) -> bool:
        if await self.db.read(store.version) == self.shelf.version:
            return False
        before = self.shelf.now
        stored = await self.db.read(store.load)
        orders = await self.db.read(load_orders)
        # Read after the catalogue: what is set in between makes another version of it.
        self.shelf.bases = await self.db.read(load_bases)
        rules = self.rules.with_bases(self.shelf.bases)
        known = [orders[name] for name in self.rules.supplier_pricing if name in orders]
        looks = await self.db.read(load_looks)
        categories = with_looks(in_order(stored.categories, known), stored.places, looks)
        # On a thread: thousands of services take longer than a tap should wait.
        built = await asyncio.to_thread(self._build, stored, categories, rules)
        self.shelf.now = _with_changes(built, before, self.shelf.now)
        self.shelf.version = stored.version
        return True

    def _build(
        self,
        stored: StoredCatalog,
        categories: Mapping[CategoryId, Category],
        rules: ShelfRules,
    ) -> Shelf:
        pricing = self.rules.policy.pricing
        prices = Prices(pricing, stored.price_rules, Tree(categories, stored.places))
        services = tuple(
            rules.service(kept, prices.of(kept.id, kept.supplier, kept.category))
            for kept in stored.services
        )
        return Shelf(
            services,
            categories,
            pricing,
            stored.read_at,
            prices=prices,
            hidings=stored.hidings,
            ties=stored.ties,
        )


def _with_changes(built: Shelf, before: Shelf, now: Shelf) -> Shelf:
    """The new shelf, with what was put on the old one while the new one was read and built."""
    if now is before:
        return built
    for service in now.services():
        if before.find_service(service.id) is not service:
            built = built.with_service(service)
    return built


@dataclass(frozen=True, slots=True)
class RefreshShelf:
    """One reading of one supplier's whole catalogue. An outage leaves the shelf as it was.

    `failing` says by cause which part of which catalogue this process cannot read or believe.
    """

    db: Database
    load_shelf: LoadShelf
    alerts: Alerts
    clock: Clock
    locks: Locks
    failing: dict[str, Unread] = field(default_factory=dict)

    async def __call__(
        self, supplier: Supplier, unless_younger_than: timedelta = timedelta(0)
    ) -> bool:
        """Whether the catalogue, unless it is young enough, was believed. Raises SupplierError."""
        async with self.locks.of(("refresh", supplier.name)):
            read_at = self.load_shelf.shelf.now.read_at.get(supplier.name)
            if read_at is not None and not is_over(read_at, unless_younger_than, self.clock.now()):
                return True
            catalog = await self._read(supplier, supplier.list_services)
            before = (await self.db.read(standing.state, supplier.name)).rows
            return await self._store(supplier.name, catalog, before)

    async def numbers(self, supplier: Supplier) -> bool:
        """The same for the numbers that can be rented, apart from the ordinary catalogue."""
        async with self.locks.of(("refresh-numbers", supplier.name)):
            catalog = await self._read(supplier, supplier.list_numbers, _NUMBERS)
            before = (await self.db.read(standing.state, supplier.name)).number_rows
            return await self._store(supplier.name, catalog, before)

    async def categories(self, supplier: Supplier) -> None:
        """Read in which order the supplier lists its categories; an empty list changes nothing."""
        names = await supplier.list_categories()
        if not names:
            return
        is_new = await self.db.write(store_order, supplier.name, names)
        if is_new:
            await self.load_shelf()

    async def _read(
        self, supplier: Supplier, read: Callable[[], Awaitable[Catalog]], part: str = ""
    ) -> Catalog:
        """Read one part of a catalogue; operators are told when it cannot be read for long."""
        cause = supplier_cause(f"{part}unlisted", supplier.name)
        try:
            catalog = await read()
        except SupplierError as failure:
            is_down = supplier.health.down_since is not None
            since = self._note(cause, _why_unread(failure, is_down=is_down))
            if is_over(since, _UNLISTED, self.clock.now()) and not await self._is_told(
                supplier, failure
            ):
                alert = SupplierAlert(
                    supplier.name, SupplierCause.UNLISTED, words=in_words(failure)
                )
                await self.alerts.begin(cause, alert)
            raise
        self.failing.pop(cause, None)
        over = SupplierAlert(supplier.name, SupplierCause.UNLISTED, over=True)
        await self.alerts.end(cause, over)
        return catalog

    def find_unread(self, supplier: SupplierName, *, numbers: bool = False) -> Unread | None:
        """Why a catalogue is not read now, None when it was read the last time or never asked."""
        part = _NUMBERS if numbers else ""
        unlisted = self.failing.get(supplier_cause(f"{part}unlisted", supplier))
        return unlisted or self.failing.get(supplier_cause(f"{part}shrank", supplier))

    def _note(self, cause: str, why: UnreadReason) -> datetime:
        """Note why a part is not read; since when it is not."""
        before = self.failing.get(cause)
        since = self.clock.now() if before is None else before.since
        self.failing[cause] = Unread(since, why)
        return since

    async def _is_told(self, supplier: Supplier, failure: SupplierError) -> bool:
        """Whether there is an alert already about what keeps the catalogue away."""
        if isinstance(failure, Refused) and failure.kind is RefusalKind.BAD_KEY:
            return SupplierCause.KEY in (await self.db.read(standing.state, supplier.name)).pauses
        return isinstance(failure, NotSent) or supplier.health.down_since is not None

    async def _store(self, name: SupplierName, catalog: Catalog, before: int) -> bool:
        """Whether this part of a catalogue is believed, after so many rows of it before."""
        part = _NUMBERS if catalog.numbers else ""
        cause, rows = supplier_cause(f"{part}shrank", name), len(catalog.rows)
        if before and rows * _SHRUNK_TO <= before:
            alert = SupplierAlert(name, SupplierCause.SHRANK, words=f"{before} -> {rows}")
            self._note(cause, UnreadReason.SHRANK)
            await self.alerts.begin(cause, alert, quiet=_QUIET)
            return False
        self.failing.pop(cause, None)
        await self.db.write(store.store, name, catalog, self.load_shelf.shelf.now)
        await self.alerts.end(cause, SupplierAlert(name, SupplierCause.SHRANK, over=True))
        await self.load_shelf()
        return True


def _why_unread(failure: SupplierError, *, is_down: bool) -> UnreadReason:
    """Without a usable answer, whether the supplier `is_down` tells silence from nonsense."""
    match failure:
        case Refused(kind=RefusalKind.BAD_KEY):
            return UnreadReason.KEY
        case Refused():
            return UnreadReason.REFUSED
        case Throttled():
            return UnreadReason.WAITS
        case NotSent():
            return UnreadReason.SILENT
    return UnreadReason.SILENT if is_down else UnreadReason.UNREADABLE
