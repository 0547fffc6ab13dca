"""An order as the desk sees it: its whole history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.base.money import Money
from bot.db.tx import Tx
from bot.orders import collect_evidence
from bot.orders.read import view_of
from bot.orders.rows import OrderRow
from bot.orders.rules.evidence import Finding
from bot.orders.rules.moves import Outcome, State
from bot.orders.tables import answers, attempts, order_events, orders, readings
from bot.orders.views import OrderView
from bot.people.customers import Customer, select_customers
from bot.people.tables import customers

_LAST_ANSWERS: Final = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """One `add`, and what became of it."""

    number: int
    at: datetime
    by: str
    outcome: Outcome
    said: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The operator's balance at the supplier, read around an attempt."""

    at: datetime
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an order's history."""

    at: datetime
    state: State
    note: str
    actor: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """An order as the desk sees it: the whole history. `finding` only while it is in doubt."""

    order: OrderView
    customer: Customer
    supplier: SupplierName
    remote_service: RemoteId
    remote_order: RemoteId | None
    cost: Money
    charge: Decimal | None
    charge_currency: str
    finding: Finding | None
    attempts: tuple[Attempt, ...]
    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    answers: tuple[tuple[datetime, str], ...]


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
        finding=collect_evidence.find(tx, row),
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
