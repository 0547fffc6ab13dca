"""The pace of requests to one supplier: spared while it fails, turns by priority under the cap."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.suppliers.api_v2.failures import lost_reading
from bot.suppliers.api_v2.limits import RequestLimits
from bot.suppliers.api_v2.reasons import ABOUT_ONE_THING, FailureReason
from bot.suppliers.api_v2.wire import Lost
from bot.suppliers.errors import (
    CountRequest,
    InDoubt,
    Malformed,
    NotSent,
    Refused,
    RequestOutcome,
    SupplierError,
    Throttled,
    Unreadable,
    uncounted,
)
from bot.suppliers.port import SupplierHealth


class Priority(Enum):
    """What a request is for: new orders and what Confirm asks, codes, orders that stand."""

    ORDERS = "orders"
    CODES = "codes"
    POLLS = "polls"


_PRIORITIES: Final = {
    "status": Priority.POLLS,
    "sms_status": Priority.CODES,
    "sms_code": Priority.CODES,
}
"""The priority of an action; every other is of `ORDERS`: somebody waits at Confirm for it."""
_ANSWERS_STILL: Final = timedelta(seconds=5)
"""Who has had an answer so recently does not believe another process that there is none."""
_POLLS_AT_LEAST: Final = 5
"""Of so many turns one is for a poll that waits, whatever else does."""


class Breaker:
    """Opens after some failures in a row, lets one trial through after each growing pause.

    A failure is anything but an answer that can be understood; a refusal is an answer. Nonsense
    about one thing is neither: one order whose status cannot be read, asked for every few seconds,
    would take the supplier away from all the others.
    """

    def __init__(self, limits: RequestLimits, now: Callable[[], datetime]) -> None:
        self._limits = limits
        self._now = now
        self._failures = 0
        self._failing_since: datetime | None = None
        self._open_until: datetime | None = None
        self._pause = timedelta()
        self._on_trial = False
        self._is_told = False
        self.health = SupplierHealth()

    def check(self) -> None:
        """Let a call pass that may leave now. Raises NotSent while the supplier is spared."""
        if self._open_until is None:
            return
        left = self._open_until - self._now()  # more than any pause when the clock was wrong
        if self._on_trial or timedelta() < left <= self._limits.longest_pause:
            raise NotSent(FailureReason.SPARED)

    def left_s(self) -> float:
        """For how many seconds the supplier is spared still, after failures seen here."""
        if self._open_until is None or self._is_told:
            return 0.0
        return max(0.0, (self._open_until - self._now()).total_seconds())

    def spare(self, seconds: float) -> None:
        """Spare it for so long too, as another process does; not where it answers this one."""
        answered_at, now = self.health.answered_at, self._now()
        answers = answered_at is not None and now - answered_at < _ANSWERS_STILL
        if self._open_until is None and not answers:
            pause = min(timedelta(seconds=seconds), self._limits.longest_pause)
            self._failing_since = self._failing_since or now
            self._open(max(pause, self._limits.first_pause), FailureReason.SPARED)
            self._is_told = True

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Check, then learn from how one call ends; a cancelled one teaches nothing."""
        self.check()
        trial = self._on_trial = self._open_until is not None
        try:
            yield
        except (Lost, NotSent, Malformed, InDoubt) as failure:
            why = str(failure) if isinstance(failure, NotSent) else failure.why
            if why not in ABOUT_ONE_THING and not isinstance(failure, Unreadable):
                self._failed(why, trial=trial)
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
        self._is_told = False
        self._failing_since = self._open_until = None
        self._pause = timedelta()
        self.health = SupplierHealth(answered_at=self._now())

    def _failed(self, why: str, *, trial: bool) -> None:
        """Count a failure; those under way when it opened do not make the pause longer."""
        self._failures += 1
        self._is_told = False
        self._failing_since = self._failing_since or self._now()
        if trial:
            self._open(min(self._pause * 2, self._limits.longest_pause), why)
        elif self._open_until is None and self._failures >= self._limits.failures_to_open:
            self._open(self._limits.first_pause, why)

    def _open(self, pause: timedelta, why: str) -> None:
        self._pause = pause
        self._open_until = self._now() + pause
        self.health = SupplierHealth(self._failing_since, why)


