"""What the export of customers lists, with what each has and did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, case, func, select

from bot.base.ids import CustomerId
from bot.base.money import ZERO, Money
from bot.db.tx import Tx
from bot.desk.exports.cells import (
    lines_of,
    plain_id,
    plain_moment,
    plain_money,
    safe_text,
)
from bot.desk.exports.job import Export, Listing, Piece, Stretch
from bot.desk.exports.lists import counts, cut, hidden_time
from bot.money.ledger import customer_account
from bot.money.tables import accounts
from bot.orders.rules.moves import OPEN
from bot.orders.tables import orders
from bot.people.tables import customers

_COLUMNS: Final = (
    "Customer id",
    "Name",
    "Username",
    "Language",
    "First seen",
    "Last seen",
    "May buy",
    "Currency",
    "Balance",
    "Set aside",
    "Orders",
    "Paid",
    "Refunded",
    "Last order at",
    "Note",
)


def _read(tx: Tx, export: Export, stretch: Stretch) -> Piece:
    theirs = export.within(hidden_time(customers), customers.c.id)
    rows = cut(tx, select(customers).where(theirs), stretch)
    ids = [row.id for row in rows]
    balances, bought = _balances(tx, ids), _bought(tx, ids)
    lines = lines_of(_cells(tx, row, balances, bought.get(row.id)) for row in rows)
    return Piece(lines, len(rows), rows[-1].id if rows else stretch.after)


def _balances(tx: Tx, ids: Sequence[int]) -> dict[str, Money]:
    names = [customer_account(CustomerId(one)) for one in ids]
    query = select(accounts.c.account, accounts.c.balance).where(accounts.c.account.in_(names))
    return {row.account: row.balance for row in tx.execute(query)}


def _bought(tx: Tx, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """What the orders of these come to, by the customer."""
    held = case((orders.c.state.in_(sorted(OPEN)), orders.c.total))
    query = (
        select(
            orders.c.customer,
            func.count().label("orders"),
            func.sum(orders.c.captured).label("captured"),
            func.sum(orders.c.refunded).label("refunded"),
            func.sum(held).label("held"),
            func.max(orders.c.created_at).label("last_at"),
        )
        .where(orders.c.customer.in_(ids))
        .group_by(orders.c.customer)
    )
    return {row.customer: row for row in tx.execute(query)}


def _cells(
    tx: Tx, row: Row[Any], balances: dict[str, Money], bought: Row[Any] | None
) -> Sequence[str]:
    zone = tx.settings.zone
    return (
        plain_id(row.id),
        safe_text(row.first_name),
        safe_text(row.username),
        row.language,
        plain_moment(row.created_at, zone),
        plain_moment(row.seen_at, zone),
        "no" if row.banned else "yes",
        tx.settings.currency,
        plain_money(balances.get(customer_account(row.id), ZERO)),
        plain_money((bought and bought.held) or ZERO),
        str(bought.orders if bought else 0),
        plain_money((bought and bought.captured) or ZERO),
        plain_money((bought and bought.refunded) or ZERO),
        plain_moment(bought.last_at if bought else None, zone),
        safe_text(row.note),
    )


CUSTOMERS: Final = Listing(_COLUMNS, counts(customers), _read)
