"""The stored shop for every test, on opened books."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.clock import TurnableClock
from tests.postgresql import PostgreSQL
from tests.storage.driver import ALICE, Books


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


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """Another empty database of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    with server.fresh_database() as url:
        yield url
