"""What is hung on an action to make it go wrong: the next times, or always."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Self

from sandbox.suppliers.answers import Answer

ANY = "*"


class Ending(Enum):
    """How the conversation ends."""

    ANSWERED = "answered"
    CLOSED = "closed without a word"
    CUT = "cut in the middle of the body"


def _unchanged(honest: Answer) -> Answer:
    return honest


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One way to go wrong.

    `acts` says whether the request still has its effect: an order is placed and paid.
    `spoil` turns the honest answer into the one that leaves.
    """

    name: str
    acts: bool
    spoil: Callable[[Answer], Answer] = _unchanged
    ending: Ending = Ending.ANSWERED
    hangs: timedelta = timedelta()

    def after_acting(self) -> Self:
        """The same fault, with the effect of the request."""
        return replace(self, acts=True)

    def without_acting(self) -> Self:
        """The same fault, with nothing done."""
        return replace(self, acts=False)


class Faults:
    """The faults of one supplier; those for the next times go before those for always."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._released = asyncio.Event()
        self._somebody = asyncio.Event()
        self.hanging = 0

    def next(self, action: str, fault: Fault, times: int = 1) -> None:
        """Let the action (or `ANY`) go wrong the next `times`; calls queue up."""
        self._next[action].extend([fault] * times)

    def always(self, action: str, fault: Fault) -> None:
        """Let the action (or `ANY`) go wrong until cleared."""
        self._always[action] = fault

    def clear(self) -> None:
        """Forget every fault and let the hanging requests go on."""
        self._next.clear()
        self._always.clear()
        self.release()

    def forget(self, name: str) -> None:
        """Forget the faults of this name that wait for their turn."""
        for action, waiting in self._next.items():
            self._next[action] = deque(fault for fault in waiting if fault.name != name)

    def take(self, action: str) -> Fault | None:
        """Take the fault that is due for this request."""
        for name in (action, ANY):
            if self._next[name]:
                return self._next[name].popleft()
        return self._always.get(action) or self._always.get(ANY)

    def left(self, action: str) -> int:
        """How many of those for the next times have not come yet."""
        return len(self._next[action])

    def release(self) -> None:
        """Let every request that hangs now go on to its answer."""
        self._released.set()
        self._released = asyncio.Event()

    async def hang(self, longest: timedelta) -> None:
        """Wait until released, but no longer than `longest` of real time."""
        self.hanging += 1
        self._somebody.set()
        try:
            async with asyncio.timeout(longest.total_seconds()):
                await self._released.wait()
        except TimeoutError:
            return
        finally:
            self.hanging -= 1
            if not self.hanging:
                self._somebody.clear()

    async def somebody_hangs(self) -> None:
        """Wait until a request has acted and hangs."""
        await self._somebody.wait()
