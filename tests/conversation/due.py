"""Which workers would find something to do: one query instead of a round of claims."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, literal, select, union

from bot.domain.order import State
from bot.storage.tables import attempts, orders, outbox, rentals
from bot.storage.tx import Tx
from bot.storage.types import Moment

LANE, POLLER, WATCHER, SENDER = "lane", "poller", "watcher", "sender"
Work = tuple[str, str]
"""A kind of worker and its supplier; the sender has none."""
_NOW: Final = bindparam("now", type_=Moment())
_IN_DOUBT: Final = (orders.c.id == attempts.c.order_id) & (orders.c.state == State.IN_DOUBT)
_QUERY: Final = union(
    select(literal(LANE), orders.c.supplier).where(
        orders.c.state == State.QUEUED, orders.c.due_at <= _NOW
    ),
    select(literal(LANE), orders.c.supplier).where(_IN_DOUBT, attempts.c.reading_due_at <= _NOW),
    select(literal(POLLER), orders.c.supplier).where(
        orders.c.state == State.ACTIVE, orders.c.due_at <= _NOW
    ),
    select(literal(WATCHER), rentals.c.supplier).where(rentals.c.due_at <= _NOW),
    select(literal(SENDER), literal("")).where(
        outbox.c.state == "pending", outbox.c.due_at <= _NOW
    ),
)


def due_work(tx: Tx) -> frozenset[Work]:
    """The workers for whom an order, a number, a reading of evidence or a message waits."""
    return frozenset(tuple(row) for row in tx.execute(_QUERY, {"now": tx.now}))
