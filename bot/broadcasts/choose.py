"""Who gets a broadcast is written down as it starts, some customers at a time."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, update

from bot.base.topics import BROADCASTS
from bot.broadcasts.card import refresh_progress
from bot.broadcasts.members import select_members
from bot.broadcasts.read import load_broadcast
from bot.broadcasts.states import BroadcastState, Reached
from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx, insert_for
from bot.people.tables import customers

CHOSEN_AT_ONCE: Final = 500
"""Customers looked at in one transaction: few, so that others wait little behind it."""


def choose_some(tx: Tx) -> int:
    """Write down the next recipients of a broadcast that begins; how many were looked at.

    Who came after its start is not among them. The row of the broadcast is locked, so of two
    processes one goes on where the other has stopped.
    """
    query = (
        select(broadcasts.c.id, broadcasts.c.newest)
        .where(broadcasts.c.state == BroadcastState.CHOOSING)
        .order_by(broadcasts.c.id)
        .limit(1)
        .with_for_update()
    )
    found = tx.execute(query).one_or_none()
    if found is None or tx.in_safe_mode():
        return 0
    broadcast = load_broadcast(tx, found.id)
    if broadcast.started_at is None:
        return 0
    after = select(customers.c.id).where(customers.c.id > found.newest)
    seen = tx.execute(after.order_by(customers.c.id).limit(CHOSEN_AT_ONCE)).scalars().all()
    if not seen:
        _begin(tx, broadcast.id)
        return 1
    between = customers.c.id.between(found.newest + 1, seen[-1])
    members = select_members(broadcast.segment, broadcast.started_at).where(
        between, customers.c.created_at <= broadcast.started_at
    )
    chosen = [
        {"broadcast": broadcast.id, "customer": one, "state": Reached.WAITING}
        for one in tx.execute(members).scalars()
    ]
    if chosen:
        row = insert_for(tx, recipients).on_conflict_do_nothing()
        tx.execute(row, chosen)
    _set(tx, broadcast.id, newest=seen[-1])
    tx.wake(BROADCASTS)
    return len(seen)


def _begin(tx: Tx, broadcast: int) -> None:
    """All are written down: the sending begins."""
    _set(tx, broadcast, state=BroadcastState.RUNNING)
    refresh_progress(tx, broadcast)
    tx.wake(BROADCASTS)


def _set(tx: Tx, broadcast: int, **values: object) -> None:
    tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast).values(values))
