"""A shop with two operators."""

from collections.abc import AsyncIterator

import pytest

from tests.clock import TurnableClock
from tests.conversation.human import OLGA, OTTO, Human, person
from tests.conversation.opening import open_shop
from tests.conversation.shop import Shop


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
