from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.postgresql import PostgreSQL


async def _tables_after_making_one(url: str) -> int:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE alice (id INTEGER)"))
            await connection.execute(text("INSERT INTO alice VALUES (1)"))
            return int(await connection.scalar(text("SELECT count(*) FROM alice")) or 0)
    finally:
        await engine.dispose()


async def test_a_test_gets_a_database_on_each_kind(database_url: str) -> None:
    assert await _tables_after_making_one(database_url) == 1


async def test_the_next_test_finds_it_empty_again(database_url: str) -> None:
    assert await _tables_after_making_one(database_url) == 1


async def test_two_databases_of_one_server_do_not_meet(postgresql_server: PostgreSQL) -> None:
    with postgresql_server.fresh_database() as one, postgresql_server.fresh_database() as other:
        assert await _tables_after_making_one(one) == await _tables_after_making_one(other)


def test_the_sqlite_file_lies_in_a_folder_of_its_own(sqlite_url: str) -> None:
    folder = Path(sqlite_url.partition(":///")[2]).parent
    assert folder.is_dir()
    assert not list(folder.iterdir())
