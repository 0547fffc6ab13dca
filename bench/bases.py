"""What the desk pays for a look at 10,000 rates: the preview of another basis, and the list."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from bench.figures import percentile
from bench.names import listed_name
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import ShelfRules, ShopPolicy, StoredService, SupplierPricing
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.desk.bases import list_bases, preview_basis
from bot.suppliers.words import PRODUCT_ENTITY, CatalogRow

_SERVICES: Final = 10_000
_IN_A_CATEGORY: Final = 400
_RUNS: Final = 30
_GOAL_MS: Final = 300
_SUPPLIER: Final = SupplierName("accplanet")
_PRICING: Final = Pricing(Decimal(20), Money(10_000))
_RULES: Final = ShelfRules(
    {_SUPPLIER: SupplierPricing(_SUPPLIER, 1)}, ShopPolicy(_PRICING, sell_social=True)
)


async def measure() -> AsyncIterator[str]:
    """Both, on a shelf whose every service changes."""
    shelf = CurrentShelf(_shelf())
    preview = _runs(lambda: preview_basis(_RULES, shelf, _SUPPLIER, "", 1000))
    yield _line("a preview of another basis", preview)
    yield _line("the list of bases by category", _runs(lambda: list_bases(_RULES, shelf)))


def _line(what: str, ms: list[float]) -> str:
    return (
        f"{what} of {_SERVICES:,} services takes p50 {percentile(ms, 0.5):.0f} ms of CPU, p95 "
        f"{percentile(ms, 0.95):.0f} ms (goal: {_GOAL_MS} ms); load {os.getloadavg()[0]:.1f}"
    )


def _runs(look: Callable[[], object]) -> list[float]:
    """Milliseconds of CPU of each run."""
    took = []
    for _ in range(_RUNS):
        began = time.thread_time()
        look()
        took.append((time.thread_time() - began) * 1000)
    return took


def _shelf() -> Shelf:
    read_at = datetime(2026, 3, 1, tzinfo=UTC)
    top = CategoryId(1)
    categories = {top: Category(top, "Accounts", None)}
    rows = []
    for nth in range(_SERVICES):
        category = CategoryId(2 + nth // _IN_A_CATEGORY)
        categories[category] = Category(category, f"Kind {category}", top)
        row = CatalogRow(
            RemoteId(str(nth)),
            listed_name(nth),
            "Accounts",
            f"Kind {category}",
            Decimal(nth % 997 + 1) / 100,
            1,
            1000,
            100,
            entity_type=PRODUCT_ENTITY,
        )
        kept = StoredService(
            ServiceId(nth + 1), _SUPPLIER, row, category, read_at, paused=False, gone=False
        )
        rows.append(_RULES.service(kept))
    return Shelf(rows, categories, _PRICING, {_SUPPLIER: read_at})
