"""Nineteen of twenty queries are answered within the first five hits, by a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from bot.catalog.search.look import Hit
from tests.catalog.search.listed import COUNTRIES, english, look_in, shelf

_TABLE: Final = Path(__file__).with_name("queries.txt")
_FIRST: Final = 5
_PROMISED: Final = 0.95


class Asked(NamedTuple):
    """A row of the table; any of `expected` will do."""

    language: str
    tried: str
    query: str
    expected: tuple[str, ...]


def table() -> Iterator[Asked]:
    language, tried = "en", ""
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language, _, tried = line[1:].partition("] ")
        elif " -> " in line and not line.startswith("#"):
            query, _, expected = line.partition(" -> ")
            yield Asked(language, tried, query, tuple(expected.split(" OR ")))


def said(hit: Hit) -> str:
    if hit.category is not None:
        return f"category: {hit.name}"
    if not hit.project:
        return hit.name
    titles = {one.id: one.listed.subcategory for one in shelf().services()}
    where = f" in {titles[hit.number]}" if hit.number is not None else ""
    return f"sms: {hit.name}{where}"


def first_five(asked: Asked) -> list[str]:
    return [said(hit) for hit in look_in(asked.language).hits(asked.query)[:_FIRST]]


def test_the_table_is_long_and_wide() -> None:
    rows = list(table())

    assert len(rows) >= 100
    assert len({row.query for row in rows}) == len(rows)
    assert len({row.language for row in rows}) >= 12


def test_what_the_table_expects_is_on_the_shelf() -> None:
    listed = {document.name for document in english().documents}
    unknown = [
        one
        for row in table()
        for one in row.expected
        if not any(name.startswith(_plain(one)) for name in listed)
    ]

    assert unknown == []


def _plain(expected: str) -> str:
    name = expected.partition("category: ")[2] or expected.partition("sms: ")[2] or expected
    return name.partition(" in ")[0] if name.partition(" in ")[2] in COUNTRIES.values() else name


def test_nineteen_of_twenty_queries_are_answered_in_the_first_five_hits(
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    rows = list(table())
    found = [first_five(row) for row in rows]
    missed = [
        f"[{row.language}] {row.query}: {row.expected[0]}, not {first}"
        for row, first in zip(rows, found, strict=True)
        if not any(name.startswith(row.expected) for name in first)
    ]

    share = 1 - len(missed) / len(rows)
    record_testsuite_property("queries answered", f"{share:.1%} of {len(rows)}")
    assert share >= _PROMISED, "\n".join(missed)
