"""The operator's balance around an attempt: the only evidence there is about a lost answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update

from bot.domain.evidence import Finding, Weight, next_reading, weigh
from bot.domain.ids import OrderId, SupplierName
from bot.domain.order import Outcome, State
from bot.shop.suppliers import Balance
from bot.storage.order_rows import OrderRow, lock
from bot.storage.tables import attempts, orders, readings
from bot.storage.tx import Tx


def note_balance(tx: Tx, order: OrderId, attempt: int, balance: Balance) -> None:
    """Write one balance reading down as evidence."""
    line = {"order_id": order, "attempt": attempt, "at": tx.now, "balance": balance.amount}
    tx.execute(insert(readings).values(line))


def due_readings(tx: Tx, supplier: SupplierName) -> tuple[tuple[OrderId, int], ...]:
    """See `Submissions.due_readings`."""
    query = (
        select(attempts.c.order_id, attempts.c.number)
        .join(orders, orders.c.id == attempts.c.order_id)
        .where(
            attempts.c.reading_due_at <= tx.now,
            orders.c.supplier == supplier,
            orders.c.state == State.IN_DOUBT,
            orders.c.attempt == attempts.c.number,
        )
        .order_by(attempts.c.reading_due_at)
        .limit(50)
    )
    return tuple((OrderId(row.order_id), row.number) for row in tx.execute(query))


def reading_failed(tx: Tx, order: OrderId, attempt: int, again_at: datetime) -> None:
    """See `Submissions.reading_failed`."""
    tx.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.number == attempt)
        .values(reading_due_at=again_at)
    )


def take_reading(tx: Tx, order: OrderId, attempt: int, balance: Balance) -> OrderRow | None:
    """Write a reading down; the order, once the last of them is there."""
    row = lock(tx, order)
    this = (attempts.c.order_id == order, attempts.c.number == attempt)
    taken = tx.execute(select(attempts.c.readings).where(*this)).scalar_one() + 1
    note_balance(tx, order, attempt, balance)
    due = next_reading(row.parked_at or tx.now, taken)
    tx.execute(update(attempts).where(*this).values(readings=taken, reading_due_at=due))
    return row if due is None else None


def find(tx: Tx, order: OrderRow) -> Finding | None:
    """What the readings around the last attempt of an order in doubt suggest; None elsewhere."""
    if order.state is not State.IN_DOUBT or not order.attempt:
        return None
    query = select(readings.c.at, readings.c.balance).where(
        readings.c.order_id == order.id, readings.c.attempt == order.attempt
    )
    rows = tx.execute(query.order_by(readings.c.id)).all()
    sent_at = tx.execute(
        select(attempts.c.at).where(
            attempts.c.order_id == order.id, attempts.c.number == order.attempt
        )
    ).scalar_one()
    before = [row for row in rows if row.at <= sent_at][-1:]
    since = before[0].at if before else sent_at
    after = [row for row in rows if row.at > sent_at]
    sent, refunded = _others_sent(tx, order, since), _refunds(tx, order, since)
    weights = tuple(
        _weight(row, [one for one in sent if one.at <= row.at], refunded) for row in after
    )
    return weigh(order.cost.decimal, before[0].balance if before else None, weights, sent_at)


def _others_sent(tx: Tx, order: OrderRow, since: datetime) -> Sequence[Any]:
    """Attempts of other orders that left for this supplier from then on."""
    query = (
        select(attempts.c.at, attempts.c.outcome, orders.c.cost)
        .join(orders, orders.c.id == attempts.c.order_id)
        .where(
            attempts.c.at >= since, orders.c.supplier == order.supplier, orders.c.id != order.id
        )
    )
    return tx.execute(query).all()


def _refunds(tx: Tx, order: OrderRow, since: datetime) -> Sequence[datetime]:
    """When this supplier gave something back for other orders, from then on."""
    query = select(orders.c.finished_at).where(
        orders.c.finished_at >= since,
        orders.c.forgotten_at.is_(None),
        orders.c.supplier == order.supplier,
        orders.c.remote_order.is_not(None),
        orders.c.state.in_((State.CANCELED, State.PARTIAL)),
    )
    return tx.execute(query).scalars().all()


def _weight(reading: Any, sent: Sequence[Any], refunds: Sequence[datetime]) -> Weight:
    accepted = (one.cost.decimal for one in sent if one.outcome is Outcome.ACCEPTED)
    return Weight(
        at=reading.at,
        balance=reading.balance,
        spent=sum(accepted, Decimal(0)),
        unknown=any(one.outcome in {Outcome.UNKNOWN, Outcome.IN_DOUBT} for one in sent),
        moved=any(moment <= reading.at for moment in refunds),
    )
