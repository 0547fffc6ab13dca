"""One supplier's patience: the cap on requests per second, and the breaker that spares it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta

from aiolimiter import AsyncLimiter

from bot.suppliers.api_v2.limits import Limits
from bot.suppliers.api_v2.whys import ABOUT_ONE_THING, Why
from bot.suppliers.api_v2.wire import Lost
from bot.suppliers.counting import CountCall, counted, uncounted
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused, Throttled
from bot.suppliers.port import Health


class Breaker:
    """Opens after some failures in a row, lets one trial through after each growing pause.

    A failure is anything but an answer that can be understood; a refusal is an answer. Nonsense
    about one thing is neither: one order whose status cannot be read, asked for every few seconds,
    would take the supplier away from all the others.
    """

    def __init__(self, limits: Limits, now: Callable[[], datetime]) -> None:
        self._limits = limits
        self._now = now
        self._failures = 0
        self._failing_since: datetime | None = None
        self._open_until: datetime | None = None
        self._pause = timedelta()
        self._on_trial = False
        self.health = Health()

    def check(self) -> None:
        """Let a call pass that may leave now.

        Raises:
            NotSent: the supplier is being spared, or a trial is on its way already.
        """
        if self._open_until is None:
            return
        if self._on_trial or self._now() < self._open_until:
            raise NotSent(Why.SPARED)

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Learn from how one call ends; a cancelled one teaches nothing.

        Raises:
            NotSent: as `check`.
        """
        self.check()
        trial = self._on_trial = self._open_until is not None
        try:
            yield
        except (Lost, NotSent, Malformed, InDoubt) as failure:
            why = _why(failure)
            if why not in ABOUT_ONE_THING:
                self._fell(why, trial=trial)
            raise
        except (Refused, Throttled):
            self._answered()
            raise
        else:
            self._answered()
        finally:
            if trial:
                self._on_trial = False

    def _answered(self) -> None:
        self._failures = 0
        self._failing_since = self._open_until = None
        self._pause = timedelta()
        self.health = Health(answered_at=self._now())

    def _fell(self, why: str, *, trial: bool) -> None:
        """Count a failure; those under way when it opened do not make the pause longer."""
        self._failures += 1
        self._failing_since = self._failing_since or self._now()
        if trial:
            self._open(min(self._pause * 2, self._limits.longest_pause), why)
        elif self._open_until is None and self._failures >= self._limits.failures_to_open:
            self._open(self._limits.first_pause, why)

    def _open(self, pause: timedelta, why: str) -> None:
        self._pause = pause
        self._open_until = self._now() + pause
        self.health = Health(self._failing_since, why)


def _why(failure: Lost | NotSent | Malformed | InDoubt) -> str:
    return str(failure) if isinstance(failure, NotSent) else failure.why


class Pace:
    """The way to the wire: first the breaker, then a turn under the cap over all actions."""

    def __init__(
        self,
        limits: Limits,
        rate_cap: float,
        now: Callable[[], datetime],
        count: CountCall = uncounted,
    ) -> None:
        self.breaker = Breaker(limits, now)
        # One token at a time: a full bucket would let twice as many through at first.
        self._limiter = AsyncLimiter(1, 1 / rate_cap)
        self._turn_s = limits.turn_s
        self._count = count

    @asynccontextmanager
    async def turn(self, action: str) -> AsyncIterator[None]:
        """One request's turn; the breaker learns how it ends, and it is counted.

        Raises:
            NotSent: the circuit is open, or the turn did not come in time, which is our own doing
                and no failure of the supplier's.
        """
        with counted(self._count, action) as watch:
            self.breaker.check()
            await self._wait()
            watch.start()
            with self.breaker.watch():
                yield

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._turn_s):
                await self._limiter.acquire()
        except TimeoutError:
            raise NotSent(Why.CROWDED) from None
