"""Customers and orders, found by whatever an operator has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select

from bot.base.digits import find_number
from bot.base.ids import OrderId
from bot.db.tx import Tx
from bot.orders.goods.fingerprints import find_delivered
from bot.orders.read import view_of
from bot.orders.rows import OrderRow
from bot.orders.tables import orders
from bot.orders.views import OrderView
from bot.people.customers import Customer, look_up, select_customers
from bot.people.tables import customers

MOST: Final = 8
"""So many of each are found; who has more in hand types more of it."""
_LONGEST: Final = 4_000
_LONGEST_NAME: Final = 64
_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class Found:
    """What something typed may mean; the likeliest first, eight of each at most."""

    customers: tuple[Customer, ...]
    orders: tuple[OrderView, ...]


def find(tx: Tx, typed: str) -> Found:
    """Search by our and the suppliers' ids, customers' ids and names, and delivered units.

    A unit is known by all of its text or by its first field, a rented number by its phone; sealed
    goods stay sealed.
    """
    words = typed.strip()[:_LONGEST]
    if not words:
        return Found((), ())
    return Found(_customers(tx, words), _orders(tx, words))


def _orders(tx: Tx, words: str) -> tuple[OrderView, ...]:
    found: dict[OrderId, OrderRow] = {}
    number = find_number(words)
    remote = orders.c.remote_order == words.removeprefix("#")
    by_id = orders.c.id == number if number and len(str(number)) <= _LONGEST_ID else None
    delivered = orders.c.id.in_(find_delivered(tx, words))
    for match in (by_id, remote, delivered):
        if match is not None:
            query = select(orders).where(match).order_by(orders.c.id.desc()).limit(MOST)
            found |= {row.id: row for row in tx.list(OrderRow, query) if row.id not in found}
    return tuple(view_of(tx, row) for row in list(found.values())[:MOST])


def _customers(tx: Tx, words: str) -> tuple[Customer, ...]:
    exact = look_up(tx, words)
    found = {} if exact is None else {exact.id: exact}
    name = words.removeprefix("@")[:_LONGEST_NAME]
    # SQLite lowers no letters but the Latin ones: the usual ways of writing are tried.
    ways = {name, name.lower(), name.upper(), name.title()}
    column = customers.c.first_name
    like = [column.contains(way, autoescape=True) for way in sorted(ways)]
    like.append(customers.c.username.icontains(name, autoescape=True))
    query = select_customers().where(or_(*like)).order_by(customers.c.seen_at.desc())
    found |= {one.id: one for one in tx.list(Customer, query.limit(MOST)) if one.id not in found}
    return tuple(found.values())[:MOST]
