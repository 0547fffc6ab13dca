"""What the exports of orders and of the ledger list, read in pieces by their ids.

No goods, codes, phones of rented numbers and links are in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Table, func, select

from bot.db.tx import Tx
from bot.desk.exports.cells import (
    lines_of,
    plain_decimal,
    plain_id,
    plain_moment,
    plain_money,
    safe_text,
)
from bot.desk.exports.job import Export, Listing, Piece, Stretch
from bot.money.ledger import Account
from bot.money.post import whole
from bot.money.tables import transfers
from bot.orders.tables import orders

_ORDER_COLUMNS: Final = (
    "Order",
    "Placed at",
    "Ended at",
    "State",
    "Reason",
    "Customer id",
    "Service",
    "Kind",
    "Quantity",
    "Delivered",
    "Supplier",
    "Supplier's service",
    "Supplier's order",
    "Currency",
    "Total",
    "Paid",
    "Released",
    "Refunded",
    "Expected cost",
    "Supplier's charge",
    "Charge currency",
    "Replaces order",
)
_LEDGER_COLUMNS: Final = (
    "Transfer",
    "Made at",
    "Kind",
    "From",
    "To",
    "Amount",
    "Currency",
    "Order",
    "By",
    "Note",
    "Reverses transfer",
)
_Cells = Callable[[Tx, Row[Any]], Sequence[str]]


def _order_cells(tx: Tx, row: Row[Any]) -> Sequence[str]:
    zone = tx.settings.zone
    return (
        plain_id(row.id),
        plain_moment(row.created_at, zone),
        plain_moment(row.finished_at, zone),
        row.state.replace("_", " "),
        (row.reason or "").replace("_", " "),
        plain_id(row.customer),
        safe_text(row.service_name),
        row.kind,
        str(row.quantity),
        str(row.delivered),
        safe_text(row.supplier),
        safe_text(row.remote_service),
        safe_text(row.remote_order or ""),
        tx.settings.currency,
        plain_money(row.total),
        plain_money(row.captured),
        plain_money(row.released),
        plain_money(row.refunded),
        plain_money(row.cost),
        plain_decimal(row.charge),
        safe_text(row.charge_currency),
        plain_id(row.replaces),
    )


def _ledger_cells(tx: Tx, row: Row[Any]) -> Sequence[str]:
    return (
        plain_id(row.id),
        plain_moment(row.created_at, tx.settings.zone),
        row.kind,
        safe_text(whole(Account(row.debit))),
        safe_text(whole(Account(row.credit))),
        plain_money(row.amount),
        tx.settings.currency,
        plain_id(row.order_id),
        safe_text(row.actor),
        safe_text(row.reason),
        plain_id(row.reverses),
    )


def hidden_time(table: Table) -> ColumnElement[Any]:
    """When a row was made, hidden from the index over it.

    By that a database would sort all rows of the time anew for each piece of them.
    """
    return func.coalesce(table.c.created_at, table.c.created_at)


def cut(tx: Tx, query: Select[Any], stretch: Stretch) -> list[Row[Any]]:
    """The rows of a query that belong to a stretch, in the order of their ids."""
    key = query.selected_columns.id
    query = query.where(key > stretch.after)
    if stretch.last is not None:
        query = query.where(key <= stretch.last)
    return list(tx.execute(query.order_by(key).limit(stretch.most)).all())


def counts(table: Table) -> Callable[[Tx, Export], int]:
    """What counts the rows of a table that belong to an export."""

    def count(tx: Tx, export: Export) -> int:
        theirs = export.within(table.c.created_at, table.c.id)
        query = select(func.count()).select_from(table).where(theirs)
        return int(tx.execute(query).scalar_one())

    return count


def _reads(
    table: Table, names: Sequence[str], cells: _Cells
) -> Callable[[Tx, Export, Stretch], Piece]:
    """What reads these columns of the rows of a table that belong to an export."""
    columns = [table.c[name] for name in names]

    def read(tx: Tx, export: Export, stretch: Stretch) -> Piece:
        rows = cut(
            tx, select(*columns).where(export.within(hidden_time(table), table.c.id)), stretch
        )
        lines = lines_of(cells(tx, row) for row in rows)
        return Piece(lines, len(rows), rows[-1].id if rows else stretch.after)

    return read


_READ_OF_ORDERS: Final = (
    *("id", "created_at", "finished_at", "state", "reason", "customer", "service_name", "kind"),
    *("quantity", "delivered", "supplier", "remote_service", "remote_order", "total", "captured"),
    *("released", "refunded", "cost", "charge", "charge_currency", "replaces"),
)
_READ_OF_LEDGER: Final = (
    *("id", "created_at", "kind", "debit", "credit", "amount", "order_id", "actor", "reason"),
    "reverses",
)
ORDERS: Final = Listing(
    _ORDER_COLUMNS, counts(orders), _reads(orders, _READ_OF_ORDERS, _order_cells)
)
LEDGER: Final = Listing(
    _LEDGER_COLUMNS, counts(transfers), _reads(transfers, _READ_OF_LEDGER, _ledger_cells)
)
