"""Every column that holds what a seal protects: goods, codes, phones, links, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, inspect, select, tuple_, update

from bot.catalog.tables import searches
from bot.db.meta import PROBE, facts
from bot.db.schema_check import kiosk_schema
from bot.db.tx import Tx
from bot.money.tables import topup_requests
from bot.numbers.tables import rentals
from bot.orders.tables import claims, goods, orders, quotes
from bot.people.tables import letters


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column; rows where it is empty hold nothing."""

    table: Table
    name: str

    @property
    def keys(self) -> tuple[ColumnElement[Any], ...]:
        """What tells rows apart, in the order they are walked."""
        return tuple(self.table.primary_key.columns)


SEALED: Final = (
    SealedColumn(goods, "sealed"),
    SealedColumn(rentals, "phone"),
    SealedColumn(orders, "link"),
    SealedColumn(quotes, "link"),
    SealedColumn(topup_requests, "said"),
    SealedColumn(claims, "said"),
    SealedColumn(letters, "said"),
    SealedColumn(searches, "query"),
)

Place = tuple[Any, ...]
"""The primary key of a row."""


def holds_seals(tx: Tx) -> bool:
    """Whether anything here is sealed; not in a new one. Raises WrongDatabase for another's."""
    if not inspect(tx.connection).has_table(facts.name):
        return False
    probe = select(facts.c.name).where(facts.c.name == PROBE)
    with kiosk_schema():
        return tx.execute(probe).first() is not None


def list_after(
    tx: Tx, column: SealedColumn, after: Place | None, limit: int
) -> list[tuple[Place, str]]:
    """Some sealed values with their rows' keys, the next ones after `after`."""
    sealed = column.table.c[column.name]
    query = select(*column.keys, sealed.label("held")).where(sealed != "")
    if after is not None:
        query = query.where(tuple_(*column.keys) > tuple_(*after))
    rows = tx.execute(query.order_by(*column.keys).limit(limit))
    return [(tuple(row[:-1]), row.held) for row in rows]


def replace_all(tx: Tx, column: SealedColumn, renewed: list[tuple[Place, str, str]]) -> int:
    """Put new values where the old ones still stand, as some changed meanwhile; how many."""
    done = 0
    for place, old, new in renewed:
        change = update(column.table).where(column.table.c[column.name] == old)
        for key, value in zip(column.keys, place, strict=True):
            change = change.where(key == value)
        done += tx.execute(change.values({column.name: new})).rowcount
    return done
