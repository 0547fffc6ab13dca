"""A database that takes questions and does not answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.tx import Tx
from tests.conversation.shop import Shop

_LOCK = "LOCK TABLE orders, outbox IN ACCESS EXCLUSIVE MODE"


@asynccontextmanager
async def stuck_books(shop: Shop) -> AsyncIterator[None]:
    """No reading of the books ends while the block lasts."""
    url = shop.kiosk.settings.database_url.get_secret_value()
    block = _locked(url) if url.startswith("postgresql") else _busy(shop)
    async with block:
        yield


@asynccontextmanager
async def _locked(url: str) -> AsyncIterator[None]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(_LOCK))
        yield
    await engine.dispose()


@asynccontextmanager
async def _busy(shop: Shop) -> AsyncIterator[None]:
    """The one thread that reads is at something endless."""
    begun, over = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def wait(_: Tx) -> None:
        loop.call_soon_threadsafe(begun.set)
        over.wait(30)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(shop.kiosk.db.read(wait))
        await begun.wait()
        try:
            yield
        finally:
            over.set()
