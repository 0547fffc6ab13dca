"""Opened books for every test, copied from one that was migrated once on each database."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.storage.database import open_database
from bot.storage.opening import open_books
from tests.clock import TurnableClock
from tests.postgresql import PostgreSQL
from tests.storage.driver import ALICE, HOUSE, Books

TEMPLATE = "kiosk_opened"


async def _open(url: str) -> None:
    database = await open_database(url)
    try:
        await database.write(open_books, HOUSE)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def opened_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with opened, empty books."""
    path = tmp_path_factory.mktemp("opened") / "kiosk.db"
    asyncio.run(_open(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def opened_postgresql(postgresql_server: PostgreSQL) -> str:
    """A database with opened, empty books."""
    postgresql_server.execute(f'CREATE DATABASE "{TEMPLATE}"')
    asyncio.run(_open(postgresql_server.url(TEMPLATE)))
    return TEMPLATE


@pytest.fixture
def sqlite_books_url(opened_sqlite: Path, tmp_path: Path) -> str:
    """A copy of the file."""
    copy = shutil.copy(opened_sqlite, tmp_path / "books.db")
    return f"sqlite+aiosqlite:///{copy}"


@pytest.fixture
def postgresql_books_url(postgresql_server: PostgreSQL, opened_postgresql: str) -> Iterator[str]:
    """A copy of the database."""
    with postgresql_server.fresh_database(opened_postgresql) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def books_url(request: pytest.FixtureRequest) -> str:
    """Opened, empty books; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_books_url")
    return url


@pytest.fixture
async def books(books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """The stored shop, where nobody was yet."""
    async with AsyncExitStack() as stack:
        yield await Books.open(books_url, clock, stack)


@pytest.fixture
async def rich(books: Books) -> Books:
    """The stored shop, where alice has $10."""
    await books.has(ALICE, "10")
    return books
