"""A PostgreSQL behind a way that swallows everything: each wait ends, the next try is fresh."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.db.database import Waker
from bot.db.postgres import PostgresDatabase
from tests.clock import TurnableClock
from tests.db.notes import make, notes, write
from tests.db.way import way_to


@pytest.mark.parametrize("block_at", [b"INSERT", b"COMMIT;"], ids=["statement", "commit"])
async def test_a_server_that_falls_silent_closes_the_books_and_is_asked_anew(
    postgresql_url: str, tmp_path: Path, block_at: bytes
) -> None:
    address, _, folder = postgresql_url.partition("?host=")
    async with AsyncExitStack() as stack:
        way = await stack.enter_async_context(way_to(Path(folder), tmp_path))
        database = await PostgresDatabase.open(
            f"{address}?host={tmp_path}", TurnableClock(), Waker(), answers_within_s=0.3
        )
        stack.push_async_callback(database.close)
        await database.write(make)
        way.block_at = block_at
        async with asyncio.timeout(10):
            with pytest.raises(DatabaseUnavailable):
                await database.write(write, "a")
        way.block_at, way.is_open = b"", True
        await database.write(write, "b")

        assert "b" in await database.read(notes)
