"""One file: who waits for it, what fills it, and what of it would survive a power cut."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from inspect import iscoroutinefunction, signature
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.base.errors import DatabaseUnavailable
from bot.db.database import Waker, open_database
from bot.db.sqlite import SqliteDatabase
from bot.db.tx import Tx
from tests.clock import TurnableClock
from tests.db.notes import make, notes, told, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
async def impatient(file: Path) -> AsyncIterator[SqliteDatabase]:
    """The file, which is waited for no longer than a moment."""
    database = await SqliteDatabase.open(str(file), TurnableClock(), Waker(), busy_ms=20)
    try:
        await database.write(make)
        yield database
    finally:
        await database.close()


async def test_a_file_that_another_process_holds_is_closed_until_it_lets_go(
    impatient: SqliteDatabase, file: Path
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable):
            await impatient.write(write, "a")
        assert await impatient.read(notes) == []
        other.execute("ROLLBACK")

    await impatient.write(write, "a")
    assert await impatient.read(notes) == ["a"]


async def test_a_full_disk_closes_the_books_and_space_opens_them(
    impatient: SqliteDatabase,
) -> None:
    def limit(tx: Tx, pages: int) -> None:
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    await impatient.write(limit, 1)
    with pytest.raises(DatabaseUnavailable):
        await impatient.write(write, "a" * 100_000)

    await impatient.write(limit, 10_000)
    await impatient.write(write, "a")
    assert await impatient.read(notes) == ["a"]


async def test_a_disk_that_fills_among_many_writers_keeps_exactly_what_was_said_to_be_kept(
    impatient: SqliteDatabase,
) -> None:
    def limit(tx: Tx) -> None:
        tx.connection.exec_driver_sql("PRAGMA max_page_count = 40")

    await impatient.write(limit)
    calls = [(write, f"{n:02}" + "x" * (40_000 if n == 45 else 1_000)) for n in range(200)]
    heard = await told(impatient, calls)

    kept = sorted(one for one in heard if isinstance(one, str))
    assert 0 < len(kept) < 200
    assert DatabaseUnavailable in heard
    assert await impatient.read(notes) == kept


async def test_nobody_hears_of_a_write_before_all_that_are_written_with_it_are_on_the_disk(
    impatient: SqliteDatabase, file: Path
) -> None:
    seen: list[int] = []

    async def hear(other: sqlite3.Connection, number: int) -> None:
        await impatient.write(write, f"{number:02}")
        (found,) = other.execute(f"SELECT count(*) FROM notes WHERE note = '{number:02}'")  # noqa: S608 - our words
        seen.append(found[0])

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        async with asyncio.TaskGroup() as group:
            for number in range(40):
                group.create_task(hear(other, number))

    assert seen == [1] * 40


async def test_a_file_that_may_only_be_read_closes_the_books(impatient: SqliteDatabase) -> None:
    def read_only(tx: Tx) -> None:
        tx.connection.exec_driver_sql("PRAGMA query_only = ON")

    await impatient.write(read_only)

    with pytest.raises(DatabaseUnavailable):
        await impatient.write(write, "a")
    assert await impatient.read(notes) == []


@pytest.mark.parametrize("path", ["{}", "{}/file/below/kiosk.db", "{}/file"])
async def test_a_path_that_cannot_be_a_database_is_said_at_start(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / "file").write_text("this is no database, and long enough to be sure of that" * 99)

    before = set(threading.enumerate())

    with pytest.raises(DatabaseUnavailable):
        await SqliteDatabase.open(path.format(tmp_path), TurnableClock(), Waker())
    born = set(threading.enumerate()) - before
    assert [one.name for one in born if "_worker_thread" in one.name] == []


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/new/deeper/kiosk.db", TurnableClock())
    await database.close()

    assert (tmp_path / "new" / "deeper" / "kiosk.db").exists()


async def test_what_is_committed_would_survive_a_power_cut(impatient: SqliteDatabase) -> None:
    def settings(tx: Tx) -> list[Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    assert await impatient.write(settings) == ["wal", 2, 1, 20]


async def test_a_reader_does_not_wait_for_a_writer(impatient: SqliteDatabase, file: Path) -> None:
    async with AsyncExitStack() as stack:
        other = stack.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO notes VALUES ('unseen')")
        async with asyncio.timeout(60):
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


@pytest.mark.parametrize("stood", [False, True])
async def test_nobody_else_on_the_machine_reads_the_books(tmp_path: Path, stood: bool) -> None:
    folder = tmp_path / "data"
    file = folder / "kiosk.db"
    if stood:
        folder.mkdir()
        file.touch(0o644)
    umask = os.umask(0o022)
    try:
        database = await SqliteDatabase.open(str(file), TurnableClock(), Waker())
        await database.write(make)
        modes = {one.name: one.stat().st_mode & 0o777 for one in folder.iterdir()}
        await database.close()
    finally:
        os.umask(umask)

    assert set(modes) == {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm"}
    assert set(modes.values()) == {0o600}
    if not stood:
        assert folder.stat().st_mode & 0o777 == 0o700


async def test_no_question_waits_for_one_that_takes_long(impatient: SqliteDatabase) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def proves(tx: Tx) -> list[str]:
        begun.set()
        assert may_end.wait(10)
        return notes(tx)

    await impatient.write(write, "a")
    async with asyncio.TaskGroup() as tasks, asyncio.timeout(10):
        proof = tasks.create_task(impatient.read_long(proves))
        assert await asyncio.to_thread(begun.wait, 10)
        assert await impatient.read(notes) == ["a"]
        await impatient.write(write, "b")
        assert await impatient.read(notes) == ["a", "b"]
        may_end.set()
    assert "a" in proof.result()
