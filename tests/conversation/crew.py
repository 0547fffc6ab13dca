"""The real workers of a shop under test, held still until a test lets them work.

They run in their real loops and are woken by nothing but committed transactions and the driver's
turning of the clock: work that nobody is woken for is left undone, and the test sees it.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.app.kiosk import LOCALES, Kiosk, Overrides, open_kiosk
from bot.app.workers import Worker, workers_of
from bot.base.topics import LATE_SCREENS
from bot.db.heartbeat import HeartbeatLimits
from bot.i18n.texts import Texts
from bot.ops.loop import run_worker
from bot.ops.timetable import Timetable
from bot.outbox.sender import SendingLimits as SendLimits
from bot.settings import Settings
from bot.suppliers import Bound, RequestLimits
from tests.clock import TurnableClock
from tests.conversation.due import due_work

QUICK = RequestLimits(
    reading=Bound(60.0, 2**20),
    status=Bound(60.0, 2**20),
    number=Bound(60.0, 2**20),
    catalogue=Bound(60.0, 2**26),
    add=Bound(5.0, 2**20),
    attempts=1,
    failures_to_open=1000,
)
"""Bounds short enough for lost answers to be quick, and a breaker that stays out of the way."""
TEXTS = Texts.load(LOCALES)
"""All languages, read once for all shops."""
UNPACED = SendLimits(overall_per_s=100_000, chat_every=timedelta(0), group_every=timedelta(0))
_UNTIL_WOKEN_S: Final = 3_600.0
_QUIET_WITHIN_S: Final = 60.0


def _one_of_each(kiosk: Kiosk) -> list[Worker]:
    """One worker of each name that is woken by a topic; the others only share its work."""
    woken = {one.name: one for one in reversed([*workers_of(kiosk)]) if one.topic}
    return list(woken.values())


async def keep_timetable(timetable: Timetable) -> None:
    """Do whatever is due by the clock, one after the other."""
    for entry in timetable.entries:
        await timetable.run_if_due(entry)


@dataclass(slots=True)
class Crew:
    """One worker of each kind. `working` is open while they may work."""

    kiosk: Kiosk
    working: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: set[str] = field(default_factory=set)
    _rested: asyncio.Event = field(default_factory=asyncio.Event)
    _topics: set[str] = field(default_factory=set)
    _loops: list[asyncio.Task[None]] = field(default_factory=list)
    _falls: list[Exception] = field(default_factory=list)
    _has_looked: bool = False

    @asynccontextmanager
    async def employed(self) -> AsyncIterator[Crew]:
        """Their loops run while the block lasts, and end in good order."""
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for one in _one_of_each(self.kiosk):
                self._topics.add(one.topic)
                self._loops.append(tasks.create_task(self._loop(one, stopping)))
            try:
                yield self
            finally:
                stopping.set()
                self.working.set()
                self.kiosk.db.waker.wake_all()

    async def _loop(self, one: Worker, stopping: asyncio.Event) -> None:
        async def rests() -> float:
            self._rest(one.name)
            return _UNTIL_WOKEN_S

        wake = self.kiosk.db.waker.event(one.topic)
        await wake.wait()  # what a loop does first, `works` does for all of them at once
        await run_worker(one.name, self._held(one, stopping), stopping, wake, rests)

    def _held(self, one: Worker, stopping: asyncio.Event) -> Callable[[], Awaitable[int]]:
        async def step() -> int:
            self._busy.add(one.name)
            await self.working.wait()
            if stopping.is_set():
                return 0
            try:
                return await one.step()
            except Exception as fall:  # noqa: BLE001 - the test hears of it from `works`
                self._falls.append(fall)
                return 0
            except asyncio.CancelledError:
                self._rest(one.name)
                raise

        return step

    def _rest(self, name: str) -> None:
        self._busy.discard(name)
        self._rested.set()

    def die(self) -> None:
        """End each loop wherever it is, as a kill does."""
        for loop in self._loops:
            loop.cancel()

    async def works(self) -> None:
        """Let them work until nobody is busy and nobody has been woken.

        Raises:
            Exception: the step of a worker fell so; the others have done their work.
        """
        await self._look_once()
        self.working.set()
        try:
            async with asyncio.timeout(_QUIET_WITHIN_S):
                while self._busy or self._woken():
                    self._rested.clear()
                    await self._rested.wait()
        finally:
            self.working.clear()
        falls, self._falls = self._falls, []
        if falls:
            raise falls[0]

    async def looks(self) -> None:
        """Wake whoever has something due, as each looks by itself from time to time."""
        self._has_looked = True
        if self.kiosk.screens.is_due():
            self.kiosk.db.waker.event(LATE_SCREENS).set()
        for topic in await self.kiosk.db.read(due_work):
            self.kiosk.db.waker.event(topic).set()

    async def _look_once(self) -> None:
        if not self._has_looked:
            await self.looks()

    def _woken(self) -> bool:
        return any(self.kiosk.db.waker.event(topic).is_set() for topic in self._topics)


_PATIENT = HeartbeatLimits(alive_for_s=math.inf, dead_after_s=math.inf)
"""Hearts beat when a test lets them: none is taken for dead meanwhile."""


@asynccontextmanager
async def opened(
    settings: Settings, clock: TurnableClock, wire: RequestLimits = QUICK
) -> AsyncIterator[Crew]:
    """One process of a shop, its workers standing by."""

    def steady() -> float:
        """Time that passes because a test turns the clock, passes for everybody."""
        return clock.now().timestamp()

    overrides = Overrides(clock, wire, UNPACED, TEXTS, steady=steady, heartbeat=_PATIENT)
    async with open_kiosk(settings, overrides) as kiosk:
        await kiosk.heartbeat.join()
        async with Crew(kiosk).employed() as crew:
            yield crew
