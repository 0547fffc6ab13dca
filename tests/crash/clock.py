"""A clock that a trial's processes share: faster than the wall's, and it leaps when it is told."""

from __future__ import annotations

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

SPEED: Final = 4.0
"""Slow enough that no lease of the shop's (the shortest is 20 s) runs out on a busy machine."""
_HANDS: Final = struct.Struct("ddd")


class SharedClock:
    """Fits `bot.base.clock.Clock`; its hands lie in a small file that every process maps.

    The file holds when the clock was started by the machine's monotonic clock, which all
    processes share, what it showed then, and how far it has leapt since, in seconds.
    """

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._hands = mmap.mmap(file.fileno(), _HANDS.size)

    @classmethod
    def started(cls, path: Path, at: datetime) -> Self:
        """A new clock that shows `at` now."""
        path.write_bytes(_HANDS.pack(time.monotonic(), at.timestamp(), 0.0))
        return cls(path)

    def now(self) -> datetime:
        """The moment that every process of the trial agrees on."""
        began, showed, leapt = _HANDS.unpack_from(self._hands)
        elapsed = (time.monotonic() - began) * SPEED
        return datetime.fromtimestamp(showed + elapsed + leapt, UTC)

    def leap(self, span: timedelta) -> None:
        """Turn forward for everybody at once."""
        began, showed, leapt = _HANDS.unpack_from(self._hands)
        _HANDS.pack_into(self._hands, 0, began, showed, leapt + span.total_seconds())
