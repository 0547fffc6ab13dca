"""A database that rings after each write, so that workers need not look for new rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.database import Database, P, T, Transaction


@dataclass(frozen=True, slots=True)
class RingingDatabase:
    """Runs transactions on another database and rings when a write is done."""

    inner: Database
    ring: Callable[[], None]

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Database.write`; rings also when the caller was cancelled, for it may be done."""
        try:
            return await self.inner.write(fn, *args, **kwargs)
        finally:
            self.ring()

    async def read(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Database.read`."""
        return await self.inner.read(fn, *args, **kwargs)

    async def close(self) -> None:
        """See `Database.close`."""
        await self.inner.close()
