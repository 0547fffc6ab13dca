"""PostgreSQL: the same transactions over a pool, with bounded repeats where the server asks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.base.clock import Clock
from bot.base.errors import DatabaseUnavailable, PerhapsDone
from bot.db.database import Call, Database, Waker
from bot.db.notified import CHANNEL, listen
from bot.db.schema_check import NO_RIGHTS
from bot.db.sessions import prepare_sessions
from bot.db.tx import P, T, Transaction

_TRIES: Final = 6
_REPEAT: Final = frozenset({"40001", "40P01"})
_CLOSED: Final = frozenset({"25006", "53100", "53200", "53300", "55P03", "57014", NO_RIGHTS})
"""Read-only, disk full, no memory, too many connections, lock or statement timed out, no right."""
_UNDONE: Final = "25P03"
"""The transaction stood idle for too long, as in a frozen process, and was undone."""
_NOT_SENT: Final = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Not their kinds: those are about what was to be sent."""
_WORDS: Final = {
    NO_RIGHTS: "the role may not do what Kiosk needs in this database",
    "55P03": "it is locked by another program",
}
_CUT_OFF: Final = ("08", "57P", "28", "3D")
"""The connection ended, the server goes down or comes up, does not know us or the database."""


_POOL_SIZE: Final = 9
"""Eight for transactions, one that listens."""
_NOTIFY: Final = text(f"SELECT pg_notify('{CHANNEL}', :topic)")
_WRITES: Final[Mapping[str, Any]] = {}
_READS: Final = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_ALONE: Final = {"isolation_level": "AUTOCOMMIT"}
"""A statement alone is a transaction by itself: one turn to the server instead of three."""
_ANSWERS_WITHIN_S: Final = 35.0
"""Longer than the server lets a statement take: silence beyond it is the network's."""


class _UndoneError(Exception):
    """The connection ended before the commit, so the server has undone the transaction."""


