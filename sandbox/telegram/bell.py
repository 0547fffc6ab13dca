"""A bell that wakes everybody who is waiting at the moment it rings."""

from __future__ import annotations

import asyncio


class Bell:
    """Lets any number of waiters sleep until something changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake those who wait now; whoever comes later waits for the next ring."""
        self._event.set()
        self._event = asyncio.Event()

    async def heard(self) -> None:
        """Wait for the next ring."""
        await self._event.wait()
