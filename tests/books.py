"""Opened, empty books, with the key that all tests seal with, and their bare connection."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Concatenate, Final

from sqlalchemy import Connection

from bot.db.database import Database, open_database
from bot.db.opening import open_schema
from bot.db.tx import NO_KEYS, P, T, Transaction, Tx, TxSettings
from bot.ops.seal import Seal
from tests.clock import TurnableClock

KEY: Final = "bm90IGEgc2VjcmV0LCBvbmx5IGZvciBvdXIgdGVzdHM="
OTHER_KEY: Final = "c3RyYW5nZSBrZXkgb25seSBmb3Igb3VyIHRlc3RzISE="
"""One that nothing here was ever sealed with."""


async def open_empty_books(url: str) -> None:
    """Migrate a new database and note its currency and seal."""
    async with connected(url, TxSettings(Seal.with_keys([KEY]))) as database:
        await database.write(open_schema)


@asynccontextmanager
async def connected(url: str, settings: TxSettings = NO_KEYS) -> AsyncIterator[Database]:
    """A database as it stands, closed afterwards."""
    database = await open_database(url, TurnableClock())
    database.settings = settings
    try:
        yield database
    finally:
        await database.close()


def tables_in(tx: Tx) -> int:
    """How many tables there are."""
    return len(tx.dialect.get_table_names(tx.connection))


def bare(fn: Callable[Concatenate[Connection, P], T]) -> Transaction[P, T]:
    """What takes a bare connection, as a transaction."""

    def run(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return fn(tx.connection, *args, **kwargs)

    return run