class PostgresDatabase(Database):
    """A database server. Rows are locked in a fixed order; what still collides is repeated."""

    def __init__(self, clock: Clock, waker: Waker, engine: AsyncEngine) -> None:
        super().__init__(clock, waker)
        self._engine = engine

    @classmethod
    async def open(
        cls, url: str, clock: Clock, waker: Waker, answers_within_s: float = _ANSWERS_WITHIN_S
    ) -> PostgresDatabase:
        """Connect once, so that a wrong address is known at start. Raises DatabaseUnavailable."""
        try:
            database = cls(clock, waker, _engine(url, answers_within_s))
            return await database._connected()
        except (TypeError, ValueError, ArgumentError, OverflowError) as failure:
            # Said by the driver about a part of the address, perhaps with the password in it.
            msg = f"the driver does not understand the address ({type(failure).__name__})"
            raise DatabaseUnavailable(msg) from failure

    async def _connected(self) -> PostgresDatabase:
        try:
            await self.read(lambda _tx: None)
        except BaseException:
            await self._engine.dispose()
            raise
        return self

    async def _write(self, call: Call[T]) -> T:
        """Repeated when the server breaks a tie."""
        try:
            result = await self._whole(call, _WRITES)
        except (DatabaseUnavailable, asyncio.CancelledError):
            self.waker.wake(call.woken)  # what was cut off at its commit may be committed
            raise
        self.waker.wake(call.woken)
        return result

    async def _read(self, call: Call[T]) -> T:
        return await self._whole(call, _READS)

    async def recall(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Others may write, so it is asked each time."""
        call = Call(lambda tx: fn(tx, *args, **kwargs), self.clock, self.settings)
        return await self._whole(call, _ALONE)

    async def write_once(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Committed by itself; nobody knows whether one that was cut off was done."""
        self._check_writable()
        call = Call(lambda tx: fn(tx, *args, **kwargs), self.clock, self.settings)
        return await self._whole(call, _ALONE)

    async def _whole(self, call: Call[T], options: Mapping[str, Any]) -> T:
        for last in (*[False] * (_TRIES - 1), True):
            try:
                return await self._on_a_live_one(call, options)
            except (OSError, NoneFree, InterfaceError, OperationalError) as failure:
                if last or _sqlstate(failure) not in _REPEAT:
                    raise DatabaseUnavailable(type(failure).__name__) from failure
            except DBAPIError as failure:
                state = _sqlstate(failure)
                if _is_cut_off(failure) or state in _CLOSED or (last and state in _REPEAT):
                    raise DatabaseUnavailable(_why(state)) from failure
                if state not in _REPEAT:
                    raise
        msg = "the last round returns or raises"
        raise AssertionError(msg)

    async def _on_a_live_one(self, call: Call[T], options: Mapping[str, Any]) -> T:
        """Once more where a pooled connection had ended meanwhile; the pool has let all go then.

        Asking each connection first, as `pool_pre_ping` does, costs three turns a transaction.
        """
        try:
            return await self._once(call, options)
        except _UndoneError:
            pass
        try:
            return await self._once(call, options)
        except _UndoneError as undone:
            msg = "cut off twice"
            raise DatabaseUnavailable(msg) from undone

    async def _once(self, call: Call[T], options: Mapping[str, Any]) -> T:
        async with self._engine.connect() as connection:
            if options:
                await connection.execution_options(**options)
            is_whole = False
            try:
                async with connection.begin():
                    result = await self._within(connection, call, is_alone=options is _ALONE)
                    is_whole = True
            except OSError as failure:
                if is_whole and options is _WRITES:
                    raise PerhapsDone(type(failure).__name__) from failure
                raise
            except DBAPIError as failure:
                if _was_not_sent(failure) or _sqlstate(failure) == _UNDONE:
                    await connection.invalidate()
                    raise _UndoneError from failure
                if is_whole and options is _WRITES and _is_cut_off(failure):
                    raise PerhapsDone(_why(_sqlstate(failure))) from failure
                raise
            return result

    async def _within(self, connection: AsyncConnection, call: Call[T], *, is_alone: bool) -> T:
        """All of a transaction up to its commit; a statement alone may be committed when cut.

        Nobody is notified while a heartbeat says that this process is the only one: one that joins
        waits until it was seen, and only then looks for work and reads what it remembers.
        """
        try:
            result = await connection.run_sync(call)
            if call.woken and self.replicas != 1:
                await connection.execute(_NOTIFY, [{"topic": one} for one in sorted(call.woken)])
        except DBAPIError as failure:
            if failure.connection_invalidated and not is_alone:
                raise _UndoneError from failure
            raise
        return result

    async def listen(self, stopping: asyncio.Event) -> None:
        """Hear what other processes commit, on a connection beside the pool."""
        await listen(self._engine, self.waker, stopping)

    async def close(self) -> None:
        """Return every connection."""
        await self._engine.dispose()


def _engine(url: str, answers_within_s: float) -> AsyncEngine:
    engine = create_async_engine(
        "postgresql+asyncpg:" + url.partition(":")[2],
        pool_size=_POOL_SIZE,
        max_overflow=0,
        hide_parameters=True,  # an error is logged, and rows must not be in the log
        connect_args={"timeout": 10, "command_timeout": answers_within_s},
    )
    prepare_sessions(engine)
    return engine


def _was_not_sent(failure: DBAPIError) -> bool:
    """Whether the driver itself refused, as it does on a connection that has ended before."""
    return type(getattr(failure.orig, "__cause__", None)) in _NOT_SENT


def _is_cut_off(failure: DBAPIError) -> bool:
    return failure.connection_invalidated or _sqlstate(failure).startswith(_CUT_OFF)


def _sqlstate(failure: BaseException) -> str:
    orig = getattr(failure, "orig", None)
    return str(getattr(orig, "sqlstate", "") or getattr(orig, "pgcode", "") or "")


def _why(state: str) -> str:
    known = _WORDS.get(state)
    return f"{known} (sqlstate {state})" if known else f"sqlstate {state}"
