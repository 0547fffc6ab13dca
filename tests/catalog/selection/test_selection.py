"""What an operator names of the shelf is read the same for every command."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import CENT
from bot.catalog.places.tree import EVERYBODY, Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.selection.find import list_selected, read_selection
from bot.catalog.selection.selection import SHOP, Selection, cut_quoted, fits
from bot.catalog.shelf import Shelf
from bot.suppliers.words import CatalogRow, Kind

ACC, HST = SupplierName("accplanet"), SupplierName("hst plus")
MAIL, GMAIL, OTHER = CategoryId(1), CategoryId(2), CategoryId(3)
NAMES = (ACC, HST)
CATEGORIES = {
    MAIL: Category(MAIL, "Mail", None),
    GMAIL: Category(GMAIL, "Gmail", MAIL),
    OTHER: Category(OTHER, "accplanet", None),
}


def service(number: int, name: str, category: CategoryId, supplier: SupplierName = ACC) -> Service:
    row = CatalogRow(RemoteId(str(number)), name, "c", "", Decimal(1), 1, 9, None)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Service(ServiceId(number), supplier, row, Kind.PRODUCT, 1, category, at)


SERVICES = (
    service(1, "Gmail aged", GMAIL),
    service(2, "Outlook", MAIL, HST),
    service(3, "Gmail new", OTHER, HST),
)
SHELF = Shelf(SERVICES, CATEGORIES, Pricing(Decimal(20), CENT), {})


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("shop", SHOP),
        (" Shop ", SHOP),
        ("HST  PLUS", Selection.supplier(HST)),
        ('"hst plus"', Selection.supplier(HST)),
        ("“gmail”", Selection.category(GMAIL)),
        ("gmail", Selection.category(GMAIL)),
        ("Mail > Gmail", Selection.category(GMAIL)),
        ("#2", Selection.service(ServiceId(2))),
        ("#٢", Selection.service(ServiceId(2))),
        ("gmail *", Selection.pattern("gmail *")),
        ("'*aged'", Selection.pattern("*aged")),
    ],
)
def test_words_mean_one_part_of_the_shelf(words: str, found: Selection) -> None:
    assert read_selection(SHELF, NAMES, words).only == found


def test_a_name_of_two_things_means_both() -> None:
    meant = read_selection(SHELF, NAMES, "accplanet")
    assert meant.found == (Selection.supplier(ACC), Selection.category(OTHER))
    assert meant.only is None


def test_an_unknown_name_is_answered_with_the_nearest_categories() -> None:
    meant = read_selection(SHELF, NAMES, "gmial")
    assert not meant.found
    assert [one.id for one in meant.near] == [GMAIL, MAIL]


@pytest.mark.parametrize("words", ["#99", "# ", "#1e9", "", "   "])
def test_what_nothing_is_called_means_nothing(words: str) -> None:
    assert read_selection(SHELF, NAMES, words).found == ()


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (SHOP, [1, 2, 3]),
        (Selection.supplier(HST), [2, 3]),
        (Selection.category(MAIL), [1, 2]),
        (Selection.category(GMAIL), [1]),
        (Selection.service(ServiceId(3)), [3]),
        (Selection.pattern("gmail*"), [1, 3]),
        (Selection.service(ServiceId(9)), []),
    ],
)
def test_a_selection_holds_its_services(selection: Selection, ids: list[int]) -> None:
    assert [one.id for one in list_selected(SHELF, selection)] == ids


def test_a_category_that_was_renamed_is_still_the_same_selection() -> None:
    renamed = CategoryId(7)
    labels = {**CATEGORIES, renamed: replace(CATEGORIES[GMAIL], id=renamed, name="Google")}
    shelf = Shelf(SERVICES, labels, SHELF.prices.settings, {}, {(GMAIL, EVERYBODY): renamed})
    assert [one.id for one in list_selected(shelf, Selection.category(GMAIL))] == [1]
    assert read_selection(shelf, NAMES, "google").only == Selection.category(renamed)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ('"Mail > Gmail" 20%', ("Mail > Gmail", "20%")),
        ("«почта» off", ("почта", "off")),
        ("Gmail 20%", None),
        ('"Gmail 20%', None),
        ('""', ("", "")),
    ],
)
def test_quotes_part_a_name_from_the_rest(text: str, cut: tuple[str, str] | None) -> None:
    assert cut_quoted(text) == cut


@pytest.mark.parametrize(
    ("pattern", "name", "yes"),
    [
        ("*", "", True),
        ("gmail*", "GMAIL  aged", True),
        ("*aged", "gmail aged", True),
        ("*mail*ed", "gmail aged", True),
        ("a*a", "a", False),
        ("ab*ba", "aba", False),
        ("gmail", "gmail aged", False),
        ("*.*", "gmail", False),
    ],
)
def test_a_pattern_fits_whole_names(pattern: str, name: str, *, yes: bool) -> None:
    assert fits(pattern, name) is yes


@given(st.text("ab ", max_size=8), st.text("ab ", max_size=8), st.text("ab ", max_size=8))
def test_a_star_stands_for_any_letters(first: str, between: str, last: str) -> None:
    name = " ".join(f"x{first}x{between}x{last}x".split())
    assert fits(f"x{first}x*x{last}x", name) or "  " in f"x{first}x{between}x{last}x"


def test_a_pattern_of_many_stars_is_answered_too() -> None:
    assert not fits("*a" * 50 + "*b", "a" * 100_000)
