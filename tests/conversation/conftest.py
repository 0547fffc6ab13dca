"""Alice buys, Olga runs the shop; each test has a shop of its own on each database."""

from collections.abc import AsyncIterator

import pytest

from tests.clock import TurnableClock
from tests.conversation.driver import ALICE, BORIS, OLGA, Human, Shop, open_shop, person


@pytest.fixture
def sqlite_url(sqlite_books_url: str) -> str:
    """Books that are opened already: migrating them at each test costs more than the test."""
    return sqlite_books_url


@pytest.fixture
def postgresql_url(postgresql_books_url: str) -> str:
    """The same on the other database."""
    return postgresql_books_url


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock) as opened:
        yield opened


@pytest.fixture
async def olga(shop: Shop) -> Human:
    """The operator, who has said hello."""
    human = person(shop, OLGA, "Olga")
    await human.sends("/start")
    return human


@pytest.fixture
async def alice(shop: Shop, olga: Human) -> Human:
    """A customer with ten dollars."""
    human = person(shop, ALICE, "Alice")
    await human.sends("/start")
    await olga.sends(f"/topup {ALICE} 10")
    await shop.works()
    return human


@pytest.fixture
async def boris(shop: Shop) -> Human:
    """Another customer, without a cent."""
    human = person(shop, BORIS, "Boris")
    await human.sends("/start")
    return human
