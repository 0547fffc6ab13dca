"""A server: who is let in, which connections end, and ties that it breaks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.db.database import Database, open_database
from bot.db.tx import Tx
from tests.books import connected
from tests.clock import TurnableClock
from tests.db.notes import end_others, make, notes, write
from tests.postgresql import PostgreSQL


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    async with connected(postgresql_url) as database:
        await database.write(make)
        yield database


async def test_a_server_that_is_not_there_is_said_at_start(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        await open_database(
            f"postgresql+asyncpg://postgres@/kiosk?host={tmp_path}", TurnableClock()
        )


async def test_a_database_that_does_not_exist_is_said_at_start(
    postgresql_server: PostgreSQL,
) -> None:
    with pytest.raises(DatabaseUnavailable):
        await open_database(postgresql_server.url("never_made"), TurnableClock())


@pytest.mark.parametrize("odd", ["h:abc/d", "h:99999/d", "[::1/d", "h/d?foo=bar", "h/d?ssl=x"])
async def test_an_address_that_no_server_can_have_is_said_at_start(odd: str) -> None:
    with pytest.raises(DatabaseUnavailable) as told:
        await open_database(f"postgresql+asyncpg://olga:hush@{odd}", TurnableClock())

    assert "hush" not in told.value.why


async def test_a_role_that_may_not_make_tables_closes_the_books(
    postgresql_server: PostgreSQL, postgresql_url: str
) -> None:
    postgresql_server.execute("DROP ROLE IF EXISTS visitor", "CREATE ROLE visitor LOGIN")
    database = await open_database(
        postgresql_url.replace("postgres@", "visitor@"), TurnableClock()
    )
    try:
        with pytest.raises(DatabaseUnavailable, match="may not do what Kiosk needs"):
            await database.write(make)
    finally:
        await database.close()
        postgresql_server.execute("DROP ROLE visitor")


async def test_a_server_that_ended_our_connections_is_asked_again(
    database: Database, postgresql_url: str
) -> None:
    async with connected(postgresql_url) as other:
        await other.write(end_others)

    await database.write(write, "a")
    assert await database.read(notes) == ["a"]


async def test_all_connections_of_a_pool_may_have_ended(
    database: Database, postgresql_url: str
) -> None:
    def rest(tx: Tx) -> None:
        tx.connection.exec_driver_sql("SELECT pg_sleep(0.05)")

    async with asyncio.TaskGroup() as tasks:
        for _ in range(8):
            tasks.create_task(database.read(rest))
    async with connected(postgresql_url) as other:
        await other.write(end_others)

    async with asyncio.TaskGroup() as tasks:
        for note in "abcdefgh":
            tasks.create_task(database.write(write, note))
    assert sorted(await database.read(notes)) == list("abcdefgh")


async def test_a_connection_that_ends_within_a_transaction_closes_the_books(
    database: Database,
) -> None:
    def end_myself(tx: Tx) -> None:
        write(tx, "a")
        tx.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DatabaseUnavailable):
        await database.write(end_myself)
    assert await database.read(notes) == []


async def test_a_tie_is_broken_and_repeated(database: Database) -> None:
    """Two transactions lock two rows crosswise; the server ends one, which is done again."""

    def crosswise(tx: Tx, notes_in_turn: tuple[str, str]) -> None:
        for note in notes_in_turn:
            tx.connection.exec_driver_sql(
                f"UPDATE notes SET note = note WHERE note = '{note}'"  # noqa: S608 - our words
            )

    await database.write(write, "a")
    await database.write(write, "b")
    async with asyncio.TaskGroup() as group:
        group.create_task(database.write(crosswise, ("a", "b")))
        group.create_task(database.write(crosswise, ("b", "a")))
    assert await database.read(notes) == ["a", "b"]
