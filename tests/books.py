"""Opened, empty books, with the key that all tests seal with, and their bare connection."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Concatenate, Final

from sqlalchemy import Connection

from bot.db.database import Database, open_database
from bot.db.opening import open_books
from bot.db.tx import P, T, Transaction, Tx, TxSettings
from bot.ops.seal import Seal
from tests.clock import TurnableClock

KEY: Final = "bm90IGEgc2VjcmV0LCBvbmx5IGZvciBvdXIgdGVzdHM="
OTHER_KEY: Final = "c3RyYW5nZSBrZXkgb25seSBmb3Igb3VyIHRlc3RzISE="
"""One that nothing here was ever sealed with."""


async def open_empty_books(url: str) -> None:
    """Migrate a new database and note its currency and seal."""
    async with connected(url) as database:
        database.settings = TxSettings(Seal.with_keys([KEY]))
        await database.write(open_books)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Database]:
    """A database as it stands, closed afterwards."""
    database = await open_database(url, TurnableClock())
    try:
        yield database
    finally:
        await database.close()


def bare(fn: Callable[Concatenate[Connection, P], T]) -> Transaction[P, T]:
    """What takes a bare connection, as a transaction."""

    def run(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return fn(tx.connection, *args, **kwargs)

    return run
