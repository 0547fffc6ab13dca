"""A shop with two operators, and an empty database to restore it into."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.clock import TurnableClock
from tests.conversation.human import OLGA, OTTO, Human, person
from tests.conversation.opening import open_shop
from tests.conversation.shop import Shop
from tests.postgresql import PostgreSQL


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind."""
    with ExitStack() as stack:
        if database_url.startswith("sqlite"):
            yield f"sqlite+aiosqlite:///{tmp_path / 'new' / 'kiosk.db'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            yield stack.enter_context(server.fresh_database())


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock, stocked=True, admin_ids=f"{OLGA},{OTTO}") as opened:
        yield opened


@pytest.fixture(autouse=True)
async def otto(shop: Shop) -> Human:
    """The other operator."""
    human = person(shop, OTTO, "Otto")
    await human.sends("/start")
    return human
