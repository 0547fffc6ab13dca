"""What operators look up: customers with their money, and orders."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Select, func, or_, select, text

from bot.base.ids import CustomerId, OrderId, SupplierName
from bot.base.money import ZERO, Money
from bot.base.page import Page
from bot.db.tx import Tx
from bot.money import post, wallet
from bot.money.ledger import Wallet
from bot.money.wallet import Movement
from bot.orders.read import page_of_orders, view_of
from bot.orders.rows import OrderRow, find_row
from bot.orders.rules.moves import OPEN, PARKED, Reason, State
from bot.orders.tables import UNDER_WAY, orders
from bot.orders.views import OrderView
from bot.people.customers import Customer, select_customers
from bot.people.limits import Limits, load_limits
from bot.people.tables import customers

_LAST_ORDERS: Final = 5
_MOST_CAUSES: Final = 5


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A customer as the desk sees them."""

    customer: Customer
    wallet: Wallet
    orders: tuple[OrderView, ...]
    movements: tuple[Movement, ...]
    order_count: int
    limits: Limits
    note: str


class DeskFilter(StrEnum):
    """Which orders an operator lists."""

    ALL = "all"
    OPEN = "open"
    DOUBT = "doubt"
    ATTENTION = "attention"


_STATES: Final = {
    DeskFilter.OPEN: sorted(OPEN),
    DeskFilter.DOUBT: [State.IN_DOUBT],
    DeskFilter.ATTENTION: [State.ATTENTION],
}


def customer_card(tx: Tx, customer: CustomerId) -> CustomerCard | None:
    """A customer with money, last movements and last orders; None for an unknown id."""
    query = select_customers().where(customers.c.id == customer)
    found = tx.find(Customer, query)
    if found is None:
        return None
    mine = select(orders).where(orders.c.customer == customer)
    last = tx.list(OrderRow, mine.order_by(orders.c.id.desc()).limit(_LAST_ORDERS))
    count = select(func.count()).where(orders.c.customer == customer)
    limits, note = load_limits(tx, customer)
    return CustomerCard(
        customer=found,
        wallet=Wallet(post.customer_balance(tx, customer), _held(tx, customer)),
        orders=tuple(view_of(tx, order) for order in last),
        movements=wallet.movements(tx, customer),
        order_count=int(tx.execute(count).scalar_one()),
        limits=limits,
        note=note,
    )


def _held(tx: Tx, customer: CustomerId) -> Money:
    """What a customer's open orders hold: each its total. Their whole history is not read."""
    mine, total = orders.c.customer == customer, func.sum(orders.c.total)
    under_way = select(total).where(mine, text(UNDER_WAY))
    # Hidden from SQLite, which would read all orders of the customer for the few that are parked.
    parked = select(total).where(
        func.coalesce(orders.c.customer, 0) == customer, orders.c.state.in_(sorted(PARKED))
    )
    return sum((tx.execute(one).scalar_one() or ZERO for one in (under_way, parked)), ZERO)


def list_orders(tx: Tx, which: DeskFilter, page: int) -> Page[OrderView]:
    """One page of all orders that the filter lets through, newest first, eight a page."""
    query = select(orders)
    if which in _STATES:
        query = query.where(orders.c.state.in_(_STATES[which]))
    return page_of_orders(tx, query, page)


@dataclass(frozen=True, slots=True)
class SharedCause:
    """Several orders at one supplier that need a person for one reason; `first` is the oldest."""

    supplier: SupplierName
    reason: Reason
    count: int
    first: OrderId
    total: Money


def list_shared_causes(tx: Tx, known: Collection[SupplierName]) -> tuple[SharedCause, ...]:
    """Where one decision may be made about several orders, most of them first; five at most.

    `known` are the suppliers that can still be asked. Orders at others count only while nothing
    of them was delivered.
    """
    query = _shared(known).order_by(func.count().desc(), func.min(orders.c.id))
    return tx.list(SharedCause, query.limit(_MOST_CAUSES))


def find_shared_cause(
    tx: Tx, known: Collection[SupplierName], order: OrderId
) -> SharedCause | None:
    """What an order shares with others; None where it stands alone, or needs no person now."""
    row = find_row(tx, order)
    if row is None or row.state is not State.ATTENTION:
        return None
    same = (orders.c.supplier == row.supplier, orders.c.reason == row.reason)
    return tx.find(SharedCause, _shared(known).where(*same))


def _shared(known: Collection[SupplierName]) -> Select[Any]:
    return (
        select(
            orders.c.supplier,
            orders.c.reason,
            func.count().label("count"),
            func.min(orders.c.id).label("first"),
            func.sum(orders.c.total).label("total"),
        )
        .where(
            orders.c.state == State.ATTENTION,
            orders.c.reason.is_not(None),
            or_(orders.c.supplier.in_(sorted(known)), orders.c.batches == 0),
        )
        .group_by(orders.c.supplier, orders.c.reason)
        .having(func.count() > 1)
    )
