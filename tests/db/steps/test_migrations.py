"""The database is brought to today's shape once, whole, and exactly as the tables say."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.db import migrations
from bot.db.migrations import list_revisions, migrate, newest
from bot.db.opening import open_schema
from bot.db.schema_check import WrongDatabase
from bot.db.tx import Tx, TxSettings
from bot.ops.seal import Seal
from bot.safety.sealed import holds_seals
from bot.safety.tables import metadata
from tests.books import KEY, OTHER_KEY, bare, connected, tables_in
from tests.stored_shop import SETTINGS

_VERSION = "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version"


def differences(tx: Tx) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(tx.connection), metadata))


def run(tx: Tx, statement: str) -> None:
    tx.connection.exec_driver_sql(statement)


async def opened(url: str, settings: TxSettings = SETTINGS) -> None:
    """What every process does when it starts."""
    async with connected(url, settings) as database:
        await database.write(open_schema)


async def test_a_migrated_database_has_the_tables_of_the_code(database_url: str) -> None:
    async with connected(database_url) as database:
        before = await database.write(bare(migrate))
        again = await database.write(bare(migrate))
        assert (before, again) == ("", newest())
        assert await database.read(differences) == []


async def test_three_that_start_at_once_migrate_once(database_url: str) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(opened(database_url))

    async with connected(database_url) as database:
        assert await database.read(tables_in) == len(metadata.tables) + 1


async def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    def half(tx: Tx) -> None:
        migrate(tx.connection)
        raise asyncio.CancelledError

    async with connected(database_url) as database:
        with pytest.raises(asyncio.CancelledError):
            await database.write(half)
        assert await database.read(tables_in) == 0


async def test_books_of_a_newer_shop_are_not_opened(books_url: str) -> None:
    newer = "UPDATE alembic_version SET version_num = '9999'"
    async with connected(books_url, SETTINGS) as database:
        await database.write(run, newer)
        with pytest.raises(WrongDatabase, match=r"DATABASE_URL: .* made by a newer Kiosk"):
            await database.write(open_schema)


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
    async with connected(database_url, SETTINGS) as database:
        for statement in theirs.split(";"):
            await database.write(run, statement)
        before = await database.read(tables_in)
        with pytest.raises(
            WrongDatabase, match=r"^DATABASE_URL: this is not Kiosk's database"
        ) as told:
            await database.write(open_schema)
        assert "\n" not in str(told.value)
        assert await database.read(tables_in) == before


async def test_the_facts_of_another_program_are_not_searched_for_a_seal(database_url: str) -> None:
    theirs = "CREATE TABLE facts (x INTEGER)"
    async with connected(database_url) as database:
        await database.write(run, theirs)
        with pytest.raises(WrongDatabase, match="not Kiosk's database"):
            await database.read(holds_seals)


async def test_books_stay_in_the_currency_they_were_begun_in(books_url: str) -> None:
    with pytest.raises(WrongDatabase, match="CURRENCY"):
        await opened(books_url, TxSettings(SETTINGS.sealer, currency="EUR"))
    await opened(books_url)


async def test_books_are_opened_only_with_a_key_that_opens_their_goods(books_url: str) -> None:
    with pytest.raises(WrongDatabase, match="GOODS_KEY"):
        await opened(books_url, TxSettings(Seal.with_keys([OTHER_KEY])))
    await opened(books_url, TxSettings(Seal.with_keys([OTHER_KEY, KEY])))


def test_the_steps_that_are_counted_are_those_that_alembic_would_walk() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    walked = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(list_revisions()) == walked[::-1]


def test_a_start_that_finds_nothing_to_do_does_not_load_alembic() -> None:
    loaded = "import sys, bot.app.commands; print('alembic' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)
    assert said.stdout.strip() == b"False"
