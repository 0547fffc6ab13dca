"""Opened, empty books, with the key that all tests seal with."""

from typing import Final

from bot.db.database import open_database
from bot.db.opening import open_books
from bot.db.tx import TxSettings
from bot.ops.seal import Seal
from tests.clock import TurnableClock

KEY: Final = "bm90IGEgc2VjcmV0LCBvbmx5IGZvciBvdXIgdGVzdHM="


async def open_empty_books(url: str) -> None:
    """Migrate a new database and note its currency and seal."""
    database = await open_database(url, TurnableClock())
    database.settings = TxSettings(Seal.with_keys([KEY]))
    try:
        await database.write(open_books)
    finally:
        await database.close()
