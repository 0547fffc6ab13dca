"""An order as the desk sees it: its whole history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeVar

from sqlalchemy import Table, select

from bot.base.ids import OrderId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.standins.rows import find_listed
from bot.db.tx import Tx
from bot.orders import collect_evidence
from bot.orders.read import view_of
from bot.orders.rows import OrderRow, find_row
from bot.orders.rules.evidence import EvidenceResult
from bot.orders.rules.moves import Outcome, State
from bot.orders.tables import answers, attempts, order_events, readings
from bot.orders.views import OrderView
from bot.people.customers import Customer, load_customer

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


R = TypeVar("R", Attempt, Reading, Event)


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """An order as the desk sees it: the whole history. `finding` only while it is in doubt.

    `bought` is the service that its supplier is asked for: its own, or what stands in for it.
    """

    order: OrderView
    customer: Customer
    supplier: SupplierName
    remote_service: RemoteId
    remote_order: RemoteId | None
    cost: Money
    charge: Decimal | None
    charge_currency: str
    evidence: EvidenceResult | None
    attempts: tuple[Attempt, ...]
    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    answers: tuple[tuple[datetime, str], ...]
    bought: ServiceId


def find_details(tx: Tx, order: OrderId) -> OrderDetails | None:
    """An order's whole history, None when there is no such order."""
    row = find_row(tx, order)
    if row is None:
        return None
    return OrderDetails(
        order=view_of(tx, row),
        customer=load_customer(tx, row.customer),
        supplier=row.supplier,
        remote_service=row.remote_service,
        remote_order=row.remote_order,
        cost=row.cost,
        charge=row.charge,
        charge_currency=row.charge_currency,
        evidence=collect_evidence.find(tx, row),
        attempts=_rows(tx, row, attempts, Attempt),
        readings=_rows(tx, row, readings, Reading),
        events=_rows(tx, row, order_events, Event),
        answers=_answers(tx, row),
        bought=find_listed(tx, row.supplier, row.remote_service) or row.service,
    )


def _rows(tx: Tx, order: OrderRow, table: Table, shape: type[R]) -> tuple[R, ...]:
    """An order's rows in a table, the oldest first, with the columns that the shape names."""
    query = select(*(table.c[each.name] for each in fields(shape)))
    query = query.where(table.c.order_id == order.id)
    return tx.list(shape, query.order_by(*table.primary_key.columns))


def _answers(tx: Tx, order: OrderRow) -> tuple[tuple[datetime, str], ...]:
    query = select(answers.c.at, answers.c.said).where(answers.c.order_id == order.id)
    rows = tx.execute(query.order_by(answers.c.id.desc()).limit(_LAST_ANSWERS)).all()
    return tuple((row.at, row.said) for row in reversed(rows))
