"""Leases of a process that is gone end at once where it was the only one."""

from __future__ import annotations

from sqlalchemy import update

from bot.db.tx import Tx
from bot.numbers.tables import rentals
from bot.orders.rules.moves import State
from bot.orders.tables import orders
from bot.outbox.tables import chat_slots


def expire_leases(tx: Tx) -> None:
    """Make everything due that the process before had claimed or postponed.

    Only for a database that one process uses at a time. Among replicas leases run out by
    themselves, because another one may be sending that very message right now.
    """
    busy = update(chat_slots).where(chat_slots.c.free_at > tx.now)
    tx.execute(busy.values(free_at=tx.now))
    waiting = orders.c.state.in_([State.QUEUED, State.ACTIVE])
    tx.execute(update(orders).where(waiting, orders.c.due_at > tx.now).values(due_at=tx.now))
    tx.execute(update(rentals).where(rentals.c.due_at > tx.now).values(due_at=tx.now))
