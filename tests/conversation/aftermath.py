"""The shop of a day ago, put into an empty database beside a world that has gone on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.db.database import open_database
from bot.safety.copies import make_copy, read_copy, restore_copy
from tests.conversation.crew import opened
from tests.conversation.shop import Shop


async def copied(shop: Shop, file: Path) -> None:
    """`python -m bot backup`, while the shop works."""
    url = shop.kiosk.settings.database_url.get_secret_value()
    await make_copy(url, file, shop.clock)


@asynccontextmanager
async def restored(shop: Shop, file: Path, url: str) -> AsyncIterator[None]:
    """`python -m bot restore` into an empty database, and a start on it; the old one is lost."""
    settings = shop.kiosk.settings
    database = await open_database(url, shop.clock)
    database.settings = shop.kiosk.db.settings
    try:
        found = await read_copy(file, database.settings)
        await restore_copy(database, file, found, shop.clock.now())
    finally:
        await database.close()
    changed = settings.model_copy(update={"database_url": SecretStr(url)})
    async with opened(changed, shop.clock) as shop.crew:
        await shop.kiosk.recover()
        await shop.opens()
        yield


async def goes_on_for_days(shop: Shop, days: int = 2) -> None:
    """Time enough for every worker to do whatever it might do."""
    for _ in range(days * 4):
        await shop.comes_to(timedelta(hours=6))
        await shop.works()
