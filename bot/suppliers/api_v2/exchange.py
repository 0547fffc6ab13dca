"""How often a supplier is asked: a reading until an answer comes, an order once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import stamina

from bot.suppliers.api_v2.failures import lost_order, lost_reading
from bot.suppliers.api_v2.limits import Bound
from bot.suppliers.api_v2.pacing import Pace
from bot.suppliers.api_v2.whys import Why
from bot.suppliers.api_v2.wire import Lost, Reply, Wire
from bot.suppliers.errors import InDoubt, Malformed, SupplierError
from bot.suppliers.port import Accepted

T = TypeVar("T")
A = TypeVar("A", bound=Accepted)


@dataclass(frozen=True, slots=True)
class Question:
    """One action with its fields; bounded, and asked again or not when no answer comes."""

    form: Mapping[str, str]
    bound: Bound
    attempts: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """Questions to one supplier and its answers, within the rate cap and the circuit breaker.

    Readings are asked a second time when no answer came, because a kept connection may have been
    closed under us and somebody waits at Confirm.
    """

    wire: Wire
    pace: Pace

    async def read(self, question: Question, understand: Callable[[Reply], T]) -> T:
        """Ask until an answer comes, a few times at most, and understand it.

        Raises:
            NotSent, Refused, Throttled, Malformed: as the port says.
        """
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
        raise AssertionError

    async def _read_once(self, question: Question, understand: Callable[[Reply], T]) -> T:
        async with self.pace.turn(question.form["action"]):
            reply = await self.wire.ask(question.form, question.bound)
            try:
                return understand(reply)
            except RecursionError:
                raise Malformed(Why.TOO_NESTED) from None

    async def order(self, form: Mapping[str, str], understand: Callable[[Reply], A]) -> A:
        """One order out of the house; from here on every flaw of the answer is a doubt.

        Raises:
            NotSent, Refused, Throttled, InDoubt: as the port says.
        """
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
