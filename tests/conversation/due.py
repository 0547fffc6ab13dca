"""Whether any worker would find something to do: one query instead of a round of claims."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, or_, select

from bot.domain.order import State
from bot.storage.tables import attempts, orders, outbox, rentals


def something_due(connection: Connection, now: datetime) -> bool:
    """Whether an order, a number, a reading of evidence or a message waits for its worker."""
    working = orders.c.state.in_([State.QUEUED, State.SUBMITTING, State.ACTIVE])
    found = or_(
        exists().where(working, orders.c.due_at <= now),
        exists().where(rentals.c.due_at <= now),
        exists().where(attempts.c.reading_due_at <= now),
        exists().where(outbox.c.state == "pending", outbox.c.due_at <= now),
    )
    return bool(connection.execute(select(found)).scalar_one())
