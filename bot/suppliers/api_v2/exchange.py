"""How a supplier is asked: within the cap and the breaker, readings again, an order only once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

import stamina
from aiolimiter import AsyncLimiter

from bot.suppliers.api_v2.failures import lost_order, lost_reading
from bot.suppliers.api_v2.limits import Bound, RequestLimits
from bot.suppliers.api_v2.reasons import ABOUT_ONE_THING, FailureReason
from bot.suppliers.api_v2.wire import Lost, Reply, Wire
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
from bot.suppliers.port import Accepted, SupplierHealth

T = TypeVar("T")
_GOOD: Final = range(200, 300)
_LONGEST_BEGINNING: Final = 1_000
A = TypeVar("A", bound=Accepted)


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
        self.health = SupplierHealth()

    def check(self) -> None:
        """Let a call pass that may leave now. Raises NotSent while the supplier is spared."""
        if self._open_until is None:
            return
        left = self._open_until - self._now()  # more than any pause when the clock was wrong
        if self._on_trial or timedelta() < left <= self._limits.longest_pause:
            raise NotSent(FailureReason.SPARED)

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
        self._failing_since = self._open_until = None
        self._pause = timedelta()
        self.health = SupplierHealth(answered_at=self._now())

    def _failed(self, why: str, *, trial: bool) -> None:
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
        self.health = SupplierHealth(self._failing_since, why)


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
        # One token at a time: a full bucket would let twice as many through at first.
        self._limiter = AsyncLimiter(1, 1 / rate_cap)
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
            await self._wait()
            began = time.perf_counter()
            with self.breaker.watch():
                yield
        except (Lost, SupplierError) as failure:
            known = lost_reading(failure) if isinstance(failure, Lost) else failure
            self._count(action, known.outcome, _seconds_since(began))
            raise
        else:
            self._count(action, RequestOutcome.OK, _seconds_since(began))

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._turn_s):
                await self._limiter.acquire()
        except TimeoutError:
            raise NotSent(FailureReason.CROWDED) from None


def _seconds_since(began: float | None) -> float:
    return 0.0 if began is None else time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Question:
    """One action with its fields; bounded, and asked up to `attempts` times for an answer.

    When it is `about_one_thing`, one order or the balance, an answer that cannot be read is
    Unreadable.
    """

    form: Mapping[str, str]
    bound: Bound
    attempts: int
    about_one_thing: bool = False


def _is_answer(reply: Reply) -> bool:
    """Whether the supplier answered at all: a page of HTML and an empty body come from others."""
    begin = reply.body[:_LONGEST_BEGINNING].lstrip()
    return reply.status in _GOOD and bool(begin) and not begin.startswith(b"<")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Questions to one supplier and its answers, within the rate cap and the circuit breaker.

    Readings are asked a second time when no answer came, because a kept connection may have been
    closed under us and somebody waits at Confirm.
    """

    wire: Wire
    pace: RequestPace

    async def read(self, question: Question, understand: Callable[[Reply], T]) -> T:
        """Ask until an answer comes, a few times at most. Raises as the port says."""
        try:
            async for attempt in stamina.retry_context(
                on=Lost,
                attempts=question.attempts,
                timeout=question.bound.total_s,
                wait_initial=0.1,
                wait_jitter=0.1,
            ):
                with attempt:
                    return await self._read_once(question, understand)
        except Lost as lost:
            raise lost_reading(lost) from lost
        msg = "the last attempt returns or raises"
        raise AssertionError(msg)

    async def _read_once(self, question: Question, understand: Callable[[Reply], T]) -> T:
        async with self.pace.turn(question.form["action"]):
            try:
                reply = await self.wire.ask(question.form, question.bound)
            except Lost as lost:
                if question.about_one_thing and lost.why == FailureReason.TOO_LONG:
                    raise Unreadable(lost.why) from None
                raise
            try:
                return understand(reply)
            except RecursionError:
                raise Malformed(FailureReason.TOO_NESTED) from None
            except Malformed as flaw:
                if question.about_one_thing and _is_answer(reply):
                    raise Unreadable(flaw.why) from None
                raise

    async def order(self, form: Mapping[str, str], understand: Callable[[Reply], A]) -> A:
        """Send one order, once: from here on every flaw of the answer is a doubt."""
        async with self.pace.turn(form["action"]):
            try:
                reply = await self.wire.ask_afresh(form, self.wire.limits.add)
            except Lost as lost:
                raise lost_order(lost) from lost
            try:
                return understand(reply)
            except SupplierError:
                raise
            except Exception as broken:  # noqa: BLE001 - the order left; a flaw of ours must park it too
                why = f"HTTP {reply.status}: unreadable ({type(broken).__name__})"
            raise InDoubt(why)
