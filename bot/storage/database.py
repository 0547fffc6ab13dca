"""A transaction is a plain function of a connection, run whole in one hop, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")
Transaction = Callable[Concatenate[Connection, P], T]


class Database(Protocol):
    """Runs transactions.

    Both verbs raise `BooksClosed` when the database is locked for too long, read-only, full or out
    of reach; nothing was written then. A cancelled caller knows nothing: it may be done.
    """

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(connection, ...)` in a writing transaction and commit what it did."""
        ...

    async def read(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(connection, ...)` against one consistent picture; writes are refused."""
        ...

    async def close(self) -> None:
        """End every connection."""
        ...


async def open_database(url: str) -> Database:
    """Open what `url` names: `sqlite+aiosqlite:///path`, `sqlite:///path` or `postgresql+asyncpg://...`.

    Raises:
        BooksClosed: it cannot be opened.
        ValueError: another scheme.
    """
    scheme = url.partition(":")[0]
    if scheme in {"sqlite", "sqlite+aiosqlite"}:
        from bot.storage.sqlite import SqliteDatabase  # noqa: PLC0415 - one driver is enough

        return await SqliteDatabase.open(url.partition(":///")[2])
    if scheme in {"postgresql", "postgresql+asyncpg"}:
        from bot.storage.postgres import PostgresDatabase  # noqa: PLC0415 - one driver is enough

        return await PostgresDatabase.open(url)
    msg = "DATABASE_URL names neither sqlite nor postgresql"
    raise ValueError(msg)


def bound(fn: Transaction[P, T], args: Any, kwargs: Any) -> Callable[[Connection], T]:
    """The transaction with its arguments, still lacking its connection."""

    def call(connection: Connection) -> T:
        return fn(connection, *args, **kwargs)

    return call
