"""The shipped list: names of goods, and whether a new shop sells them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import RemoteId
from bot.catalog.hiding.denied import WORDS
from bot.catalog.hiding.deny import find_denied
from bot.catalog.hiding.hints import read_hints
from bot.suppliers.words import CatalogRow, Kind

NAMES = Path(__file__).with_name("denied_names.txt")
LONGEST = 300


def row(name: str, category: str = "", subcategory: str = "") -> CatalogRow:
    return CatalogRow(RemoteId("1"), name, category, subcategory, Decimal(1), 1, 10, None)


def cases() -> Iterator[tuple[str, str, str, str]]:
    """What is expected, the kind, the category and the name."""
    wanted = kind = category = ""
    for line in NAMES.read_text().splitlines():
        if line.startswith("["):
            wanted, _, rest = line[1:].partition("] ")
            kind, _, category = rest.partition(":")
        elif line and not line.startswith("#"):
            yield wanted, kind, category.strip(), line


@pytest.mark.parametrize(("wanted", "kind", "category", "name"), tuple(cases()))
def test_a_person_would_say_so_too(wanted: str, kind: str, category: str, name: str) -> None:
    top, _, below = category.partition(" > ")
    found = find_denied(row(name, top, below), Kind(kind))
    assert (found or "shown") == wanted, sorted(one.name for one in read_hints(name))


def test_the_table_is_long_enough() -> None:
    assert sum(1 for _ in cases()) >= 60


@given(st.text(max_size=1000), st.text(max_size=1000), st.sampled_from(Kind))
def test_no_name_breaks_it(name: str, shelf: str, kind: Kind) -> None:
    find_denied(row(name, shelf), kind)


@given(st.text(min_size=LONGEST, max_size=400), st.text(max_size=400))
def test_a_name_is_cut_before_it_is_looked_at(name: str, more: str) -> None:
    assert read_hints(name[:LONGEST] + more) == read_hints(name[:LONGEST])


@pytest.mark.parametrize(
    "hostile",
    [
        " - " * 100_000,
        "telegram " * 100_000,
        "-" * 300_000,
        "а" * 300_000,
        "电" * 300_000,
        "bank " * 100_000,
        "скан " * 100_000,
    ],
)
def test_a_hostile_name_costs_no_more_than_a_long_one(hostile: str) -> None:
    assert find_denied(row(hostile, hostile), Kind.PRODUCT) == find_denied(
        row(hostile[:LONGEST], hostile[:LONGEST]), Kind.PRODUCT
    )


def test_every_word_of_the_list_is_spelled_with_something() -> None:
    for line in WORDS.values():
        assert all(word.strip() for word in line.split(","))
