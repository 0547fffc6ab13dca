"""A clock that a trial's processes share: faster than the wall's, it leaps, and may be wrong."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

SPEED: Final = 4.0
"""Slow enough that no lease of the shop's (the shortest is 20 s) runs out on a busy machine."""
_HANDS: Final = struct.Struct("dddd")


class SharedClock:
    """Fits `bot.base.clock.Clock`; its hands lie in a small file that every process maps.

    The file holds when the clock was started by the machine's monotonic clock, which all
    processes share, what it showed then, how far it has leapt since, and how far the shop's own
    clock is off, in seconds. Telegram and the suppliers go by the right time.
    """

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._hands = mmap.mmap(file.fileno(), _HANDS.size)

    @classmethod
    def started(cls, path: Path, at: datetime) -> Self:
        """A new clock that shows `at` now."""
        path.write_bytes(_HANDS.pack(time.monotonic(), at.timestamp(), 0.0, 0.0))
        return cls(path)

    def now(self) -> datetime:
        """The moment that the shop's clock shows, in whichever process."""
        return self.right() + self.off

    def right(self) -> datetime:
        """The moment that it really is."""
        began, showed, leapt, _off = _HANDS.unpack_from(self._hands)
        elapsed = (time.monotonic() - began) * SPEED
        return datetime.fromtimestamp(showed + elapsed + leapt, UTC)

    @property
    def off(self) -> timedelta:
        """How far the shop's clock is ahead of the right time, or behind it."""
        return timedelta(seconds=_HANDS.unpack_from(self._hands)[-1])

    def step(self, by: timedelta) -> None:
        """Set the shop's clock forward or back, while no time passes."""
        began, showed, leapt, off = _HANDS.unpack_from(self._hands)
        _HANDS.pack_into(self._hands, 0, began, showed, leapt, off + by.total_seconds())

    def leap(self, span: timedelta) -> None:
        """Let time pass for everybody at once."""
        began, showed, leapt, off = _HANDS.unpack_from(self._hands)
        _HANDS.pack_into(self._hands, 0, began, showed, leapt + span.total_seconds(), off)
