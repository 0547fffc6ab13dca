"""How long a loop stands still: what a chapter must not count against the shop beside it."""

from __future__ import annotations

import asyncio
from typing import Final

_EVERY_S: Final = 0.001


class Heart:
    """Beats every millisecond, and knows the longest time between two beats."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._loop = asyncio.get_running_loop()
        self._last_s = self._loop.time()
        self._next = self._loop.call_later(_EVERY_S, self._beat)

    def _beat(self) -> None:
        now_s = self._loop.time()
        self.longest_s = max(self.longest_s, now_s - self._last_s - _EVERY_S)
        self._last_s = now_s
        self._next = self._loop.call_later(_EVERY_S, self._beat)

    async def stops(self) -> float:
        """The seconds, once the last beat is counted."""
        await asyncio.sleep(2 * _EVERY_S)
        self._next.cancel()
        return self.longest_s
