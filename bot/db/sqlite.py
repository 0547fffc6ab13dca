"""SQLite: one writer thread and one reader thread, each with a connection of its own.

What reads for seconds has a thread of its own for so long, so that no question waits behind it.

The whole transaction runs on aiosqlite's thread in one hop. That uses aiosqlite's `_execute` and
`_thread`, which are private: the dependency is pinned below 0.23 and a contract test says so when
they change.
"""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import aiosqlite
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.base.clock import Clock
from bot.base.errors import DatabaseUnavailable
from bot.db.database import Call, Database, Waker
from bot.db.tx import P, T, Transaction

_BUSY_MS: Final = 5_000
_TOGETHER: Final = 32
"""How many transactions share one commit at most; each takes about half a millisecond."""
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
)
_RECALLED_AT_MOST: Final = 1_000
_PRAGMA_TRIES: Final = 20
_PRAGMA_PAUSE_S: Final = 0.05
_CLOSED: Final = re.compile(
    "locked|busy|readonly|full|unable to open|disk i/o|malformed|not a database"
)
"""What SQLite says when the database itself cannot be used, whatever the statement."""


@dataclass(slots=True)
class _Asked:
    """A transaction on its way, and what came of it."""

    transaction: Callable[[Connection], object]
    committed: Callable[[], None]
    result: object = None
    failure: BaseException | None = None
    done: bool = False


class _Thread:
    """One connection on one thread, with SQLAlchemy's Core on top of it.

    Transactions that wait while the thread is busy are committed together: the disk is what they
    wait for. Each stands on a savepoint, so a refused one is undone alone, and no caller hears of
    its transaction before all are on the disk.
    """

    def __init__(self, raw: aiosqlite.Connection, begin: str, together: int) -> None:
        self._raw = raw
        self._begin = begin
        self._together = together
        self._core: Connection | None = None
        self._waiting: deque[_Asked] = deque()

    @classmethod
    async def open(cls, path: str, begin: str, pragmas: tuple[str, ...], together: int) -> _Thread:
        raw = aiosqlite.connect(path, isolation_level=None)
        thread = cls(raw, begin, together)
        try:
            await raw
            for pragma in pragmas:
                await _insist(raw, pragma)
            await thread.run(lambda _connection: None)
        except sqlite3.Error as failure:
            await thread.close()
            raise DatabaseUnavailable(str(failure)) from failure
        except DatabaseUnavailable:
            await thread.close()
            raise
        return thread

    async def run(
        self, transaction: Callable[[Connection], T], committed: Callable[[], None] = lambda: None
    ) -> T:
        """Run it whole; `committed` is called on its thread once it is on the disk."""
        asked = _Asked(transaction, committed)
        self._waiting.append(asked)
        hop = cast("Any", self._raw)._execute  # noqa: SLF001 - see the module's first lines
        try:
            await hop(self._until_done, asked)
        except ValueError:  # it was closed, so nobody comes for what waits
            self._waiting.clear()
            raise
        if asked.failure is not None:
            raise asked.failure
        return cast("T", asked.result)

    def _until_done(self, asked: _Asked) -> None:
        """On the thread: do everything that waits up to this, unless an earlier turn has."""
        while not asked.done:
            most = min(len(self._waiting), self._together)
            self._whole([self._waiting.popleft() for _ in range(most)])

    def _whole(self, batch: list[_Asked]) -> None:
        """Begin, do all, commit; or undo all and say why."""
        core = self._connected()
        try:
            with core.begin():
                _raw(core).execute(self._begin)
                if len(batch) == 1:
                    batch[0].result = batch[0].transaction(core)
                else:
                    for asked in batch:
                        _do_on_savepoint(core, asked)
        except BaseException as failure:  # noqa: BLE001 - whoever asked has to hear of it
            for asked in batch:
                asked.failure = _in_our_words(failure)
        for asked in batch:
            if asked.failure is None:
                asked.committed()
            asked.done = True

    def _connected(self) -> Connection:
        if self._core is None:
            held = cast("Any", self._raw)._conn  # noqa: SLF001 - the raw connection of this thread
            self._core = create_engine(
                "sqlite://",
                creator=lambda: held,
                poolclass=StaticPool,
                pool_reset_on_return=None,  # only its own thread may touch it, and that one ends
                hide_parameters=True,  # an error is logged, and rows must not be in the log
            ).connect()
        return self._core

    async def close(self) -> None:
        """Wait for its thread too, which still speaks to the loop when it is told to stop."""
        await self._raw.close()
        await asyncio.to_thread(self._raw._thread.join)  # noqa: SLF001 - see the module's first lines


