"""The database is brought to today's shape once, whole, and exactly as the tables say."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from bot.storage.house import House
from sqlalchemy import Connection

from bot.ops.seal import Seal
from bot.storage.database import Database, open_database
from bot.storage.migrations import migrate, newest
from bot.storage.opening import open_books
from bot.storage.sealed import holds_seals
from bot.storage.shape import WrongBooks
from bot.storage.tables import metadata
from tests.books import KEY
from tests.storage.driver import HOUSE

_VERSION = "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version"
OTHER_KEY = "c3RyYW5nZSBrZXkgb25seSBmb3Igb3VyIHRlc3RzISE="


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def tables(connection: Connection) -> int:
    return len(connection.dialect.get_table_names(connection))


async def opened(url: str, house: House = HOUSE) -> None:
    """What every process does when it starts."""
    database = await open_database(url)
    try:
        await database.write(open_books)
    finally:
        await database.close()


async def test_a_migrated_database_has_the_tables_of_the_code(database_url: str) -> None:
    database = await open_database(database_url)
    try:
        before = await database.write(migrate)
        again = await database.write(migrate)
        assert (before, again) == ("", newest())
        assert await database.read(differences) == []
    finally:
        await database.close()


async def test_three_that_start_at_once_migrate_once(database_url: str) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(opened(database_url))

    database = await open_database(database_url)
    try:
        assert await database.read(tables) == len(metadata.tables) + 1
    finally:
        await database.close()


async def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    def half(connection: Connection) -> None:
        migrate(connection)
        raise asyncio.CancelledError

    database: Database = await open_database(database_url)
    try:
        with pytest.raises(asyncio.CancelledError):
            await database.write(half)
        assert await database.read(tables) == 0
    finally:
        await database.close()


async def test_books_of_a_newer_shop_are_not_opened(books_url: str) -> None:
    database = await open_database(books_url)
    newer = "UPDATE alembic_version SET version_num = '9999'"
    try:
        await database.write(lambda connection: connection.exec_driver_sql(newer).close())
        with pytest.raises(WrongBooks, match=r"DATABASE_URL: .* made by a newer Kiosk"):
            await database.write(open_books)
    finally:
        await database.close()


@pytest.mark.parametrize(
    "theirs",
    [
        "CREATE TABLE facts (x INTEGER)",
        "CREATE TABLE orders (x INTEGER)",
        "CREATE TABLE alembic_version (x INTEGER)",
        f"{_VERSION} VALUES ('{newest()}')",
        f"{_VERSION} VALUES ('ae1027a6acf')",
        f"{_VERSION} VALUES ('a'), ('b')",
    ],
    ids=["facts", "orders", "column", "same", "other", "two"],
)
async def test_a_database_of_another_program_is_left_as_it_is(
    database_url: str, theirs: str
) -> None:
    def begin(connection: Connection) -> None:
        for statement in theirs.split(";"):
            connection.exec_driver_sql(statement)

    database = await open_database(database_url)
    try:
        await database.write(begin)
        before = await database.read(tables)
        with pytest.raises(
            WrongBooks, match=r"^DATABASE_URL: this is not Kiosk's database"
        ) as told:
            await database.write(open_books)
        assert "\n" not in str(told.value)
        assert await database.read(tables) == before
    finally:
        await database.close()


async def test_the_facts_of_another_program_are_not_searched_for_a_seal(database_url: str) -> None:
    database = await open_database(database_url)
    theirs = "CREATE TABLE facts (x INTEGER)"
    try:
        await database.write(lambda connection: connection.exec_driver_sql(theirs).close())
        with pytest.raises(WrongBooks, match="not Kiosk's database"):
            await database.read(holds_seals)
    finally:
        await database.close()


async def test_books_stay_in_the_currency_they_were_begun_in(books_url: str) -> None:
    with pytest.raises(WrongBooks, match="CURRENCY"):
        await opened(books_url, House(HOUSE.sealer, currency="EUR"))
    await opened(books_url)


async def test_books_are_opened_only_with_a_key_that_opens_their_goods(books_url: str) -> None:
    with pytest.raises(WrongBooks, match="GOODS_KEY"):
        await opened(books_url, House(Seal.with_keys([OTHER_KEY])))
    await opened(books_url, House(Seal.with_keys([OTHER_KEY, KEY])))
