"""The processes of one shop on one database: which live, and what one changes for the others."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Column, Text, delete, insert, select, text, update

from bot.base.topics import HEARTBEAT
from bot.db.schema import numbered
from bot.db.tx import Tx
from bot.db.types import Id, Moment

replicas = numbered(
    "replicas",
    Column("name", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("beats", Id, nullable=False, server_default="0"),
    Column("wants", Text, nullable=False, server_default=""),
    Column("started_at", Moment, nullable=False),
)
"""Each process that runs, for as long as it lives; `beats` is counted up by its own heartbeat.

Whether it lives is judged by whether the count moves, not by a time: clocks differ. `wants` is
what it asks of budgets that all share.
"""

changes = numbered(
    "changes",
    Column("topic", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What changed for a few seconds: others forget what they remember of it."""

_READ_AGAIN: Final = 100
"""Numbers are handed out before the commit, so one may appear behind later ones."""
_KEPT: Final = 1_000
_REVISION: Final = text("SELECT version_num FROM alembic_version")
_DATABASE_TIME: Final = text(
    "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
)


class Replica(NamedTuple):
    """A row of `replicas`, column by column."""

    id: int
    name: str
    revision: str
    beats: int
    wants: str
    started_at: object


class Beat(NamedTuple):
    """What a heartbeat saw.

    Attributes:
        known: False when others have taken this process for dead, and its work over.
        replicas: all that there are, this one among them.
        changed: the newest changes, by their numbers.
        revision: the schema of the database.
        time_us: the database's own time in microseconds since 1970; None where it has none.
    """

    known: bool
    replicas: tuple[Replica, ...]
    changed: dict[int, str]
    revision: str
    time_us: int | None


def join(tx: Tx, name: str) -> int:
    """The number of a process that starts: greater than that of any before; the others look up."""
    tx.wake(HEARTBEAT)
    row = insert(replicas).values(
        name=name, revision=tx.execute(_REVISION).scalar_one(), started_at=tx.now
    )
    return int(tx.execute(row.returning(replicas.c.id)).scalar_one())


def beat(tx: Tx, replica: int, wants: str, seen: int) -> Beat:
    """Count a process's heartbeat up, and look around; changes are read from `seen` on."""
    alive = update(replicas).where(replicas.c.id == replica)
    known = tx.execute(alive.values(beats=replicas.c.beats + 1, wants=wants)).rowcount == 1
    newest = select(changes.c.id, changes.c.topic).where(changes.c.id > seen - _READ_AGAIN)
    is_server = tx.dialect.name == "postgresql"
    return Beat(
        known,
        list_replicas(tx),
        {row.id: row.topic for row in tx.execute(newest)},
        str(tx.execute(_REVISION).scalar_one()),
        int(tx.execute(_DATABASE_TIME).scalar_one()) if is_server else None,
    )


def list_replicas(tx: Tx) -> tuple[Replica, ...]:
    """Every process that has not left and was not taken for dead, the oldest first."""
    return tx.list(Replica, select(replicas).order_by(replicas.c.id))


def remove(tx: Tx, replica: int, beats: int | None = None) -> bool:
    """Take a process out, unless its heart has beaten on from `beats`; whether it was there."""
    gone = delete(replicas).where(replicas.c.id == replica)
    if beats is not None:
        gone = gone.where(replicas.c.beats == beats)
    return tx.execute(gone).rowcount == 1


def note_change(tx: Tx, topic: str) -> None:
    """Have every process forget what it remembers of something, this one too.

    They are woken by it at once. Where there are others it is written down as well, because a wake
    can be lost.
    """
    tx.wake(topic)
    if tx.dialect.name != "postgresql":
        return
    row = insert(changes).values(topic=topic, at=tx.now).returning(changes.c.id)
    number = int(tx.execute(row).scalar_one())
    if number % _KEPT == 0:
        tx.execute(delete(changes).where(changes.c.id < number - _KEPT))
