"""How a supplier is asked: within the cap and the breaker, readings again, an order only once."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

import stamina

from bot.suppliers.api_v2.failures import lost_order, lost_reading
from bot.suppliers.api_v2.limits import Bound
from bot.suppliers.api_v2.pace import RequestPace
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.api_v2.wire import Lost, Reply, Wire
from bot.suppliers.errors import InDoubt, Malformed, SupplierError, Unreadable
from bot.suppliers.port import Accepted, MayLeave

log = logging.getLogger(__name__)

T = TypeVar("T")
_GOOD: Final = range(200, 300)
_LONGEST_BEGINNING: Final = 1_000
_QUICK_BYTES: Final = 32_768
"""An answer this short is read in a millisecond or two."""
A = TypeVar("A", bound=Accepted)


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


def _bare(failure: SupplierError) -> SupplierError:
    """The failure alone: where it came from holds on to the whole answer."""
    failure.__context__ = None
    return failure.with_traceback(None)


@contextmanager
def postpone_garbage() -> Iterator[None]:
    """Collect no garbage while an answer is read: there are no circles in it.

    Going through half a million small lists again and again would take ten times as long as to
    read them, and everybody waits.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _LongReadings:
    """Long answers are read one after another, and each leaves others as much time as it took.

    Ten of them may arrive at once, and whoever taps meanwhile would wait for all ten.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, reply: Reply) -> AsyncIterator[None]:
        """While this answer is read."""
        if len(reply.body) <= _QUICK_BYTES:
            yield
            return
        await self._lock.acquire()
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        try:
            yield
        finally:  # what was read goes on at once, only the next long one waits
            loop.call_later(loop.time() - began_s, self._lock.release)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Questions to one supplier and its answers, within the rate cap and the circuit breaker.

    Readings are asked a second time when no answer came, because a kept connection may have been
    closed under us and somebody waits at Confirm.
    """

    wire: Wire
    pace: RequestPace
    _long: _LongReadings = field(default_factory=_LongReadings)

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
                async with self._long.turn(reply):
                    with postpone_garbage():
                        return understand(reply)
            except RecursionError:
                failure: SupplierError = Malformed(FailureReason.TOO_NESTED)
            except SupplierError as flaw:
                failure = _bare(flaw)
            if isinstance(failure, Malformed) and question.about_one_thing and _is_answer(reply):
                raise Unreadable(failure.why)
            raise failure

    async def order(
        self, form: Mapping[str, str], understand: Callable[[Reply], A], may_leave: MayLeave
    ) -> A:
        """Send one order, once: from here on every flaw of the answer is a doubt."""
        async with self.pace.turn(form["action"]):
            try:
                reply = await self.wire.ask_afresh(form, self.wire.limits.add, may_leave)
            except Lost as lost:
                raise lost_order(lost) from lost
            try:
                async with self._long.turn(reply):
                    with postpone_garbage():
                        return understand(reply)
            except SupplierError as said:
                failure = _bare(said)
            except Exception as broken:  # noqa: BLE001 - the order left; a flaw of ours must park it too
                log.warning("an answer to an order broke its reader: %s", type(broken).__name__)
                failure = InDoubt(f"HTTP {reply.status}: {FailureReason.BROKE_READING}")
            raise failure
