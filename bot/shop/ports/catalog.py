"""The stored catalogues and what is remembered of suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.catalog import Listed
from bot.domain.ids import CategoryId, ServiceId, SupplierName
from bot.domain.money import Money
from bot.domain.shelf import Category
from bot.shop.suppliers import Balance, Catalog


@dataclass(frozen=True, slots=True)
class Kept:
    """One stored row: what the supplier listed, and whether it is paused or gone."""

    id: ServiceId
    supplier: SupplierName
    listed: Listed
    category: CategoryId
    read_at: datetime
    paused: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """All catalogues as last stored."""

    services: tuple[Kept, ...]
    categories: Mapping[CategoryId, Category]
    read_at: Mapping[SupplierName, datetime]
    version: int


@dataclass(frozen=True, slots=True)
class SupplierState:
    """What is remembered of a supplier between runs."""

    name: SupplierName
    paused: str
    balance: Balance | None
    balance_at: datetime | None
    read_at: datetime | None
    rows: int
    number_rows: int = 0

    @property
    def pauses(self) -> tuple[str, ...]:
        """What keeps new sales away, each cause by itself."""
        return tuple(cause for cause in self.paused.split(",") if cause)


class Shelves(Protocol):
    """The catalogue as it was last read, so that the shelf stands while suppliers are down."""

    async def load(self) -> Stored:
        """Everything, for building a shelf."""
        ...

    async def version(self) -> int:
        """Grows with each change, so that replicas see when to load again."""
        ...

    async def store(self, supplier: SupplierName, catalog: Catalog, now: datetime) -> int:
        """Replace one part of a supplier's rows, ordinary ones or numbers; how many changed.

        The gone ones are marked, never deleted.
        """
        ...

    async def store_one(self, service: ServiceId, listed: Listed, now: datetime) -> None:
        """One service as just read; it is not gone."""
        ...

    async def mark_gone(self, service: ServiceId, now: datetime) -> None:
        """The supplier no longer has it."""
        ...

    async def resume_service(self, service: ServiceId) -> bool:
        """End a pause that a wrong charge began."""
        ...

    async def state(self, supplier: SupplierName) -> SupplierState:
        """What is remembered of a supplier."""
        ...

    async def pause_supplier(self, supplier: SupplierName, why: str) -> bool:
        """Keep new sales away (`key`, `wallet`, `currency`, `operator`); True when that is new."""
        ...

    async def resume_supplier(self, supplier: SupplierName, why: str) -> bool:
        """End a pause of that cause; True when there was one."""
        ...

    async def refused_cost(self, supplier: SupplierName) -> Money | None:
        """What the newest order was to cost that the supplier refused as no fault of the order."""
        ...

    async def note_balance(self, supplier: SupplierName, balance: Balance, now: datetime) -> None:
        """The operator's balance as just read."""
        ...
