"""Which rule wins, and that many patterns at once find what each finds alone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.errors import NotForSaleReason
from bot.catalog.hiding.patterns import FoldedNames
from bot.catalog.hiding.preview import preview_hide, preview_show
from bot.catalog.hiding.rules import HidingRule, Verdict
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.selection.selection import SHOP, Selection, fits
from bot.catalog.shelf import Shelf
from bot.suppliers.words import CatalogRow, Kind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ACC, HSTOCK = SupplierName("acc"), SupplierName("hstock")
MAIL, GMAIL, GAMES = map(CategoryId, (1, 2, 3))
LABELS = {
    MAIL: Category(MAIL, "Mail", None),
    GMAIL: Category(GMAIL, "Gmail", MAIL),
    GAMES: Category(GAMES, "Games", None),
}


def service(
    id_: int,
    name: str,
    category: CategoryId = GMAIL,
    supplier: SupplierName = ACC,
    hidden: NotForSaleReason | None = None,
) -> Service:
    listed = CatalogRow(RemoteId(str(id_)), name, "Mail", "Gmail", Decimal(1), 1, 10, 10)
    return Service(ServiceId(id_), supplier, listed, Kind.PRODUCT, 1, category, NOW, hidden)


SERVICES = (
    service(1, "Gmail, aged"),
    service(2, "Gmail, fresh"),
    service(3, "Steam key", GAMES),
    service(4, "Gmail USA", supplier=HSTOCK),
    service(5, "Telegram session", GAMES),
    service(6, "Old one", hidden=NotForSaleReason.GONE),
)


def shelf(*rules: tuple[Selection, Verdict], services: tuple[Service, ...] = SERVICES) -> Shelf:
    kept = [
        HidingRule(nth, selection, verdict, "99", NOW)
        for nth, (selection, verdict) in enumerate(rules, 1)
    ]
    return Shelf(services, LABELS, Pricing(Decimal(20), Money(10_000)), {}, hidings=kept)


def shown(found: Shelf) -> set[int]:
    return {one.id for one in found.services() if one.is_shown}


HIDE, SHOW, ALLOW = Verdict
ONE = Selection.service(ServiceId(1))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), {1, 2, 3, 4}),
        (((ONE, HIDE),), {2, 3, 4}),
        (((SHOP, HIDE),), set()),
        (((SHOP, HIDE), (ONE, SHOW)), {1}),
        (((Selection.supplier(ACC), HIDE),), {4}),
        (((Selection.supplier(ACC), HIDE), (Selection.category(GMAIL), SHOW)), {1, 2, 4}),
        (((Selection.category(MAIL), HIDE),), {3}),
        (((Selection.category(MAIL), HIDE), (Selection.category(GMAIL), SHOW)), {1, 2, 3, 4}),
        (((Selection.category(GMAIL), HIDE), (Selection.category(MAIL), SHOW)), {3}),
        (((Selection.pattern("gmail*"), HIDE), (Selection.category(MAIL), SHOW)), {3}),
        (((Selection.pattern("gmail*"), HIDE), (Selection.pattern("*fresh"), SHOW)), {2, 3}),
        (((Selection.pattern("*FRESH"), SHOW), (Selection.pattern("GMAIL*"), HIDE)), {3}),
        (((Selection.pattern("gmail*"), HIDE), (ONE, SHOW)), {1, 3}),
        (((SHOP, SHOW),), {1, 2, 3, 4}),
        (((SHOP, ALLOW),), {1, 2, 3, 4, 5}),
        (((Selection.service(ServiceId(5)), ALLOW),), {1, 2, 3, 4, 5}),
        (
            ((Selection.service(ServiceId(5)), ALLOW), (Selection.category(GAMES), HIDE)),
            {1, 2, 4, 5},
        ),
        (((SHOP, ALLOW), (Selection.category(GAMES), HIDE)), {1, 2, 4}),
    ],
)
def test_the_rule_about_the_least_wins(
    rules: tuple[tuple[Selection, Verdict], ...], expected: set[int]
) -> None:
    assert shown(shelf(*rules)) == expected


def test_what_is_gone_stays_gone_whatever_is_said() -> None:
    found = shelf((SHOP, HIDE)).find_service(ServiceId(6))
    assert found is not None
    assert found.hidden is NotForSaleReason.GONE


def test_a_service_that_is_read_again_stays_hidden_and_a_new_name_is_looked_at() -> None:
    found = shelf((Selection.pattern("*aged*"), HIDE))
    again = found.with_service(service(1, "Gmail, aged"))
    assert shown(again) == {2, 3, 4}
    assert shown(found.with_service(service(1, "Gmail, new"))) == {1, 2, 3, 4}
    assert shown(found.with_service(service(2, "Gmail, AGED too"))) == {3, 4}
    assert shown(found.with_service(service(7, "aged", GAMES))) == {2, 3, 4}


def test_a_preview_counts_what_would_go_and_says_whose_all_it_is() -> None:
    seen = preview_hide(shelf((ONE, HIDE)), Selection.pattern("*gmail*"))
    assert {one.id for one in seen.services} == {2, 4}
    assert (seen.hidden, seen.suppliers, seen.is_all) == (1, (HSTOCK,), False)
    seen = preview_hide(shelf(), Selection.pattern("*"))
    assert seen.is_all
    seen = preview_hide(shelf((Selection.supplier(ACC), HIDE)), SHOP)
    assert (len(seen.services), seen.hidden, seen.is_all) == (1, 4, True)


def test_a_preview_of_showing_says_what_stays_away_and_why() -> None:
    found = shelf((Selection.supplier(ACC), HIDE), (ONE, HIDE))
    seen = preview_show(found, Selection.supplier(ACC))
    assert {one.id for one in seen.services} == {2, 3}
    assert (seen.kept, [one.id for one in seen.denied], seen.over) == (1, [5], False)
    seen = preview_show(found, Selection.category(GMAIL))
    assert ([one.id for one in seen.services], seen.over) == ([2], True)
    assert not preview_show(found, Selection.service(ServiceId(4))).services


TEXT = st.text(alphabet="ab *ß A\n", max_size=8)


@given(st.lists(TEXT, max_size=8), TEXT)
def test_patterns_find_in_all_names_what_they_find_in_each(names: list[str], typed: str) -> None:
    pattern = " ".join(typed.split()) or "*"
    alone = [place for place, name in enumerate(names) if fits(pattern, name)]
    assert list(FoldedNames(names).find(pattern)) == alone
