"""A PostgreSQL behind a way that swallows everything: each wait ends, the next try is fresh."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.errors import BooksClosed
from bot.storage.postgres import PostgresDatabase
from bot.storage.tx import Tx
from bot.storage.wake import Waker
from tests.clock import TurnableClock

_PORT = ".s.PGSQL.5432"


@dataclass
class Way:
    """What lies between a bot and its server; unless it is open, what is said is lost.

    It closes by itself when somebody says `block_at`.
    """

    server: Path
    is_open: bool = True
    block_at: bytes = b""
    travellers: set[asyncio.Task[None]] = field(default_factory=set)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(str(self.server))
        async with asyncio.TaskGroup() as tasks:
            for source, sink in ((reader, back), (there, writer)):
                self.travellers.add(tasks.create_task(self._pass(source, sink)))

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await source.read(2**16):
                self.is_open = self.is_open and not (self.block_at and self.block_at in said)
                if self.is_open:
                    sink.write(said)
                    await sink.drain()
        sink.close()


@asynccontextmanager
async def way_to(server: Path, folder: Path) -> AsyncIterator[Way]:
    way = Way(server / _PORT)
    door = await asyncio.start_unix_server(way.carry, str(folder / _PORT))
    try:
        yield way
    finally:
        door.close()
        for task in way.travellers:
            task.cancel()


@pytest.mark.parametrize("block_at", [b"INSERT", b"COMMIT"], ids=["statement", "commit"])
async def test_a_server_that_falls_silent_closes_the_books_and_is_asked_anew(
    postgresql_url: str, tmp_path: Path, block_at: bytes
) -> None:
    def make(tx: Tx) -> None:
        tx.connection.exec_driver_sql("CREATE TABLE notes (note TEXT NOT NULL)")

    def write(tx: Tx, note: str) -> None:
        tx.connection.exec_driver_sql(f"INSERT INTO notes VALUES ('{note}')")  # noqa: S608 - our words

    def notes(tx: Tx) -> list[str]:
        return [row[0] for row in tx.connection.exec_driver_sql("SELECT note FROM notes")]

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
            with pytest.raises(BooksClosed):
                await database.write(write, "a")
        way.block_at, way.is_open = b"", True
        await database.write(write, "b")

        assert "b" in await database.read(notes)
