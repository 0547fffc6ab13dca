"""What happens by the clock: shelves refreshed, suppliers watched, the books proved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.base.clock import Clock
from bot.base.errors import ShopError

_LONGEST_START: Final = timedelta(minutes=5)
"""No entry waits longer for its first time, unless it is as rare."""

_LOOK_AGAIN: Final = timedelta(seconds=5)
"""How soon a shared entry is looked at again that another process was faster to take."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True)
class Entry:
    """One thing to do every so often; a failure of the shop's own kind waits for the next time.

    `within` is how long it may take at most; an entry that takes longer hangs. One that
    `is_shared` is done by one process of all.
    """

    name: str
    every: timedelta
    act: Callable[[], Awaitable[object]]
    within: timedelta = timedelta(minutes=5)
    is_shared: bool = False
    due_at: datetime | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class SharedJobs:
    """What all processes know of the shared entries, by their names."""

    find_due: Callable[[str], Awaitable[datetime | None]]
    claim: Callable[[str, timedelta], Awaitable[bool]]
    done: Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Runs entries whose time has come, one after the other."""

    entries: tuple[Entry, ...]
    clock: Clock
    jobs: SharedJobs

    async def run_if_due(self, entry: Entry) -> int:
        """1 when its time had come; each entry may have a loop of its own."""
        now = self.clock.now()
        if entry.due_at is not None and not _is_due(entry, entry.due_at, now):
            return 0
        if entry.is_shared and not await self._claim(entry, now):
            return 0
        entry.due_at = now + entry.every
        try:
            await entry.act()
        except ShopError as failure:
            if not entry.failed:
                log.warning("entry_failed", entry=entry.name, why=type(failure).__name__)
            entry.failed = True
        else:
            if entry.failed:
                log.info("entry_is_back", entry=entry.name)
            entry.failed = False
        finally:
            if entry.is_shared:
                await self.jobs.done(entry.name)
        return 1

    async def _claim(self, entry: Entry, now: datetime) -> bool:
        """Whether it is ours to do; where others were faster, it is due when theirs is over."""
        due_at = await self.jobs.find_due(entry.name)
        is_due = due_at is None or _is_due(entry, due_at, now)
        if is_due and await self.jobs.claim(entry.name, entry.every):
            return True
        entry.due_at = now + _LOOK_AGAIN  # whoever is at it may die
        return False


def _is_due(entry: Entry, due_at: datetime, now: datetime) -> bool:
    """Also when it is further away than ever planned: then the clock was wrong meanwhile."""
    left = due_at - now
    return left <= timedelta(0) or left > max(entry.every, _LONGEST_START)
