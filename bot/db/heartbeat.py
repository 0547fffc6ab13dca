"""The heartbeat of a process: it says that it lives, and sees which of the others do not.

Nobody compares clocks. Whoever sees that another's count has stood still for some seconds of its
own steady time takes it for dead; whoever could not count for half of that stops sending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.base.clock import Clock, SharedClock
from bot.base.errors import DatabaseUnavailable
from bot.db import replicas
from bot.db.budgets import Budgets
from bot.db.database import Database
from bot.db.replicas import Beat, Replica
from bot.db.tx import Tx

log = structlog.stdlib.get_logger(__name__)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_REMEMBERED: Final = 1_000
_LOOKS: Final = 30
"""How often a process that joins looks whether the others have seen it."""


@dataclass(frozen=True, slots=True)
class HeartbeatLimits:
    """Seconds: between two beats, for how long one counts, and when others give a process up.

    The difference of the last two is what a request takes from the last look at the clock to its
    first byte, and far more.
    """

    every_s: float = 1.0
    alive_for_s: float = 3.0
    dead_after_s: float = 6.0


Release = Callable[[Tx, int], None]
"""Makes due what a dead process had claimed, and parks what it was sending."""


@dataclass(slots=True)
class Heartbeat:
    """This process among those that share its database.

    `steady` are seconds that nobody can set; `budgets` are what all share. A change that was noted
    wakes its topic here too where the notification was lost.
    """

    db: Database
    clock: Clock
    steady: Callable[[], float]
    name: str
    release: Release
    budgets: Budgets = field(default_factory=Budgets)
    limits: HeartbeatLimits = field(default_factory=HeartbeatLimits)
    id: int = 0
    _beat_s: float = field(default=float("-inf"), init=False)
    _beat_at: datetime = field(default=_EPOCH, init=False)
    _moved: dict[int, tuple[int, float]] = field(default_factory=dict, init=False)
    _heard: dict[int, None] = field(default_factory=dict, init=False)
    _revision: str = field(default="", init=False)

    async def join(self) -> None:
        """Take a number of its own; what was there before is no news."""
        self._note_beat()
        self.db.replicas = 0  # whoever was alone, and then taken for dead, must tell the others
        self.id = await self.db.write(replicas.join, self.name)
        self.db.settings = replace(self.db.settings, replica=self.id)
        seen = await self._look()
        self._revision = seen.revision
        self._heard.update(dict.fromkeys(seen.changed))
        self._share(seen.replicas)

    async def until_seen(self) -> None:
        """Wait until every other process that lives has looked around since this one joined.

        One that takes itself for alone notes no updates. A dead one never looks: it is waited for
        for a beat and a half.
        """
        others = {one.id: one.beats for one in await self._list_others()}
        for _ in range(_LOOKS):
            if not others:
                return
            await asyncio.sleep(1.5 * self.limits.every_s / _LOOKS)
            now = {one.id: one.beats for one in await self._list_others()}
            others = {
                number: beats for number, beats in others.items() if now.get(number) == beats
            }

    async def _list_others(self) -> list[Replica]:
        found = await self.db.read(replicas.list_replicas)
        return [one for one in found if one.id != self.id]

    async def leave(self) -> None:
        """Give back whatever is claimed still; with the database away others will see to it."""
        if not self.id or self.db.is_alone:  # the next one starts as if this had been killed
            return
        try:
            await self.db.write(_bury, self.release, self.id, None)
        except DatabaseUnavailable as failure:
            log.warning("left_without_a_word", why=failure.why)

    def is_alive(self) -> bool:
        """Whether no other process can have taken this one for dead."""
        if self.db.is_alone:
            return True
        slept = (self.clock.now() - self._beat_at).total_seconds()
        return max(self.steady() - self._beat_s, slept) < self.limits.alive_for_s

    def hold(self) -> Callable[[], bool]:
        """What says later whether no other process can have taken this one for dead since now.

        One that was buried and came back has a number of its own again, and lost what it held.
        """
        mine = self.id
        return lambda: self.id == mine and self.is_alive()

    async def step(self) -> int:
        """Beat, look around, bury the dead, and tell what changed; one alone need not."""
        if self.db.is_alone:
            return 0
        began_s, began_at = self.steady(), self.clock.now()
        seen = await self._look()
        if not seen.known:
            log.warning("taken_for_dead", replica=self.id)
            await self.join()
            return 0
        if began_s - self._beat_s > self.limits.alive_for_s:
            self._moved.clear()  # whoever could not look cannot say that others stood still
        self._beat_s, self._beat_at = began_s, began_at  # of before the question, not the answer
        self._check_revision(seen.revision)
        self._set_clock(seen.time_us, began_s)
        living = list(seen.replicas)
        for one in self._list_dead(seen.replicas):
            if await self.db.write(_bury, self.release, one.id, one.beats):
                log.warning("replica_is_gone", replica=one.id, name=one.name)
                living.remove(one)
        self._share(living)
        for number in [number for number in seen.changed if number not in self._heard]:
            self._heard[number] = None
            self.db.waker.wake([seen.changed[number]])
        for number in list(self._heard)[:-_REMEMBERED]:
            del self._heard[number]
        return 0

    async def recover_alone(self) -> None:
        """Bury every other process: this one is the only one that the database can have."""
        for one in await self.db.read(replicas.list_replicas):
            if one.id != self.id:
                await self.db.write(_bury, self.release, one.id, None)

    async def _look(self) -> Beat:
        seen = max(self._heard, default=0)
        return await self.db.write(replicas.beat, self.id, self.budgets.wants(), seen)

    def _share(self, living: Iterable[Replica]) -> None:
        wants = {one.id: one.wants for one in living}
        self.db.replicas = 1 if self.db.is_alone else max(1, len(wants))
        self.budgets.share(self.id, wants)

    def _note_beat(self) -> None:
        self._beat_s, self._beat_at = self.steady(), self.clock.now()

    def _list_dead(self, others: tuple[Replica, ...]) -> list[Replica]:
        """Those whose count has not moved for long; one that is seen first has just moved."""
        now_s = self.steady()
        moved = {
            one.id: (one.beats, now_s)
            if self._moved.get(one.id, (-1, 0.0))[0] != one.beats
            else self._moved[one.id]
            for one in others
        }
        self._moved = moved
        since_s = now_s - self.limits.dead_after_s
        late = {number for number, (_, at_s) in moved.items() if at_s < since_s}
        return [one for one in others if one.id in late and one.id != self.id]

    def _check_revision(self, revision: str) -> None:
        """A newer version has changed the database: what this one would write is wrong there."""
        if revision == self._revision:
            return
        self.db.refuse_writes(
            f"a newer Kiosk has taken the database to {revision}, and this one knows "
            f"{self._revision}: start it anew from the newer version"
        )

    def _set_clock(self, time_us: int | None, began_s: float) -> None:
        """Take the server's time for everybody's, where replicas have clocks of their own."""
        if time_us is None or not isinstance(self.clock, SharedClock):
            return
        took = timedelta(seconds=self.steady() - began_s)
        self.clock.set_by(_EPOCH + timedelta(microseconds=time_us), took)


def _bury(tx: Tx, release: Release, replica: int, beats: int | None) -> bool:
    """Take a process out and give back what it had; False when it lives after all."""
    if not replicas.remove(tx, replica, beats):
        return False
    release(tx, replica)
    return True
