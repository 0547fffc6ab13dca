"""The stored shop for every test, on opened books."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.clock import TurnableClock
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