def _do_on_savepoint(core: Connection, asked: _Asked) -> None:
    """One of several, undone alone when refused. Raises DBAPIError where all were undone."""
    raw = _raw(core)
    raw.execute("SAVEPOINT one")
    try:
        asked.result = asked.transaction(core)
    except Exception as failure:
        if not raw.in_transaction:
            raise
        asked.failure = _in_our_words(failure)
        raw.execute("ROLLBACK TO one")
    raw.execute("RELEASE one")


def _raw(core: Connection) -> sqlite3.Connection:
    """The driver's connection: BEGIN and savepoints are run on it, as events would cost more."""
    return cast("sqlite3.Connection", core.connection.driver_connection)


def _in_our_words(failure: BaseException) -> BaseException:
    """DatabaseUnavailable for a failure of the database, the failure itself for a statement's."""
    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    said = str(cause).lower()
    if not isinstance(cause, sqlite3.DatabaseError) or not _CLOSED.search(said):
        return failure
    closed = DatabaseUnavailable(said)
    closed.__cause__ = failure
    return closed


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


_Open = Callable[[], Awaitable[_Thread]]


class SqliteDatabase(Database):
    """A database in one file. Writers queue on one thread; a reader never waits for them."""

    def __init__(
        self, clock: Clock, waker: Waker, writer: _Thread, reader: _Thread, open_reader: _Open
    ) -> None:
        super().__init__(clock, waker)
        self._writer = writer
        self._reader = reader
        self._open_reader = open_reader
        self._commits = 0
        self._found: dict[Hashable, tuple[int, Any]] = {}
        """What was recalled, and how many commits there had been when it was read."""

    @property
    def is_alone(self) -> bool:
        """One process alone writes to this file."""
        return True

    @classmethod
    async def open(
        cls, path: str, clock: Clock, waker: Waker, busy_ms: int = _BUSY_MS
    ) -> SqliteDatabase:
        """Open or create the file and its folder. Raises DatabaseUnavailable.

        `busy_ms` is how long to wait, in milliseconds, while another process holds the file.
        """
        try:
            await asyncio.to_thread(_make_private, Path(path))
        except OSError as failure:
            msg = f"{failure.strerror}: {Path(path).parent}"
            raise DatabaseUnavailable(msg) from failure
        pragmas = (f"PRAGMA busy_timeout = {busy_ms:d}", *_PRAGMAS)
        writer = await _Thread.open(path, "BEGIN IMMEDIATE", pragmas, _TOGETHER)
        only_reads = (*pragmas, "PRAGMA query_only = ON")
        open_reader = partial(_Thread.open, path, "BEGIN", only_reads, 1)
        try:
            reader = await open_reader()
        except DatabaseUnavailable:
            await writer.close()
            raise
        return cls(clock, waker, writer, reader, open_reader)

    async def _write(self, call: Call[T]) -> T:
        loop = asyncio.get_running_loop()

        def committed() -> None:
            """Also when the caller was cancelled meanwhile: what is committed is due."""
            self._commits += 1
            if call.woken:
                loop.call_soon_threadsafe(self.waker.wake, call.woken)

        return await self._writer.run(call, committed)

    async def _read(self, call: Call[T]) -> T:
        return await self._reader.run(call)

    async def _read_long(self, call: Call[T]) -> T:
        reader = await self._open_reader()
        try:
            return await reader.run(call)
        finally:
            await reader.close()

    async def recall(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read`, or what it found before, as long as nothing was committed since."""
        asked, commits = (fn, args, *kwargs.items()), self._commits
        known = self._found.get(asked)
        if known is not None and known[0] == commits:
            return cast("T", known[1])
        if len(self._found) >= _RECALLED_AT_MOST:
            self._found.clear()
        found = await self.read(fn, *args, **kwargs)
        self._found[asked] = commits, found
        return found

    async def listen(self, stopping: asyncio.Event) -> None:
        """Return at once: one process alone writes to this file."""

    async def close(self) -> None:
        """End both threads."""
        try:
            await self._reader.close()
        finally:
            await self._writer.close()


def _make_private(path: Path) -> None:
    """Make the folder and the file, and let nobody else on this machine read them.

    SQLite gives the files beside a database the rights of the database.
    """
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        if one.exists() and one.stat().st_mode & 0o077:
            with suppress(PermissionError):  # somebody else's file that we may use
                one.chmod(0o600)
