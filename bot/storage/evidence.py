"""The operator's balance around an attempt: the only evidence there is about a lost answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.domain.evidence import next_reading
from bot.domain.ids import OrderId, SupplierName
from bot.domain.order import State
from bot.shop.suppliers import Balance
from bot.storage.order_rows import lock
from bot.storage.tables import attempts, orders, readings


def note_balance(
    connection: Connection, order: OrderId, attempt: int, balance: Balance, now: datetime
) -> None:
    """Write one balance reading down as evidence."""
    line = {"order_id": order, "attempt": attempt, "at": now, "balance": balance.amount}
    connection.execute(insert(readings).values(line))


def due_readings(
    connection: Connection, supplier: SupplierName, now: datetime
) -> tuple[tuple[OrderId, int], ...]:
    """See `Submissions.due_readings`."""
    query = (
        select(attempts.c.order_id, attempts.c.number)
        .join(orders, orders.c.id == attempts.c.order_id)
        .where(
            attempts.c.reading_due_at <= now,
            orders.c.supplier == supplier,
            orders.c.state == State.IN_DOUBT,
            orders.c.attempt == attempts.c.number,
        )
        .order_by(attempts.c.reading_due_at)
        .limit(50)
    )
    return tuple((OrderId(row.order_id), row.number) for row in connection.execute(query))


def reading_failed(
    connection: Connection, order: OrderId, attempt: int, again_at: datetime
) -> None:
    """See `Submissions.reading_failed`."""
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.number == attempt)
        .values(reading_due_at=again_at)
    )


def note_reading(
    connection: Connection, order: OrderId, attempt: int, balance: Balance, now: datetime
) -> None:
    """See `Submissions.note_reading`."""
    row = lock(connection, order)
    query = select(attempts).where(attempts.c.order_id == order, attempts.c.number == attempt)
    found = connection.execute(query).one()
    taken = found.readings + 1
    note_balance(connection, order, attempt, balance, now)
    due = next_reading(row.parked_at or now, taken)
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.number == attempt)
        .values(readings=taken, reading_due_at=due)
    )
