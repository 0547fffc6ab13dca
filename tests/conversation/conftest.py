"""Alice buys, Olga runs the shop; each test has a shop of its own on each database."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.clock import TurnableClock
from tests.conversation.human import ALICE, BORIS, OLGA, Human, person
from tests.conversation.opening import open_shop, sqlite_at
from tests.conversation.shop import Shop
from tests.postgresql import PostgreSQL


@pytest.fixture(scope="session")
def stocked_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the books of a shop that was opened a moment ago."""
    folder = tmp_path_factory.mktemp("stocked")
    asyncio.run(_stock(sqlite_at(folder)))
    return folder / "kiosk.db"


@pytest.fixture(scope="session")
def stocked_postgresql(postgresql_server: PostgreSQL) -> str:
    """The same on the other database."""
    return postgresql_server.kept("kiosk_stocked", _stock)


async def _stock(url: str) -> None:
    async with open_shop(url, TurnableClock()):
        pass


@pytest.fixture
def sqlite_url(stocked_sqlite: Path, sqlite_folder: Path) -> str:
    """A copy: to migrate and to stock a shop for each test costs more than the test."""
    shutil.copy(stocked_sqlite, sqlite_folder / "kiosk.db")
    return sqlite_at(sqlite_folder)


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL, stocked_postgresql: str) -> str:
    """The same on the other database."""
    return postgresql_server.reset(stocked_postgresql)


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock, stocked=True) as opened:
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