class RateLimit:
    """Turns an even distance apart, `per_s` a second, none left unused while anything waits.

    Orders and codes go first, by turns where both wait; polls take what is left, a fifth at least.
    """

    def __init__(self, per_s: float) -> None:
        self._per_s = per_s
        self._apart_s = 1 / per_s
        self._given = 0
        self._waiting: dict[Priority, deque[asyncio.Future[None]]] = {
            priority: deque() for priority in Priority
        }
        self._next_s = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._since_poll = 0
        self._first = Priority.ORDERS

    def wanted(self) -> float:
        """How many turns were given since this was last asked, and how many are waited for."""
        given, self._given = self._given, 0
        return given + sum(map(len, self._waiting.values()))

    def set_share(self, share: float) -> None:
        """Give so much of the cap from the next turn on; others take the rest."""
        self._apart_s = 1 / (self._per_s * share)

    async def take(self, priority: Priority) -> None:
        """Wait for a turn; one who is cancelled while waiting takes none."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting[priority].append(turn)
        if self._timer is None:
            self._give()
        await turn

    def _give(self) -> None:
        """Give the turns that have come, and plan the next one if anybody waits."""
        loop, self._timer = asyncio.get_running_loop(), None
        while (priority := self._choose()) is not None:
            now_s = loop.time()
            if now_s < self._next_s:
                self._timer = loop.call_at(self._next_s, self._give)
                return
            # A timer that is a little late is made up for; what an idle time left unused is not.
            self._next_s = max(self._next_s, now_s - self._apart_s / 4) + self._apart_s
            self._since_poll = 0 if priority is Priority.POLLS else self._since_poll + 1
            self._first = Priority.CODES if priority is Priority.ORDERS else Priority.ORDERS
            self._given += 1
            self._waiting[priority].popleft().set_result(None)

    def _choose(self) -> Priority | None:
        waiting = {priority for priority in Priority if self._waits(priority)}
        if not waiting:
            return None
        others = waiting - {Priority.POLLS}
        if Priority.POLLS in waiting and (not others or self._since_poll + 1 >= _POLLS_AT_LEAST):
            return Priority.POLLS
        return self._first if self._first in others else others.pop()

    def _waits(self, priority: Priority) -> bool:
        turns = self._waiting[priority]
        while turns and turns[0].done():  # cancelled meanwhile
            turns.popleft()
        return bool(turns)


class RequestPace:
    """The way to the wire: first the breaker, then a turn under the cap over all actions."""

    def __init__(
        self,
        limits: RequestLimits,
        rate_cap: float,
        now: Callable[[], datetime],
        count: CountRequest = uncounted,
    ) -> None:
        self.breaker = Breaker(limits, now)
        self.cap = RateLimit(rate_cap)
        self._turn_s = limits.turn_s
        self._count = count

    @asynccontextmanager
    async def turn(self, action: str) -> AsyncIterator[None]:
        """One request's turn: the breaker learns how it ends, and it is counted with its seconds.

        None have passed before the turn came. A request that is cancelled is not counted. Raises
        NotSent when the circuit is open, or the turn did not come in time: no failure of the
        supplier's.
        """
        began: float | None = None
        try:
            self.breaker.check()
            await self._wait(_PRIORITIES.get(action, Priority.ORDERS))
            began = time.perf_counter()
            with self.breaker.watch():
                yield
        except (Lost, SupplierError) as failure:
            known = lost_reading(failure) if isinstance(failure, Lost) else failure
            self._count(action, known.outcome, _seconds_since(began))
            raise
        else:
            self._count(action, RequestOutcome.OK, _seconds_since(began))

    async def _wait(self, priority: Priority) -> None:
        try:
            async with asyncio.timeout(self._turn_s):
                await self.cap.take(priority)
        except TimeoutError:
            raise NotSent(FailureReason.CROWDED) from None


def _seconds_since(began: float | None) -> float:
    return 0.0 if began is None else time.perf_counter() - began
