"""The way between a bot and its PostgreSQL, which may swallow what is said on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_PORT = ".s.PGSQL.5432"


@dataclass
class Way:
    """What lies between a bot and its server; unless it is open, what is said is lost.

    It closes by itself when somebody says `block_at`, and behind whoever says `close_after`.
    Whoever says `end_after` is heard and cut off.
    """

    server: Path
    is_open: bool = True
    block_at: bytes = b""
    close_after: bytes = b""
    end_after: bytes = b""
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
                    self.is_open = not (self.close_after and self.close_after in said)
                    sink.write(said)
                    await sink.drain()
                if self.end_after and self.end_after in said:
                    break
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
