"""A catalogue answer read row by row: a bad row is counted or marked and hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from bot.base.ids import RemoteId
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.api_v2.plain import clean_html
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.api_v2.values import (
    NotJson,
    find_number,
    find_whole,
    loads_forgiving,
    many_lines,
    name_line,
    one_line,
    text_of,
)
from bot.suppliers.contacts.find import MAY_HOLD, without_contacts
from bot.suppliers.dialects.dialect import Dialect, as_list
from bot.suppliers.errors import Malformed
from bot.suppliers.words import CatalogRow

LONGEST_NAME: Final = 300
_LONGEST_TYPE: Final = 64
_LONGEST_ID: Final = 128
_LONGEST_DESCRIPTION: Final = 20_000
_FEW_TAGS: Final = 200
"""So many tags need no look at how deep they stand."""
_MOST_UNITS: Final = 10**9
_DEAREST: Final = Decimal(10**9)
_NO_RATE: Final = Decimal(0)


class _Row(msgspec.Struct, rename="camel"):
    """A row as it stands, nothing believed yet."""

    service: Any = None
    name: Any = None
    description: Any = None
    type: Any = None
    category: Any = None
    subcategory: Any = None
    rate: Any = None
    min: Any = None
    max: Any = None
    stock: Any = None
    entity_type: Any = None
    auto_delivery: Any = None


class _Answer(msgspec.Struct):
    """The envelope; its rows stay bytes until each is read for itself."""

    services: list[msgspec.Raw]
    total: Any = None
    total_pages: Any = None
    limit: Any = None
    error: Any = None


_ANSWERS: Final = msgspec.json.Decoder(_Answer)
_ROWS: Final = msgspec.json.Decoder(_Row, float_hook=Decimal)


@dataclass(frozen=True, slots=True)
class CatalogPage:
    """One answer: a CatalogRow per row that could be named, None for each that could not.

    `pages` is how many such pages there are by the supplier's own word, 1 when it gave all, and
    `size` how many rows a page holds. `is_counted` when it is the number of pages that says so,
    and not only a total above the rows that came.
    """

    rows: tuple[CatalogRow | None, ...]
    pages: int
    size: int
    is_counted: bool

    @property
    def ids(self) -> frozenset[RemoteId]:
        """The ids of its named rows."""
        return frozenset(row.remote_id for row in self.rows if row is not None)


def read_page(body: bytes, mask: Mask, dialect: Dialect) -> CatalogPage | None:
    """The catalogue in a `services` answer; None when an error stands in it, else Malformed."""
    answer, raw_rows = _read_slowly(body, dialect) if dialect.fields else _read(body, dialect)
    if answer.error:
        return None
    tidy = mask.for_rows_of(body)
    rows = tuple(_listed(row, tidy, dialect) if row is not None else None for row in raw_rows)
    pages, size = _pages(answer, len(rows))
    return CatalogPage(rows, pages, size, is_counted=(find_whole(answer.total_pages) or 1) > 1)


def merge(pages: Iterable[CatalogPage]) -> tuple[tuple[CatalogRow, ...], int]:
    """All rows, the first of each id, and how many were unreadable or double.

    Raises Malformed when there are rows, and none of them could be read.
    """
    found: dict[RemoteId, CatalogRow] = {}
    count = 0
    for row in _rows_of(pages):
        count += 1
        if row is not None:
            found.setdefault(row.remote_id, row)
    if count and not found:
        raise Malformed(FailureReason.NO_ROW_READ)
    return tuple(found.values()), count - len(found)


def _rows_of(pages: Iterable[CatalogPage]) -> Iterator[CatalogRow | None]:
    for page in pages:
        yield from page.rows


def _row_of_bytes(raw: msgspec.Raw) -> _Row | None:
    try:
        return _ROWS.decode(raw)
    except (ValueError, ArithmeticError, RecursionError):
        pass
    try:
        return _row_of_value(loads_forgiving(bytes(raw)))
    except NotJson:
        return None


def _row_of_value(value: object) -> _Row | None:
    return msgspec.convert(value, _Row) if isinstance(value, dict) else None


def _read(body: bytes, dialect: Dialect) -> tuple[_Answer, Iterable[_Row | None]]:
    """The fast way, for ten thousand rows under the family's names."""
    try:
        answer = _ANSWERS.decode(body)
    except (ValueError, RecursionError):
        return _read_slowly(body, dialect)
    return answer, map(_row_of_bytes, answer.services)


