"""The database of a trial: a file, or one on a server that may fall and is started again."""

from __future__ import annotations

import asyncio
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.db.tx import on_a_copy
from bot.safety.prove import prove
from tests.crash.falling import fell
from tests.crash.waiting import LOOK_EVERY_S, until
from tests.postgresql import PostgreSQL

Rows = list[tuple[Any, ...]]
_BACK_WITHIN_S: Final = 30.0


class Books(ABC):
    """One database, and how it is looked at while somebody else may be writing.

    `url` is what the shop is told. `falls` is how often its server has fallen so far, and `server`
    the file that names the server's process, where there is one.
    """

    falls: int = 0
    server: Path | None = None

    def __init__(self, url: str) -> None:
        self.url = url

    @abstractmethod
    async def look(self, *questions: str) -> list[Rows]:
        """The answer to each question, all of one moment."""

    async def prove(self) -> tuple[str, ...]:
        """What the shop's own proof finds wrong."""
        engine = create_async_engine(self.url, poolclass=NullPool)
        async with engine.connect() as connection:
            return await connection.run_sync(lambda one: prove(on_a_copy(one)))

    @abstractmethod
    async def attend(self, away_s: Callable[[], float]) -> None:
        """Start a server again that has fallen, after so long; until cancelled."""

    def fall(self) -> None:
        """Have the server fall. Raises LookupError for none."""
        if self.server is None:
            message = f"no server to fall: {self.url}"
            raise LookupError(message)
        fell(self.server)

    @abstractmethod
    async def until_up(self) -> None:
        """Wait while its server is away."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of what was looked with."""


class FileBooks(Books):
    """An SQLite file, which nothing keeps open and nothing takes away."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"sqlite+aiosqlite:///{path}")
        self._path = path

    async def look(self, *questions: str) -> list[Rows]:
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=10)) as file:
            file.execute("BEGIN")
            return [file.execute(question).fetchall() for question in questions]

    async def attend(self, away_s: Callable[[], float]) -> None:
        pass

    async def until_up(self) -> None:
        pass

    async def close(self) -> None:
        pass


class ServerBooks(Books):
    """A database of a PostgreSQL. Whoever looks while it is away waits for it."""

    def __init__(self, url: str, server: PostgreSQL) -> None:
        super().__init__(url)
        self.server = server.number_file
        self._running = server
        self._connection: asyncpg.Connection | None = None
        self._is_away = False

    async def look(self, *questions: str) -> list[Rows]:
        async with asyncio.timeout(_BACK_WITHIN_S):
            while True:
                try:
                    return await self._look(questions)
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await self.close()
                    await asyncio.sleep(LOOK_EVERY_S)
                except asyncio.CancelledError:  # it may stay in the transaction of that moment
                    await self.close()
                    raise

    async def _look(self, questions: tuple[str, ...]) -> list[Rows]:
        if self._connection is None:
            self._connection = await asyncpg.connect(self.url.replace("+asyncpg", ""))
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            return [
                [tuple(row) for row in await self._connection.fetch(question)]
                for question in questions
            ]

    async def attend(self, away_s: Callable[[], float]) -> None:
        while True:
            await until(lambda: not self._running.number_file.exists(), None)
            self.falls += 1
            self._is_away = True
            await asyncio.sleep(away_s())
            await asyncio.to_thread(self._running.is_back)
            self._is_away = False

    async def until_up(self) -> None:
        await until(
            lambda: self._running.number_file.exists() and not self._is_away, _BACK_WITHIN_S
        )

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()
