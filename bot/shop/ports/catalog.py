"""The stored catalogues and what is remembered of suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalog import Listed
from bot.domain.ids import CategoryId, ServiceId, SupplierName
from bot.domain.shelf import Category
from bot.shop.notices import SupplierCause
from bot.shop.suppliers import Balance


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
    """What is remembered of a supplier between runs; `pauses` keep new sales away."""

    name: SupplierName
    pauses: tuple[SupplierCause, ...]
    balance: Balance | None
    balance_at: datetime | None
    read_at: datetime | None
    rows: int
    number_rows: int = 0
