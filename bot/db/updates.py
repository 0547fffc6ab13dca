"""Updates that replicas have taken: Telegram, or a balancer, may bring one to two of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Column, delete, exists, select, update

from bot.db.replicas import replicas
from bot.db.schema import table
from bot.db.tx import Tx, insert_for
from bot.db.types import Id, Moment

updates = table(
    "updates",
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("taken_by", Id, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Who handles or has handled an update of the last minutes."""

_KEPT: Final = timedelta(minutes=10)
"""Longer than a balancer or Telegram takes to bring an update a second time after a failure."""


def take(tx: Tx, number: int) -> bool:
    """Take an update; False when a living replica has it.

    One that was taken by a replica that is gone may not have been handled: it is taken over. What
    it did already is done once, whoever asks again.
    """
    mine = {"taken_by": tx.settings.replica, "at": tx.now}
    row = insert_for(tx, updates).values(id=number, **mine)
    if tx.execute(row.on_conflict_do_nothing(index_elements=["id"])).rowcount:
        return True
    is_alive = exists(select(replicas.c.id).where(replicas.c.id == updates.c.taken_by))
    again = update(updates).where(updates.c.id == number, ~is_alive)
    return tx.execute(again.values(mine)).rowcount == 1


def forget(tx: Tx) -> int:
    """Forget updates that nobody brings again; how many."""
    return tx.execute(delete(updates).where(updates.c.at < tx.now - _KEPT)).rowcount
