"""A transaction happens whole or not at all, and closed books are said in one word."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from inspect import iscoroutinefunction, signature
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import BooksClosed
from bot.storage.database import Database, open_database
from bot.storage.sqlite import SqliteDatabase
from tests.postgresql import PostgreSQL


def make(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE notes (note TEXT NOT NULL)")


def write(connection: Connection, note: str) -> None:
    connection.exec_driver_sql(f"INSERT INTO notes VALUES ('{note}')")  # noqa: S608 - our words


def write_and_fail(connection: Connection, note: str) -> None:
    write(connection, note)
    raise LookupError(note)


def notes(connection: Connection) -> list[str]:
    return [row[0] for row in connection.exec_driver_sql("SELECT note FROM notes ORDER BY note")]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = await open_database(database_url)
    try:
        await database.write(make)
        yield database
    finally:
        await database.close()


async def test_what_was_written_is_read(database: Database) -> None:
    await database.write(write, "a")

    assert await database.read(notes) == ["a"]


async def test_a_failure_takes_everything_back_and_is_passed_on_as_it_is(
    database: Database,
) -> None:
    with pytest.raises(LookupError, match="a"):
        await database.write(write_and_fail, "a")

    assert await database.read(notes) == []
    await database.write(write, "b")
    assert await database.read(notes) == ["b"]


async def test_a_broken_statement_is_no_reason_to_call_the_books_closed(
    database: Database,
) -> None:
    def broken(connection: Connection) -> None:
        write(connection, "a")
        connection.exec_driver_sql("INSERT INTO notes VALUES (NULL)")

    with pytest.raises(DBAPIError):
        await database.write(broken)
    assert await database.read(notes) == []


async def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(BooksClosed):
        await database.read(write, "a")

    assert await database.read(notes) == []


async def test_a_cancelled_caller_leaves_all_or_nothing_and_the_next_one_works(
    database: Database,
) -> None:
    def both(connection: Connection) -> None:
        write(connection, "a")
        write(connection, "b")

    async with asyncio.TaskGroup() as group:
        task = group.create_task(database.write(both))
        await asyncio.sleep(0)  # only so that it is on its way
        task.cancel()

    assert task.cancelled()
    await database.write(write, "c")
    assert await database.read(notes) in (["a", "b", "c"], ["c"])


async def test_many_writers_at_once_are_all_heard(database: Database) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(50):
            group.create_task(database.write(write, f"{number:02}"))

    assert len(await database.read(notes)) == 50


async def told(database: Database, calls: list[Any]) -> list[object]:
    """What each of many callers hears, who all ask at once; a refusal by its kind."""

    async def hear(fn: Any, note: str) -> object:
        try:
            await database.write(fn, note)
        except (LookupError, BooksClosed, DBAPIError) as refusal:
            return type(refusal)
        return note

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(hear(*call)) for call in calls]
    return [task.result() for task in tasks]


async def test_of_many_writers_at_once_a_refused_one_takes_nothing_of_the_others(
    database: Database,
) -> None:
    calls = [(write_and_fail if n % 3 == 1 else write, f"{n:02}") for n in range(60)]
    heard = await told(database, calls)

    stands = [f"{n:02}" for n in range(60) if n % 3 != 1]
    assert [one for one in heard if one is not LookupError] == stands
    assert await database.read(notes) == stands


async def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="neither sqlite nor postgresql"):
        await open_database("mysql://here/there")


# SQLite


@pytest.fixture
async def impatient(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A file that is waited for no longer than a moment."""
    database = await SqliteDatabase.open(str(tmp_path / "notes.db"), busy_ms=20)
    try:
        await database.write(make)
        yield database
    finally:
        await database.close()


