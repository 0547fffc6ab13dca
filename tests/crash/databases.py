"""Where each trial gets a database of its own that begins as the ground: files, or servers."""

from __future__ import annotations

import asyncio
import shutil
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    contextmanager,
)
from pathlib import Path
from typing import Final

from tests.crash.books import Books, FileBooks, ServerBooks
from tests.crash.waiting import until
from tests.postgresql import PostgreSQL

_FILE: Final = "kiosk.db"
_GROUND: Final = "ground"
_DURABLE: Final = "ALTER SYSTEM SET synchronous_commit = on"
"""Or a fall would lose what is committed. What a server wrote is safe with the kernel then."""


class Databases(ABC):
    """The ground is made in `ground`, by one bot; afterwards every trial has a copy."""

    ground: Books

    @abstractmethod
    def settle(self, together: int) -> None:
        """The ground is made: let so many trials begin from it side by side."""

    @abstractmethod
    def copied(self, folder: Path) -> AbstractAsyncContextManager[Books]:
        """A database for one trial, which has a folder of its own."""


class _Files(Databases):
    """Copied in the folders of their trials."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self.ground = FileBooks(self._file)

    def settle(self, together: int) -> None:
        pass

    @asynccontextmanager
    async def copied(self, folder: Path) -> AsyncIterator[Books]:
        yield FileBooks(Path(shutil.copy(self._file, folder / _FILE)))


class _Servers(Databases):
    """A server for each trial that runs, so that it may fall without taking another with it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._first = self._started(None)
        self._first.execute(f'CREATE DATABASE "{_GROUND}"')
        self._free = [self._first]
        self.ground = ServerBooks(self._first.url(_GROUND), self._first)

    def _started(self, like: PostgreSQL | None) -> PostgreSQL:
        server = self._stack.enter_context(PostgreSQL.running(like))
        server.execute(_DURABLE, "SELECT pg_reload_conf()")
        return server

    def settle(self, together: int) -> None:
        self._free += [self._started(self._first) for _ in range(1, together)]

    @asynccontextmanager
    async def copied(self, folder: Path) -> AsyncIterator[Books]:
        await until(lambda: bool(self._free), None)
        server, database = self._free.pop(), ExitStack()
        copy = server.fresh_database(_GROUND)
        try:
            books = ServerBooks(await asyncio.to_thread(database.enter_context, copy), server)
            try:
                yield books
            finally:
                await books.close()
        finally:
            await asyncio.to_thread(database.close)
            self._free.append(server)


@contextmanager
def _files(folder: Path) -> Iterator[Databases]:
    yield _Files(folder)


@contextmanager
def _servers(_folder: Path) -> Iterator[Databases]:
    with ExitStack() as stack:
        yield _Servers(stack)


KINDS: Final[Mapping[str, Callable[[Path], AbstractContextManager[Databases]]]] = {
    "sqlite": _files,
    "postgresql": _servers,
}
"""By name, what opens them."""
MAY_FALL: Final = frozenset({"postgresql"})
"""Those with a server that can be killed."""
