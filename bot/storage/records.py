"""What operators look up: customers with their money, orders with their whole history."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from bot.domain.ids import CustomerId, OrderId
from bot.domain.order import OPEN, State
from bot.domain.shelf import Page
from bot.shop.ports import DeskFilter
from bot.shop.views import Attempt, Customer, CustomerCard, Dossier, Event, OrderView, Reading
from bot.storage import books, credit, evidence
from bot.storage.customers import select_customers
from bot.storage.order_rows import OrderRow
from bot.storage.order_views import view_of
from bot.storage.sales import page_of_orders
from bot.storage.tables import answers, attempts, customers, order_events, orders, readings
from bot.storage.tx import Tx

_LAST_ORDERS: Final = 5
_LAST_ANSWERS: Final = 20
_STATES: Final = {
    DeskFilter.OPEN: sorted(OPEN),
    DeskFilter.DOUBT: [State.IN_DOUBT],
    DeskFilter.ATTENTION: [State.ATTENTION],
}


def customer_card(tx: Tx, customer: CustomerId) -> CustomerCard | None:
    """See `Records.customer_card`."""
    query = select_customers().where(customers.c.id == customer)
    found = tx.find(Customer, query)
    if found is None:
        return None
    mine = select(orders).where(orders.c.customer == customer)
    last = tx.list(OrderRow, mine.order_by(orders.c.id.desc()).limit(_LAST_ORDERS))
    count = select(func.count()).where(orders.c.customer == customer)
    return CustomerCard(
        customer=found,
        wallet=books.wallet(tx, customer),
        orders=tuple(view_of(tx, order) for order in last),
        movements=credit.movements(tx, customer),
        order_count=int(tx.execute(count).scalar_one()),
    )


def list_orders(tx: Tx, which: DeskFilter, page: int) -> Page[OrderView]:
    """See `Records.list_orders`."""
    query = select(orders)
    if which in _STATES:
        query = query.where(orders.c.state.in_(_STATES[which]))
    return page_of_orders(tx, query, page)


def dossier(tx: Tx, order: OrderId) -> Dossier | None:
    """See `Records.dossier`."""
    row = tx.find(OrderRow, select(orders).where(orders.c.id == order))
    if row is None:
        return None
    person = tx.find(Customer, select_customers().where(customers.c.id == row.customer))
    if person is None:
        return None
    return Dossier(
        order=view_of(tx, row),
        customer=person,
        supplier=row.supplier,
        remote_service=row.remote_service,
        remote_order=row.remote_order,
        cost=row.cost,
        charge=row.charge,
        charge_currency=row.charge_currency,
        finding=evidence.find(tx, row),
        attempts=_attempts(tx, row),
        readings=_readings(tx, row),
        events=_events(tx, row),
        answers=_answers(tx, row),
    )


def _attempts(tx: Tx, order: OrderRow) -> tuple[Attempt, ...]:
    query = select(attempts).where(attempts.c.order_id == order.id).order_by(attempts.c.number)
    return tuple(
        Attempt(row.number, row.at, row.by, row.outcome, row.said, row.answered_at)
        for row in tx.execute(query)
    )


def _readings(tx: Tx, order: OrderRow) -> tuple[Reading, ...]:
    query = select(readings).where(readings.c.order_id == order.id).order_by(readings.c.id)
    return tuple(Reading(row.at, row.balance) for row in tx.execute(query))


def _events(tx: Tx, order: OrderRow) -> tuple[Event, ...]:
    query = (
        select(order_events).where(order_events.c.order_id == order.id).order_by(order_events.c.id)
    )
    return tuple(Event(row.at, row.state, row.note, row.actor) for row in tx.execute(query))


def _answers(tx: Tx, order: OrderRow) -> tuple[tuple[datetime, str], ...]:
    query = (
        select(answers)
        .where(answers.c.order_id == order.id)
        .order_by(answers.c.id.desc())
        .limit(_LAST_ANSWERS)
    )
    rows = tx.execute(query).all()
    return tuple((row.at, row.said) for row in reversed(rows))
