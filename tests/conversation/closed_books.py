"""A database that is locked by somebody else, or read-only."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from bot.db.tx import Tx
from tests.conversation.shop import Shop


def path_of(shop: Shop) -> str:
    return shop.kiosk.settings.database_url.get_secret_value().partition(":///")[2]


async def sets(shop: Shop, pragma: str) -> None:
    """A pragma on the connection that writes."""

    def said(tx: Tx) -> None:
        tx.connection.exec_driver_sql(f"PRAGMA {pragma}")

    await shop.kiosk.db.write(said)


@asynccontextmanager
async def locked(shop: Shop) -> AsyncIterator[None]:
    await sets(shop, "busy_timeout = 20")
    with closing(sqlite3.connect(path_of(shop), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def read_only(shop: Shop) -> AsyncIterator[None]:
    """Until the next start, as after a disk went read-only."""
    await sets(shop, "query_only = ON")
    yield
    await shop.restarts()