async def test_a_file_that_another_process_holds_is_closed_until_it_lets_go(
    impatient: SqliteDatabase,
) -> None:
    with closing(sqlite3.connect(impatient.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BooksClosed):
            await impatient.write(write, "a")
        assert await impatient.read(notes) == []
        other.execute("ROLLBACK")

    await impatient.write(write, "a")
    assert await impatient.read(notes) == ["a"]


async def test_a_full_disk_closes_the_books_and_space_opens_them(
    impatient: SqliteDatabase,
) -> None:
    def limit(connection: Connection, pages: int) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    await impatient.write(limit, 1)
    with pytest.raises(BooksClosed):
        await impatient.write(write, "a" * 100_000)

    await impatient.write(limit, 10_000)
    await impatient.write(write, "a")
    assert await impatient.read(notes) == ["a"]


async def test_a_disk_that_fills_among_many_writers_keeps_exactly_what_was_said_to_be_kept(
    impatient: SqliteDatabase,
) -> None:
    def limit(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 40")

    await impatient.write(limit)
    calls = [(write, f"{n:02}" + "x" * (40_000 if n == 45 else 1_000)) for n in range(200)]
    heard = await told(impatient, calls)

    kept = sorted(one for one in heard if isinstance(one, str))
    assert 0 < len(kept) < 200
    assert BooksClosed in heard
    assert await impatient.read(notes) == kept


async def test_nobody_hears_of_a_write_before_all_that_are_written_with_it_are_on_the_disk(
    impatient: SqliteDatabase,
) -> None:
    seen: list[int] = []

    async def hear(other: sqlite3.Connection, number: int) -> None:
        await impatient.write(write, f"{number:02}")
        (found,) = other.execute(f"SELECT count(*) FROM notes WHERE note = '{number:02}'")  # noqa: S608 - our words
        seen.append(found[0])

    with closing(sqlite3.connect(impatient.path, isolation_level=None)) as other:
        async with asyncio.TaskGroup() as group:
            for number in range(40):
                group.create_task(hear(other, number))

    assert seen == [1] * 40


async def test_a_file_that_may_only_be_read_closes_the_books(impatient: SqliteDatabase) -> None:
    def read_only(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    await impatient.write(read_only)

    with pytest.raises(BooksClosed):
        await impatient.write(write, "a")
    assert await impatient.read(notes) == []


@pytest.mark.parametrize("path", ["{}", "{}/file/below/kiosk.db", "{}/file"])
async def test_a_path_that_cannot_be_a_database_is_said_at_start(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / "file").write_text("this is no database, and long enough to be sure of that" * 99)

    before = set(threading.enumerate())

    with pytest.raises(BooksClosed):
        await SqliteDatabase.open(path.format(tmp_path))
    born = set(threading.enumerate()) - before
    assert [one.name for one in born if "_worker_thread" in one.name] == []


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/new/deeper/kiosk.db")
    await database.close()

    assert (tmp_path / "new" / "deeper" / "kiosk.db").exists()


async def test_what_is_committed_would_survive_a_power_cut(impatient: SqliteDatabase) -> None:
    def settings(connection: Connection) -> list[Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    assert await impatient.write(settings) == ["wal", 2, 1, 20]


async def test_a_reader_does_not_wait_for_a_writer(impatient: SqliteDatabase) -> None:
    async with AsyncExitStack() as stack:
        other = stack.enter_context(closing(sqlite3.connect(impatient.path, isolation_level=None)))
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO notes VALUES ('unseen')")
        async with asyncio.timeout(2):
            assert await impatient.read(notes) == []
        other.execute("ROLLBACK")


async def test_the_private_hop_of_aiosqlite_is_what_we_take_it_for() -> None:
    hop: Any = aiosqlite.Connection._execute  # noqa: SLF001 - the contract is about this name
    assert iscoroutinefunction(hop)
    assert list(signature(hop).parameters) == ["self", "fn", "args", "kwargs"]

    connection = await aiosqlite.connect(":memory:", isolation_level=None)
    try:
        raw: Any = connection._conn  # noqa: SLF001 - the same
        assert isinstance(raw, sqlite3.Connection)
        assert await hop(connection, lambda one, two: (one, two), 1, 2) == (1, 2)
        with pytest.raises(LookupError):
            await hop(connection, {}.__getitem__, "missing")
        assert await hop(connection, raw.execute, "SELECT 1") is not None
        assert connection._thread.is_alive()  # noqa: SLF001 - and this one
    finally:
        await connection.close()


# PostgreSQL


async def test_a_server_that_is_not_there_is_said_at_start(tmp_path: Path) -> None:
    with pytest.raises(BooksClosed):
        await open_database(f"postgresql+asyncpg://postgres@/kiosk?host={tmp_path}")


async def test_a_database_that_does_not_exist_is_said_at_start(
    postgresql_server: PostgreSQL,
) -> None:
    with pytest.raises(BooksClosed):
        await open_database(postgresql_server.url("never_made"))


@pytest.mark.parametrize("odd", ["h:abc/d", "h:99999/d", "[::1/d", "h/d?foo=bar", "h/d?ssl=x"])
async def test_an_address_that_no_server_can_have_is_said_at_start(odd: str) -> None:
    with pytest.raises(BooksClosed) as told:
        await open_database(f"postgresql+asyncpg://olga:hush@{odd}")

    assert "hush" not in told.value.why


async def test_a_role_that_may_not_make_tables_closes_the_books(
    postgresql_server: PostgreSQL, postgresql_url: str
) -> None:
    postgresql_server.execute("DROP ROLE IF EXISTS visitor", "CREATE ROLE visitor LOGIN")
    database = await open_database(postgresql_url.replace("postgres@", "visitor@"))
    try:
        with pytest.raises(BooksClosed, match="may not do what Kiosk needs"):
            await database.write(make)
    finally:
        await database.close()
        postgresql_server.execute("DROP ROLE visitor")


async def test_a_server_that_ended_our_connections_is_asked_again(postgresql_url: str) -> None:
    database, other = await open_database(postgresql_url), await open_database(postgresql_url)
    end_others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    try:
        await database.write(make)
        await other.write(lambda connection: connection.exec_driver_sql(end_others).all() and None)
        await database.write(write, "a")
        assert await database.read(notes) == ["a"]
    finally:
        await database.close()
        await other.close()


async def test_all_connections_of_a_pool_may_have_ended(postgresql_url: str) -> None:
    def rest(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT pg_sleep(0.05)")

    database, other = await open_database(postgresql_url), await open_database(postgresql_url)
    end_others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    try:
        await database.write(make)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(8):
                tasks.create_task(database.read(rest))
        await other.write(lambda connection: connection.exec_driver_sql(end_others).all() and None)
        async with asyncio.TaskGroup() as tasks:
            for note in "abcdefgh":
                tasks.create_task(database.write(write, note))
        assert sorted(await database.read(notes)) == list("abcdefgh")
    finally:
        await database.close()
        await other.close()


async def test_a_connection_that_ends_within_a_transaction_closes_the_books(
    postgresql_url: str,
) -> None:
    def end_myself(connection: Connection) -> None:
        write(connection, "a")
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    database = await open_database(postgresql_url)
    try:
        await database.write(make)
        with pytest.raises(BooksClosed):
            await database.write(end_myself)
        assert await database.read(notes) == []
    finally:
        await database.close()


async def test_a_tie_is_broken_and_repeated(postgresql_url: str) -> None:
    """Two transactions lock two rows crosswise; the server ends one, which is done again."""
    database = await open_database(postgresql_url)

    def crosswise(connection: Connection, notes_in_turn: tuple[str, str]) -> None:
        for note in notes_in_turn:
            connection.exec_driver_sql(
                f"UPDATE notes SET note = note WHERE note = '{note}'"  # noqa: S608 - our words
            )

    try:
        await database.write(make)
        await database.write(write, "a")
        await database.write(write, "b")
        async with asyncio.TaskGroup() as group:
            group.create_task(database.write(crosswise, ("a", "b")))
            group.create_task(database.write(crosswise, ("b", "a")))
        assert await database.read(notes) == ["a", "b"]
    finally:
        await database.close()
