"""PostgreSQL: the same transactions over a pool, with bounded repeats where the server asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import BooksClosed
from bot.storage.database import P, T, Transaction, bound
from bot.storage.shape import NO_RIGHTS

_TRIES: Final = 6
_REPEAT: Final = frozenset({"40001", "40P01"})
_CLOSED: Final = frozenset({"25006", "53100", "53200", "53300", "55P03", "57014", NO_RIGHTS})
"""Read-only, disk full, no memory, too many connections, lock or statement timed out, no right."""
_WORDS: Final = {
    NO_RIGHTS: "the role may not do what Kiosk needs in this database",
    "55P03": "it is locked by another program",
}
_CUT_OFF: Final = ("08", "57P", "28", "3D")
"""The connection ended, the server goes down or comes up, does not know us or the database."""


_ANSWERS_WITHIN_S: Final = 35.0
"""Longer than the server lets a statement take: silence beyond it is the network's."""


class _UndoneError(Exception):
    """The connection ended before the commit, so the server has undone everything."""


class PostgresDatabase:
    """A database server. Rows are locked in a fixed order; what still collides is repeated."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @classmethod
    async def open(
        cls, url: str, pool_size: int = 8, answers_within_s: float = _ANSWERS_WITHIN_S
    ) -> PostgresDatabase:
        """Connect once, so that a wrong address is known at start.

        Raises:
            BooksClosed: the server cannot be reached or refuses, or there can be no such address.
        """
        try:
            return await cls._connected(url, pool_size, answers_within_s)
        except (TypeError, ValueError, ArgumentError, OverflowError) as failure:
            # Said by the driver about a part of the address, perhaps with the password in it.
            msg = f"the driver does not understand the address ({type(failure).__name__})"
            raise BooksClosed(msg) from failure

    @classmethod
    async def _connected(
        cls, url: str, pool_size: int, answers_within_s: float
    ) -> PostgresDatabase:
        address = "postgresql+asyncpg:" + url.partition(":")[2]
        timeouts = {"lock_timeout": "5000", "statement_timeout": "30000"}
        engine = create_async_engine(
            address,
            pool_size=pool_size,
            max_overflow=0,
            hide_parameters=True,  # an error is logged, and rows are nobody's business there
            connect_args={
                "timeout": 10,
                "command_timeout": answers_within_s,
                "server_settings": timeouts,
            },
        )
        database = cls(engine)
        try:
            await database.read(lambda _connection: None)
        except BaseException:
            await engine.dispose()
            raise
        return database

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Database.write`. Repeated when the server breaks a tie."""
        return await self._whole(bound(fn, args, kwargs), read_only=False)

    async def read(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `Database.read`."""
        return await self._whole(bound(fn, args, kwargs), read_only=True)

    async def _whole(self, transaction: Callable[[Connection], T], *, read_only: bool) -> T:
        for last in (*[False] * (_TRIES - 1), True):
            try:
                return await self._on_a_live_one(transaction, read_only=read_only)
            except (OSError, NoneFree, InterfaceError, OperationalError) as failure:
                if last or _sqlstate(failure) not in _REPEAT:
                    raise BooksClosed(type(failure).__name__) from failure
            except DBAPIError as failure:
                state = _sqlstate(failure)
                cut_off = failure.connection_invalidated or state.startswith(_CUT_OFF)
                if cut_off or state in _CLOSED or (last and state in _REPEAT):
                    raise BooksClosed(_why(state)) from failure
                if state not in _REPEAT:
                    raise
        msg = "the last round returns or raises"
        raise AssertionError(msg)

    async def _on_a_live_one(
        self, transaction: Callable[[Connection], T], *, read_only: bool
    ) -> T:
        """Once more where a pooled connection had ended meanwhile; the pool has let all go then.

        Asking each connection first, as `pool_pre_ping` does, costs three turns a transaction.
        """
        try:
            return await self._once(transaction, read_only=read_only)
        except _UndoneError:
            pass
        try:
            return await self._once(transaction, read_only=read_only)
        except _UndoneError as undone:
            msg = "cut off twice"
            raise BooksClosed(msg) from undone

    async def _once(self, transaction: Callable[[Connection], T], *, read_only: bool) -> T:
        async with self._engine.connect() as connection:
            if read_only:
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            async with connection.begin():
                return await _within(connection, transaction)

    async def close(self) -> None:
        """Return every connection."""
        await self._engine.dispose()


async def _within(connection: AsyncConnection, transaction: Callable[[Connection], T]) -> T:
    """All of a transaction but its commit, before which nothing has happened."""
    try:
        return await connection.run_sync(transaction)
    except DBAPIError as failure:
        if failure.connection_invalidated:
            raise _UndoneError from failure
        raise


def _sqlstate(failure: BaseException) -> str:
    orig = getattr(failure, "orig", None)
    return str(getattr(orig, "sqlstate", "") or getattr(orig, "pgcode", "") or "")


def _why(state: str) -> str:
    known = _WORDS.get(state)
    return f"{known} (sqlstate {state})" if known else f"sqlstate {state}"
