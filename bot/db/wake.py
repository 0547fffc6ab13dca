"""Waking workers: a committed transaction says what it made due, and whoever waits for that runs.

A wake is a hint: each worker also looks by itself from time to time, because a wake can be lost
with the process or the connection that carried it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Waker:
    """The events that workers of this process wait for, by topic."""

    _events: defaultdict[str, asyncio.Event] = field(
        default_factory=lambda: defaultdict(asyncio.Event)
    )

    def event(self, topic: str) -> asyncio.Event:
        """The event of a topic, shared by all workers that wait for it."""
        return self._events[topic]

    def wake(self, topics: Iterable[str]) -> None:
        """Set the events of these topics; only from the event loop's own thread."""
        for topic in topics:
            self._events[topic].set()

    def wake_all(self) -> None:
        """Set every event, as at a stop or when wakes may have been lost."""
        self.wake(tuple(self._events))
