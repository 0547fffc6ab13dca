"""Rows are read by position, so that each shape must name its table's columns as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

import pytest
from sqlalchemy import BigInteger, Column, Integer, Table, Text

from bot.base.money import Money
from bot.catalog.store import ServiceRow
from bot.catalog.tables import service_texts, services, watches
from bot.catalog.translation_store import TextRow
from bot.catalog.wanted.tell_watchers import WatchRow
from bot.db.types import EnumText, Exact, Flag, Moment, MoneyType
from bot.money.post import TransferRow
from bot.money.tables import transfers
from bot.numbers.rows import RentalRow
from bot.numbers.tables import rentals
from bot.orders.claims.rows import ClaimRow, RemedyRow
from bot.orders.quote import QuoteRow
from bot.orders.rows import OrderRow
from bot.orders.tables import claims, orders, quotes, remedies
from tests.architecture.tree import modules

Shape = type[tuple[Any, ...]]
WHOLE: Final[dict[Shape, Table]] = {
    OrderRow: orders,
    QuoteRow: quotes,
    RentalRow: rentals,
    ServiceRow: services,
    TransferRow: transfers,
    ClaimRow: claims,
    RemedyRow: remedies,
}
"""Read with `select(table)`."""
SOME: Final[dict[Shape, Table]] = {TextRow: service_texts, WatchRow: watches}
"""Read with the columns that their fields name."""
VALUES: Final = {
    BigInteger: int,
    Exact: Decimal,
    Flag: bool,
    Integer: int,
    Moment: datetime,
    MoneyType: Money,
    Text: str,
}
each = pytest.mark.parametrize(
    ("shape", "table"),
    [pytest.param(*one, id=one[0].__name__) for one in (WHOLE | SOME).items()],
)


def shapes() -> Iterator[Shape]:
    """Every shape of a table's row that the product has; SQLAlchemy's own is none."""
    for module in modules():
        for one in vars(module).values():
            is_ours = isinstance(one, type) and one.__module__.startswith("bot.")
            if is_ours and hasattr(one, "_fields") and one.__name__.endswith("Row"):
                yield one


def value(column: Column[Any]) -> tuple[type, bool]:
    """What a column holds, and whether that may be nothing."""
    kind = column.type
    if isinstance(kind, EnumText):
        return kind.words, bool(column.nullable)
    return VALUES[type(kind)], bool(column.nullable)


def declared(hint: Any) -> tuple[type, bool]:
    """The same of a field, ids told by what they are made of."""
    parts = get_args(hint)
    [plain] = [part for part in parts if part is not NoneType] or [hint]
    while hasattr(plain, "__supertype__"):
        plain = plain.__supertype__
    return plain, NoneType in parts


def test_every_shape_of_a_row_is_tried_here() -> None:
    assert set(shapes()) == {*WHOLE, *SOME}


@pytest.mark.parametrize(
    ("shape", "table"), [pytest.param(*one, id=one[0].__name__) for one in WHOLE.items()]
)
def test_a_row_has_its_tables_columns_in_their_order(shape: Shape, table: Table) -> None:
    assert list(get_type_hints(shape)) == [column.name for column in table.columns]


@each
def test_a_field_holds_what_its_column_does(shape: Shape, table: Table) -> None:
    hints = get_type_hints(shape)

    assert {name: declared(hint) for name, hint in hints.items()} == {
        name: value(table.c[name]) for name in hints
    }
