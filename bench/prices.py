"""What price rules cost: a preview of 10,000 services, a shelf by rules, and a tap on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from bench.figures import percentile
from bench.names import listed_name
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.places.tree import Category, Tree
from bot.catalog.prices.preview import preview_rules
from bot.catalog.prices.rules import PriceRule, Prices, Rules, with_rule
from bot.catalog.pricing import Pricing
from bot.catalog.rules import ShelfRules, ShopPolicy, StoredService, SupplierPricing
from bot.catalog.selection.selection import SHOP, Selection
from bot.catalog.shelf import Shelf
from bot.suppliers.words import PRODUCT_ENTITY, CatalogRow

_SERVICES: Final = 10_000
_IN_A_CATEGORY: Final = 400
_GOAL_MS: Final = 300
_ROUNDS: Final = 9
_TAPS: Final = 20_000
_TICK_S: Final = 0.001
_WHO: Final = SupplierName("bench")
_SETTINGS: Final = Pricing(Decimal(20), Money(10_000))
_BASES: Final = ShelfRules({_WHO: SupplierPricing(_WHO, 1)}, ShopPolicy(_SETTINGS))
_NONE: Final[Rules] = {}
_SOME: Final[Rules] = {
    SHOP: PriceRule(percent=Decimal(25), step=Money(50_000)),
    Selection.supplier(_WHO): PriceRule(least_margin=Money(20_000)),
    **{
        Selection.category(CategoryId(number)): PriceRule(added=Money(number * 10_000))
        for number in range(1, 20)
    },
    **{
        Selection.service(ServiceId(number)): PriceRule(percent=Decimal(number % 90))
        for number in range(1, 500)
    },
}
_NEXT: Final = with_rule(_SOME, SHOP, PriceRule(percent=Decimal(31)))


async def measure() -> AsyncIterator[str]:
    """On one machine and in one process, by turns."""
    rows, labels = list(_rows()), {one.id: one for one in _labels()}
    plain, ruled = _build(rows, labels, _NONE), _build(rows, labels, _SOME)
    yield await _previews(plain)
    yield _builds(rows, labels)
    yield _taps(plain, ruled)


async def _previews(shelf: Shelf) -> str:
    """The preview of one rule for everything, and how long others wait while it runs."""
    lasted, waits, changed = list[float](), list[float](), 0
    for _ in range(_ROUNDS):
        done = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_tick(done, waits))
            began = time.perf_counter()
            seen = await asyncio.to_thread(preview_rules, shelf, _NONE, _NEXT)
            lasted.append(time.perf_counter() - began)
            changed = seen.changed
            done.set()
    return (
        f"a preview of {changed:,} changed services takes "
        f"{percentile(lasted, 0.5) * 1000:.0f} ms (95th percentile "
        f"{percentile(lasted, 0.95) * 1000:.0f} ms, goal {_GOAL_MS}); meanwhile the loop waits "
        f"{percentile(waits, 0.95) * 1000:.0f} ms at the 95th percentile"
    )


async def _tick(done: asyncio.Event, waits: list[float]) -> None:
    while not done.is_set():
        began = time.perf_counter()
        await asyncio.sleep(_TICK_S)
        waits.append(time.perf_counter() - began - _TICK_S)


def _builds(rows: list[StoredService], labels: dict[CategoryId, Category]) -> str:
    """How much longer the shelf is built with rules than without, by turns."""
    plain, ruled = list[float](), list[float]()
    for _ in range(_ROUNDS):
        plain.append(_cpu(lambda: _build(rows, labels, _NONE)))
        ruled.append(_cpu(lambda: _build(rows, labels, _SOME)))
    of = [percentile(each, 0.5) for each in (plain, ruled)]
    return (
        f"a shelf of {_SERVICES:,} is built in {of[1] * 1000:.0f} ms of CPU by {len(_SOME)} rules,"
        f" {of[1] / of[0]:.2f} times that without any"
    )


def _taps(plain: Shelf, ruled: Shelf) -> str:
    """The pricing of a tap: the offer found, and the total of three."""
    spent: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(_ROUNDS):
        spent[False].append(_cpu(lambda: _tap(plain)))
        spent[True].append(_cpu(lambda: _tap(ruled)))
    of = [percentile(spent[by_rule], 0.5) / _TAPS * 1e6 for by_rule in (False, True)]
    return (
        f"the price of a tap takes {of[1]:.2f} microseconds by rules and {of[0]:.2f} without: "
        f"{of[1] - of[0]:+.2f} of the thousands that a tap takes"
    )


def _tap(shelf: Shelf) -> None:
    for number in range(_TAPS):
        offer = shelf.load_offer(ServiceId(number % _SERVICES + 1))
        offer.pricing.total(offer.service.listed.rate, 1, 3)


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _build(rows: list[StoredService], labels: dict[CategoryId, Category], kept: Rules) -> Shelf:
    """As `LoadShelf` does, without the database."""
    prices = Prices(_SETTINGS, kept, Tree(labels))
    services = tuple(
        _BASES.service(row, prices.of(row.id, row.supplier, row.category)) for row in rows
    )
    return Shelf(services, labels, _SETTINGS, {}, prices=prices)


def _labels() -> Iterator[Category]:
    for number in range(1, _SERVICES // _IN_A_CATEGORY + 2):
        yield Category(CategoryId(number), f"Category {number:02}", None)


def _rows() -> Iterator[StoredService]:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(_SERVICES):
        name, rate = listed_name(number), Decimal(number % 997 + 1) / 100
        row = CatalogRow(
            RemoteId(f"r{number}"), name, "", "", rate, 1, 100, 50, entity_type=PRODUCT_ENTITY
        )
        category = CategoryId(number // _IN_A_CATEGORY + 1)
        yield StoredService(
            ServiceId(number + 1), _WHO, row, category, now, paused=False, gone=False
        )
