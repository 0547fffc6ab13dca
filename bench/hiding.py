"""What hiding by hand costs where the shelf is built, and what a preview of it takes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from bench.names import listed_name
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.hiding.preview import preview_hide
from bot.catalog.hiding.rules import HidingRule, Verdict
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.selection.selection import Selection
from bot.catalog.shelf import Shelf
from bot.suppliers.contacts.find import MAY_HOLD, without_contacts
from bot.suppliers.words import CatalogRow, Kind

_SERVICES: Final = 10_000
_RULES: Final = 200
_IN_A_CATEGORY: Final = 400
_ROUNDS: Final = 5
_GOAL_MS: Final = 300
_NOW: Final = datetime(2026, 3, 1, tzinfo=UTC)


async def measure() -> AsyncIterator[str]:
    """A shelf with and without rules, in turns; then previews, and names without contacts."""
    services, labels = tuple(map(_service, range(_SERVICES))), dict(_labels())
    plain = _fastest(lambda: _shelf(services, labels, ()))
    for title, rules in (("of all kinds", _mixed()), ("by pattern", _patterns())):
        ruled = _fastest(lambda rules=rules: _shelf(services, labels, rules))  # type: ignore[misc]
        yield (
            f"{_SERVICES:,} services, {_RULES} rules {title}: the shelf is built in {ruled:.0f} ms"
            f" instead of {plain:.0f} ms ({ruled / plain:.2f} times)"
        )
    shelf = _shelf(services, labels, _mixed())
    for typed in ("*a*", "*gmail*"):
        took = _fastest(lambda typed=typed: preview_hide(shelf, Selection.pattern(typed)))  # type: ignore[misc]
        yield f"a preview of {typed}: {took:.0f} ms (goal {_GOAL_MS} ms)"
    names = [one.listed.name for one in services]
    asked = [name for name in names if MAY_HOLD.search(name)]
    took = _fastest(lambda: [MAY_HOLD.search(name) and without_contacts(name) for name in names])
    yield f"contacts looked for in {_SERVICES:,} names, {len(asked):,} closely: {took:.0f} ms"


def _fastest(act: Callable[[], object]) -> float:
    """How long the fastest of some rounds took, in milliseconds."""
    took = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return min(took) * 1000


def _mixed() -> tuple[HidingRule, ...]:
    """Rules about services, categories, a supplier and names, in equal parts."""
    return tuple(_rule(number, _selection(number)) for number in range(_RULES))


def _patterns() -> tuple[HidingRule, ...]:
    """Rules about names alone, each of which a few names fit."""
    chosen = (Selection.pattern(f"*{number:03}*{number % 10}*") for number in range(_RULES))
    return tuple(_rule(number, selection) for number, selection in enumerate(chosen))


def _selection(number: int) -> Selection:
    return (
        Selection.service(ServiceId(number * 7 + 1)),
        Selection.category(CategoryId(number // 8 + 1)),
        Selection.pattern(f"*{number:03}*"),
        Selection.supplier(SupplierName(f"other{number}")),
    )[number % 4]


def _rule(number: int, selection: Selection) -> HidingRule:
    return HidingRule(number + 1, selection, Verdict.HIDE, "1", _NOW)


def _shelf(
    services: tuple[Service, ...],
    labels: dict[CategoryId, Category],
    rules: tuple[HidingRule, ...],
) -> Shelf:
    return Shelf(services, labels, Pricing(Decimal(0), Money(10_000)), {}, hidings=rules)


def _labels() -> Iterator[tuple[CategoryId, Category]]:
    for number in range(1, _SERVICES // _IN_A_CATEGORY + 2):
        category = CategoryId(number)
        yield category, Category(category, f"Category {number:02}", None)


def _service(number: int) -> Service:
    name = listed_name(number)
    row = CatalogRow(RemoteId(f"r{number}"), name, "", "", Decimal(1), 1, 100, 50)
    category = CategoryId(number // _IN_A_CATEGORY + 1)
    bench = SupplierName("bench")
    return Service(ServiceId(number + 1), bench, row, Kind.PRODUCT, 1, category, _NOW)
