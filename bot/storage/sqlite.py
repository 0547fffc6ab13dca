"""SQLite: one writer thread and one reader thread, each with a connection of its own.

The whole transaction runs on aiosqlite's thread in one hop. That uses aiosqlite's `_execute`,
which is private: the dependency is pinned below 0.23 and a contract test says so when it changes.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.domain.errors import BooksClosed
from bot.storage.database import P, T, Transaction, bound

R = TypeVar("R")
_BUSY_MS: Final = 5_000
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)
_PRAGMA_TRIES: Final = 20
_PRAGMA_PAUSE_S: Final = 0.05
_CLOSED: Final = (
    "locked",
    "busy",
    "readonly",
    "full",
    "unable to open",
    "disk i/o",
    "malformed",
    "not a database",
)


class _Lane:
    """One connection on one thread, with SQLAlchemy's Core on top of it."""

    def __init__(self, raw: aiosqlite.Connection, begin: str) -> None:
        self._raw = raw
        self._begin = begin
        self._core: Connection | None = None

    @classmethod
    async def open(cls, path: str, begin: str, pragmas: tuple[str, ...]) -> _Lane:
        try:
            raw = await aiosqlite.connect(path, isolation_level=None)
        except sqlite3.Error as failure:
            raise BooksClosed(str(failure)) from failure
        lane = cls(raw, begin)
        try:
            for pragma in pragmas:
                await _insist(raw, pragma)
            await lane.run(lambda _connection: None)
        except sqlite3.Error as failure:
            await raw.close()
            raise BooksClosed(str(failure)) from failure
        except BooksClosed:
            await raw.close()
            raise
        return lane

    async def run(self, transaction: Callable[[Connection], R]) -> R:
        hop = cast("Any", self._raw)._execute  # noqa: SLF001 - see the module's first lines
        return cast("R", await hop(self._whole, transaction))

    def _whole(self, transaction: Callable[[Connection], R]) -> R:
        """On the thread: begin, do, commit; or roll back and say why in our words."""
        try:
            with self._connected().begin():
                return transaction(self._connected())
        except DBAPIError as failure:
            if (closed := _find_closed(failure)) is not None:
                raise closed from failure
            raise

    def _connected(self) -> Connection:
        if self._core is None:
            self._core = self._engine().connect()
        return self._core

    def _engine(self) -> Engine:
        held = cast("Any", self._raw)._conn  # noqa: SLF001 - the raw connection of this thread
        engine = create_engine("sqlite://", creator=lambda: held, poolclass=StaticPool)
        event.listen(engine, "begin", lambda core: core.exec_driver_sql(self._begin))
        return engine

    async def close(self) -> None:
        await self._raw.close()


async def _insist(raw: aiosqlite.Connection, pragma: str) -> None:
    """Run a pragma; turning to WAL beside others that open answers "locked" without waiting."""
    for again in (*[True] * _PRAGMA_TRIES, False):
        try:
            await raw.execute_fetchall(pragma)
        except sqlite3.OperationalError as failure:
            if not again or "locked" not in str(failure):
                raise
            await asyncio.sleep(_PRAGMA_PAUSE_S)
        else:
            return


def _find_closed(failure: DBAPIError) -> BooksClosed | None:
    """The failure in our words, None when it is not the database's but the statement's."""
    said = str(failure.orig).lower()
    if isinstance(failure.orig, sqlite3.OperationalError | sqlite3.DatabaseError) and any(
        word in said for word in _CLOSED
    ):
        return BooksClosed(said)
    return None


class SqliteDatabase:
    """A database in one file. Writers queue on one thread; a reader never waits for them."""

    def __init__(self, path: str, writer: _Lane, reader: _Lane) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader

    @classmethod
    async def open(cls, path: str, busy_ms: int = _BUSY_MS) -> SqliteDatabase:
        """Open or create the file and its folder.

        Args:
            path: the file.
            busy_ms: how long to wait, in milliseconds, while another process holds the file.

        Raises:
            BooksClosed: the path cannot be used.
        """
        try:
            await asyncio.to_thread(Path(path).parent.mkdir, parents=True, exist_ok=True)
        except OSError as failure:
            msg = f"{failure.strerror}: {Path(path).parent}"
            raise BooksClosed(msg) from failure
        pragmas = (f"PRAGMA busy_timeout = {busy_ms:d}", *_PRAGMAS)
        writer = await _Lane.open(path, "BEGIN IMMEDIATE", pragmas)
        try:
            reader = await _Lane.open(path, "BEGIN", (*pragmas, "PRAGMA query_only = ON"))
        except BooksClosed:
            await writer.close()
            raise
        return cls(path, writer, reader)

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Database.write`."""
        return await self._writer.run(bound(fn, args, kwargs))

    async def read(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Database.read`."""
        return await self._reader.run(bound(fn, args, kwargs))

    async def close(self) -> None:
        """End both threads."""
        try:
            await self._reader.close()
        finally:
            await self._writer.close()
