"""A PostgreSQL behind a way that swallows everything: each wait ends, the next try is fresh."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.base.errors import DatabaseUnavailable, PerhapsDone
from bot.db.database import Waker
from bot.db.postgres import PostgresDatabase
from tests.books import connected
from tests.clock import TurnableClock
from tests.db.notes import make, notes, write
from tests.db.way import way_to


@pytest.mark.parametrize(
    ("block_at", "is_perhaps_done"),
    [(b"INSERT", False), (b"COMMIT;", True)],
    ids=["statement", "commit"],
)
async def test_a_server_that_falls_silent_closes_the_books_and_is_asked_anew(
    postgresql_url: str, tmp_path: Path, block_at: bytes, *, is_perhaps_done: bool
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
        async with asyncio.timeout(60):
            with pytest.raises(DatabaseUnavailable) as closed:
                await database.write(write, "a")
        assert isinstance(closed.value, PerhapsDone) is is_perhaps_done
        way.block_at, way.is_open = b"", True
        await database.write(write, "b")

        assert "b" in await database.read(notes)


async def test_a_commit_whose_connection_ends_before_its_answer_is_perhaps_done(
    postgresql_url: str, tmp_path: Path
) -> None:
    address, _, folder = postgresql_url.partition("?host=")
    async with AsyncExitStack() as stack:
        way = await stack.enter_async_context(way_to(Path(folder), tmp_path))
        one = await stack.enter_async_context(connected(f"{address}?host={tmp_path}"))
        other = await stack.enter_async_context(connected(postgresql_url))
        await one.write(make)
        way.end_after = b"COMMIT;"
        with pytest.raises(PerhapsDone):
            await one.write(write, "a")
        way.end_after = b""

        assert await other.read(notes) in (["a"], [])
        await one.write(write, "b")
