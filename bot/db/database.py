"""A transaction is a plain function of a `Tx`, run whole in one hop, or not at all."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Generic

from sqlalchemy import Connection

from bot.base.clock import Clock
from bot.db.tx import NO_KEYS, P, T, Transaction, Tx, TxSettings
from bot.db.wake import Waker


class Call(Generic[T]):
    """One transaction as it was asked for; called with the connection it runs on.

    An engine may call it again after undoing it. `woken` are the topics of the last run.
    """

    def __init__(self, run: Callable[[Tx], T], clock: Clock, settings: TxSettings) -> None:
        self._run = run
        self._clock = clock
        self._settings = settings
        self.woken: set[str] = set()

    def __call__(self, connection: Connection) -> T:
        """Run it to its last statement; whoever calls commits."""
        self.woken = set()
        return self._run(Tx(connection, self._clock.now(), self._settings, self.woken))


class Database(ABC):
    """Runs transactions on one of the two engines, and wakes whom they made work for.

    Both verbs raise `BooksClosed` when the database is locked for too long, read-only, full or out
    of reach; nothing was written then. A cancelled caller knows nothing: it may be done.

    Attributes:
        settings: what transactions read; put here once the keys are found, which takes an open
            database.
        waker: whom committed transactions wake.
    """

    def __init__(self, clock: Clock, waker: Waker) -> None:
        self.clock = clock
        self.waker = waker
        self.settings: TxSettings = NO_KEYS

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, ...)` in a writing transaction and commit what it did."""
        return await self._write(self._call(lambda tx: fn(tx, *args, **kwargs)))

    async def read(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, ...)` against one consistent picture; writes are refused."""
        return await self._read(self._call(lambda tx: fn(tx, *args, **kwargs)))

    def _call(self, run: Callable[[Tx], T]) -> Call[T]:
        return Call(run, self.clock, self.settings)

    @abstractmethod
    async def _write(self, call: Call[T]) -> T: ...

    @abstractmethod
    async def _read(self, call: Call[T]) -> T: ...

    @abstractmethod
    async def listen(self, stopping: asyncio.Event) -> None:
        """Wake this process's workers by what other processes commit, until told to stop."""

    @abstractmethod
    async def close(self) -> None:
        """End every connection."""


async def open_database(url: str, clock: Clock, waker: Waker | None = None) -> Database:
    """Open what `url` names: `sqlite+aiosqlite:///path`, `sqlite:///path` or `postgresql+asyncpg://...`.

    Raises:
        BooksClosed: it cannot be opened.
        ValueError: another scheme.
    """
    scheme = url.partition(":")[0]
    if scheme in {"sqlite", "sqlite+aiosqlite"}:
        from bot.db.sqlite import SqliteDatabase  # noqa: PLC0415 - one driver is enough

        return await SqliteDatabase.open(url.partition(":///")[2], clock, waker or Waker())
    if scheme in {"postgresql", "postgresql+asyncpg"}:
        from bot.db.postgres import PostgresDatabase  # noqa: PLC0415 - one driver is enough

        return await PostgresDatabase.open(url, clock, waker or Waker())
    msg = "DATABASE_URL names neither sqlite nor postgresql"
    raise ValueError(msg)
