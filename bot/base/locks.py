"""Locks by key inside one process; across processes the database decides."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Locks:
    """Locks by key; a lock exists only while it is held or waited for."""

    _held: dict[Hashable, tuple[asyncio.Lock, int]] = field(default_factory=dict)

    @asynccontextmanager
    async def of(self, key: Hashable) -> AsyncIterator[None]:
        """Hold the key's lock; others who ask for it wait in turn."""
        lock, waiting = self._held.get(key, (asyncio.Lock(), 0))
        self._held[key] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._held[key]
            if waiting == 1:
                del self._held[key]
            else:
                self._held[key] = lock, waiting - 1
