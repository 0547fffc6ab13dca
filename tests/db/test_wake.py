"""What is committed wakes who waits for it: here at once, and on a server in every process."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from bot.db.database import Database
from bot.db.tx import Tx
from tests.books import connected
from tests.db.notes import end_others, make, notes, write
from tests.db.way import way_to
from tests.postgresql import PostgreSQL

WORK, OTHER = "work", "other"


def note_work(tx: Tx, note: str) -> None:
    write(tx, note)
    tx.wake(WORK)


def fail_to_note(tx: Tx) -> None:
    note_work(tx, "a")
    raise LookupError


def note_other(tx: Tx) -> None:
    tx.wake(OTHER)


async def is_woken(database: Database, topic: str = WORK) -> None:
    """Wait for it; how long a loaded machine may take, and no longer."""
    async with asyncio.timeout(60):
        await database.waker.event(topic).wait()


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Database]:
    """Another process, whose workers wait; at its first connection it wakes them all."""
    stopping = asyncio.Event()
    async with connected(url) as database, asyncio.TaskGroup() as tasks:
        database.waker.event(OTHER)
        woken = database.waker.event(WORK)
        tasks.create_task(database.listen(stopping))
        await is_woken(database)
        woken.clear()
        yield database
        stopping.set()


@contextmanager
def logged(name: str) -> Iterator[asyncio.Event]:
    """Set once this module has logged something."""
    event, logger = asyncio.Event(), logging.getLogger(name)

    class Hears(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            event.set()

    handler = Hears()
    logger.addHandler(handler)
    try:
        yield event
    finally:
        logger.removeHandler(handler)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with connected(database_url) as database:
        await database.write(make)
        yield database


# In one process


async def test_what_is_committed_wakes_its_topic_and_no_other(database: Database) -> None:
    woken = [database.waker.event(topic) for topic in (WORK, OTHER)]

    await database.write(note_work, "a")

    await is_woken(database)
    assert [one.is_set() for one in woken] == [True, False]


async def test_what_is_undone_wakes_nobody(database: Database) -> None:
    with pytest.raises(LookupError):
        await database.write(fail_to_note)
    await database.write(note_other)

    await is_woken(database, OTHER)
    assert not database.waker.event(WORK).is_set()


async def test_of_writers_who_share_a_commit_the_refused_one_wakes_nobody(
    database: Database,
) -> None:
    async def fails() -> None:
        with pytest.raises(LookupError):
            await database.write(fail_to_note)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(10):
            tasks.create_task(fails())
            tasks.create_task(database.write(note_other))

    await is_woken(database, OTHER)
    assert not database.waker.event(WORK).is_set()


async def test_a_caller_who_left_before_the_commit_wakes_all_the_same(sqlite_url: str) -> None:
    loop, running, goes_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def slowly(tx: Tx) -> None:
        note_work(tx, "a")
        loop.call_soon_threadsafe(running.set)
        goes_on.wait(20)

    async with connected(sqlite_url) as database, asyncio.TaskGroup() as tasks:
        await database.write(make)
        caller = tasks.create_task(database.write(slowly))
        await running.wait()
        caller.cancel()
        await asyncio.wait([caller])
        goes_on.set()

        await is_woken(database)
        assert caller.cancelled()
        assert await database.read(notes) == ["a"]


async def test_whoever_is_woken_can_read_what_woke_them(sqlite_url: str) -> None:
    async with connected(sqlite_url) as database, asyncio.TaskGroup() as tasks:
        await database.write(make)
        woken, looked = database.waker.event(WORK), asyncio.Semaphore(0)
        found: list[int] = []

        async def looks() -> None:
            while len(found) < 30:
                await woken.wait()
                woken.clear()
                found.append(len(await database.read(notes)))
                looked.release()

        tasks.create_task(looks())
        for number in range(30):
            await database.write(note_work, f"{number:02}")
            await looked.acquire()

    assert found == list(range(1, 31))


# In every process of a server


async def test_what_one_process_commits_wakes_another(postgresql_url: str) -> None:
    async with connected(postgresql_url) as one, listening(postgresql_url) as other:
        await one.write(make)
        await one.write(note_work, "a")

        await is_woken(other)
        assert await other.read(notes) == ["a"]


async def test_what_one_process_undoes_wakes_no_other(postgresql_url: str) -> None:
    async with connected(postgresql_url) as one, listening(postgresql_url) as other:
        await one.write(make)
        other.waker.event(OTHER).clear()
        with pytest.raises(LookupError):
            await one.write(fail_to_note)
        await one.write(note_other)

        await is_woken(other, OTHER)
        assert not other.waker.event(WORK).is_set()


async def test_a_caller_who_leaves_while_the_server_commits_wakes_all_the_same(
    postgresql_url: str, tmp_path: Path
) -> None:
    address, _, folder = postgresql_url.partition("?host=")
    async with AsyncExitStack() as stack:
        way = await stack.enter_async_context(way_to(Path(folder), tmp_path))
        other = await stack.enter_async_context(listening(postgresql_url))
        one = await stack.enter_async_context(connected(f"{address}?host={tmp_path}"))
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        await one.write(make)
        way.close_after = b"COMMIT;"
        caller = tasks.create_task(one.write(note_work, "a"))
        await is_woken(other)  # so the server has committed, and its answer is lost
        caller.cancel()
        await asyncio.wait([caller])

        assert caller.cancelled()
        assert one.waker.event(WORK).is_set()


async def test_a_listener_whose_connection_is_cut_listens_again_and_wakes_everybody(
    postgresql_url: str,
) -> None:
    async with connected(postgresql_url) as one, listening(postgresql_url) as other:
        await one.write(make)
        await one.write(end_others)
        await is_woken(other)  # nobody wrote: it may have missed something meanwhile

        other.waker.event(WORK).clear()
        await one.write(note_work, "a")
        await is_woken(other)


async def test_a_listener_outlives_a_server_that_lets_nobody_in(
    postgresql_server: PostgreSQL, postgresql_url: str
) -> None:
    name = postgresql_url.partition("?")[0].rpartition("/")[2]
    allow = f"ALTER DATABASE {name} ALLOW_CONNECTIONS {{}}"
    async with connected(postgresql_url) as one, listening(postgresql_url) as other:
        with logged("bot.db.notified") as refused:
            postgresql_server.execute(allow.format(False))
            await one.write(end_others)
            async with asyncio.timeout(60):
                await refused.wait()
        assert not other.waker.event(WORK).is_set()
        postgresql_server.execute(allow.format(True))

        await is_woken(other)
