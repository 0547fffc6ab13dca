"""Jobs by the clock that are done once for all processes, whoever comes first."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Text, delete, select, update

from bot.db.schema import table
from bot.db.tx import Tx, insert_for
from bot.db.types import Id, Moment

jobs = table(
    "jobs",
    Column("name", Text, primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("claimed_by", Id),
)
"""When each is due next. `claimed_by` while a process is at it: it is due at once if that dies."""


def find_due(tx: Tx, name: str) -> datetime | None:
    """When a job is due; None for one that was never done."""
    return tx.execute(select(jobs.c.due_at).where(jobs.c.name == name)).scalar_one_or_none()


def claim(tx: Tx, name: str, every: timedelta) -> bool:
    """Take a job that is due, and plan the next time; False when another process took it."""
    mine = {"due_at": tx.now + every, "claimed_by": tx.settings.replica}
    row = insert_for(tx, jobs).values(name=name, **mine)
    free = row.on_conflict_do_update(
        index_elements=["name"], set_=mine, where=tx.is_due(jobs.c.due_at, every)
    )
    return tx.execute(free.returning(jobs.c.name)).one_or_none() is not None


def done(tx: Tx, name: str) -> None:
    """Let go of a job; nobody who was taken for dead takes another's from it."""
    mine = (jobs.c.name == name) & (jobs.c.claimed_by == tx.settings.replica)
    tx.execute(update(jobs).where(mine).values(claimed_by=None))


def reset(tx: Tx) -> None:
    """Have every job done at once: the first process of a shop looks at everything."""
    tx.execute(delete(jobs))
