"""Alice's orders on books of their own, and the supplier that they are sent to."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.shop.follow import Follow
from bot.shop.fulfil import Fulfil
from bot.shop.watch_numbers import WatchNumbers
from tests.clock import TurnableClock
from tests.shop.work import Work
from tests.storage.driver import ALICE, Books
from tests.suppliers.fake import FakeSupplier


@pytest.fixture
def supplier(clock: TurnableClock) -> FakeSupplier:
    return FakeSupplier(clock)


@pytest.fixture
async def funded(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """Where alice has ten dollars."""
    async with AsyncExitStack() as stack:
        books = await Books.open(sqlite_books_url, clock, stack)
        await books.has(ALICE, "10")
        yield books


@pytest.fixture
def work(funded: Books, supplier: FakeSupplier) -> Work:
    return Work(funded, supplier)


@pytest.fixture
def fulfil(work: Work) -> Fulfil:
    return Fulfil(work.books.db, work.watch, work.books.clock)


@pytest.fixture
def follow(work: Work) -> Follow:
    return work.follows(0.5)


@pytest.fixture
def watch(work: Work) -> WatchNumbers:
    return work.watches(0.5)