def _read_slowly(body: bytes, dialect: Dialect) -> tuple[_Answer, Iterable[_Row | None]]:
    """The way for names of a supplier's own, and for a body that one bad sign somewhere breaks."""
    try:
        value = dialect.named(loads_forgiving(body))
    except NotJson:
        raise Malformed(FailureReason.NOT_JSON) from None
    beside = value if isinstance(value, dict) else {}
    named = {name: beside.get(name) for name in ("total", "total_pages", "limit", "error")}
    services = find_rows(value, "services")
    if services is None or value == []:
        raise Malformed(FailureReason.NO_SERVICES)
    return _Answer([], **named), map(_row_of_value, services)


def find_rows(answer: object, within: str) -> list[object] | None:
    """A list that came bare, or within an object; None when there is none."""
    inner = answer.get(within) if isinstance(answer, dict) and within in answer else answer
    return as_list(inner)


def _pages(answer: _Answer, came: int) -> tuple[int, int]:
    """How many pages there are and how long one is, should the answer have been cut."""
    total = find_whole(answer.total) or 0
    pages = find_whole(answer.total_pages) or 1
    if total > came == 0:
        raise Malformed(FailureReason.NO_ROWS)
    size = find_whole(answer.limit) or came
    size = size if 0 < size <= came else came
    by_total = -(-total // size) if total > came else 1
    return (max(pages, by_total) if came else 1), size


def _listed(row: _Row, tidy: Callable[[str], str], dialect: Dialect) -> CatalogRow | None:
    """The row as the shop knows it; None when it has no id or no name."""
    remote_id, name = find_id(row.service), name_line(row.name, LONGEST_NAME)
    if remote_id is None or not name or tidy(remote_id) != remote_id:
        return None
    rate, named = find_number(row.rate), tidy(name)
    least, most, stock = _least(row.min), _most(row.max, row.stock), _stock(row.stock)
    return CatalogRow(
        remote_id=remote_id,
        name=without_contacts(named) if MAY_HOLD.search(named) else named,
        category=tidy(name_line(row.category, LONGEST_NAME)) or "Other",
        subcategory=tidy(name_line(row.subcategory, LONGEST_NAME)),
        rate=_NO_RATE if rate is None else rate,
        least=least or 1,
        most=most or 1,
        stock=stock,
        description=tidy(_description(row.description)),
        type=dialect.row_type(tidy(one_line(row.type, _LONGEST_TYPE))),
        entity_type=dialect.row_entity(tidy(one_line(row.entity_type, _LONGEST_TYPE))),
        auto_delivery=row.auto_delivery if isinstance(row.auto_delivery, bool) else None,
        problem=rate_problem(rate) or _units_problem(row, least, most, stock),
    )


def _description(raw: object) -> str:
    text = text_of(raw)
    if len(text) > _LONGEST_DESCRIPTION or text.count("<") > _FEW_TAGS or "lt;" in text:
        text = clean_html(text, _LONGEST_DESCRIPTION)
    return many_lines(text, _LONGEST_DESCRIPTION)


def find_id(raw: object) -> RemoteId | None:
    """A service id, kept exactly as it came; None when it cannot be one."""
    if type(raw) is int and raw >= 0:
        raw = str(raw)
    if not isinstance(raw, str) or not 0 < len(raw) <= _LONGEST_ID:
        return None
    return RemoteId(raw) if raw.isprintable() and not raw.isspace() else None


def _least(raw: object) -> int | None:
    """The minimum; missing or below 1 is 1, None is unreadable."""
    least = 1 if _is_missing(raw) else find_whole(raw)
    return None if least is None else min(max(least, 1), _MOST_UNITS + 1)


def _most(raw: object, stock: object) -> int | None:
    """The maximum; missing is the stock or as good as endless, None is unreadable."""
    most = find_whole(stock) or _MOST_UNITS if _is_missing(raw) else find_whole(raw)
    return None if most is None else max(min(most, _MOST_UNITS), -1)


def _stock(raw: object) -> int | None:
    stock = find_whole(raw)
    return None if stock is None else max(min(stock, _MOST_UNITS), -1)


def _is_missing(raw: object) -> bool:
    return raw is None or raw == ""


def rate_problem(rate: Decimal | None) -> str:
    """Why a rate cannot be sold at, empty when it can."""
    if rate is None:
        return "the rate cannot be read"
    if rate <= 0:
        return "the rate is not above zero"
    return "the rate is absurdly high" if rate > _DEAREST else ""


def _units_problem(row: _Row, least: int | None, most: int | None, stock: int | None) -> str:
    if least is None or most is None:
        return "the minimum or the maximum cannot be read"
    if stock is None and not _is_missing(row.stock):
        return "the stock cannot be read"
    if stock is not None and stock < 0:
        return "the stock is negative"
    return "the minimum is above the maximum" if least > most else ""
