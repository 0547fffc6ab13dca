"""A transaction happens whole or not at all, and closed books are said in one word."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.exc import DBAPIError

from bot.base.errors import DatabaseUnavailable
from bot.db.database import Database, open_database
from bot.db.tx import Tx
from tests.books import connected
from tests.clock import TurnableClock
from tests.db.notes import make, notes, told, write, write_and_fail


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with connected(database_url) as database:
        await database.write(make)
        yield database


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
    def broken(tx: Tx) -> None:
        write(tx, "a")
        tx.connection.exec_driver_sql("INSERT INTO notes VALUES (NULL)")

    with pytest.raises(DBAPIError):
        await database.write(broken)
    assert await database.read(notes) == []


async def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable):
        await database.read(write, "a")

    assert await database.read(notes) == []


async def test_a_cancelled_caller_leaves_all_or_nothing_and_the_next_one_works(
    database: Database,
) -> None:
    def both(tx: Tx) -> None:
        write(tx, "a")
        write(tx, "b")

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
        await open_database("mysql://here/there", TurnableClock())


async def test_what_is_recalled_is_what_was_committed_last(database: Database) -> None:
    for note in "abc":
        await database.write(write, note)
        for _ in "12":
            assert (await database.recall(notes))[-1] == note

    with pytest.raises(LookupError):
        await database.write(write_and_fail, "d")
    assert await database.recall(notes) == ["a", "b", "c"]


async def test_what_is_recalled_is_read_again_only_where_others_may_write(
    database: Database,
) -> None:
    read: list[str] = []

    def look(tx: Tx, note: str) -> str:
        read.append(note)
        return note

    for note in ("a", "b", "a", "b", "a"):
        assert await database.recall(look, note) == note
    assert len(read) == (2 if database.is_alone else 5)
    await database.write(write, "a")
    assert await database.recall(look, "a") == "a"
    assert len(read) == (3 if database.is_alone else 6)


async def test_a_long_question_is_answered_as_any_other_is(database: Database) -> None:
    await database.write(write, "a")
    assert await database.read_long(notes) == ["a"]
    with pytest.raises(DatabaseUnavailable):
        await database.read_long(write, "b")
    assert await database.read(notes) == ["a"]


async def test_a_long_question_leaves_the_other_cores_to_those_who_tap(
    database: Database,
) -> None:
    def helpers(tx: Tx) -> str:
        if tx.dialect.name == "sqlite":  # it never has any
            return "0"
        shown = tx.connection.exec_driver_sql("SHOW max_parallel_workers_per_gather")
        return str(shown.scalar_one())

    assert await database.read_long(helpers) == "0"
