"""Updates that replicas have taken: Telegram, or a balancer, may bring one to two of them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Column, delete, exists, select, update

from bot.base.errors import DatabaseUnavailable
from bot.db.database import Database
from bot.db.replicas import replicas
from bot.db.schema import table
from bot.db.tx import Tx, each_dialect
from bot.db.types import Flag, Id, Moment

updates = table(
    "updates",
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("taken_by", Id, nullable=False),
    Column("done", Flag, nullable=False, server_default="0"),
    Column("at", Moment, nullable=False),
)
"""Who handles or has handled an update of the last minutes."""

_PAUSES_S: Final = (0.3, 0.6, 0.9)
"""Longer than a usual update takes and its note is away."""
_KEPT: Final = timedelta(minutes=10)
"""Longer than a balancer or Telegram takes to bring an update a second time after a failure."""


class Taken(StrEnum):
    """Whose an update is that has come."""

    OURS = "ours"
    DONE = "done"
    ELSEWHERE = "elsewhere"
    """A living replica is at it, or was: it is brought again later."""


_NEW: Final = each_dialect(updates, lambda new: new.on_conflict_do_nothing(index_elements=["id"]))


def take_first(tx: Tx, number: int) -> bool:
    """Take an update that nobody has taken; whether it was one."""
    mine = {"id": number, "taken_by": tx.settings.replica, "at": tx.now}
    return tx.execute(_NEW[tx.dialect.name], mine).rowcount == 1


def take(tx: Tx, number: int) -> Taken:
    """Take an update.

    One whose replica is gone may not have been handled: it is taken over. What it did already is
    done once, whoever asks again.
    """
    if take_first(tx, number):
        return Taken.OURS
    mine = {"taken_by": tx.settings.replica, "at": tx.now}
    known = tx.execute(select(updates.c.done).where(updates.c.id == number)).scalar_one_or_none()
    if known:
        return Taken.DONE
    is_alive = exists(select(replicas.c.id).where(replicas.c.id == updates.c.taken_by))
    again = update(updates).where(updates.c.id == number, ~is_alive)
    return Taken.OURS if tx.execute(again.values(mine)).rowcount == 1 else Taken.ELSEWHERE


def note_done(tx: Tx, numbers: Collection[int]) -> None:
    """Note that these are handled."""
    ours = update(updates).where(updates.c.id.in_(numbers))
    tx.execute(ours.values(done=True))


def forget(tx: Tx) -> int:
    """Forget updates that nobody brings again; how many."""
    return tx.execute(delete(updates).where(updates.c.at < tx.now - _KEPT)).rowcount


@dataclass(slots=True)
class TakenUpdates:
    """The updates of this process, as the others are told of them; nothing while there are none.

    What is done is noted for several at once, twice a second.
    """

    db: Database
    _done: list[int] = field(default_factory=list)

    async def take(self, number: int) -> Taken:
        """Whose it is; what another process is at is waited for a little."""
        if self.db.replicas <= 1 or await self.db.write_once(take_first, number):
            return Taken.OURS
        for pause_s in _PAUSES_S:
            taken = await self.db.write(take, number)
            if taken is not Taken.ELSEWHERE:
                return taken
            await asyncio.sleep(pause_s)
        return Taken.ELSEWHERE

    def finish(self, number: int) -> None:
        """It is handled."""
        if self.db.replicas > 1:
            self._done.append(number)

    async def step(self) -> int:
        """Note what is done."""
        done, self._done = self._done, []
        if done:
            try:
                await self.db.write(note_done, done)
            except DatabaseUnavailable:
                self._done.extend(done)
                raise
        return 0
