"""Alice with her Telegram and fifty dollars, the whole conversation, and a shop behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.chat.kit.locale import Locale, Locales
from tests.chat.samples import listed
from tests.clock import TurnableClock
from tests.human import ALL_LOCALES, ENGLISH, Human
from tests.small_shop import SmallShop, open_small_shop
from tests.stored_shop import ALICE


@pytest.fixture
def locales() -> Locales:
    return ALL_LOCALES


@pytest.fixture
def english() -> Locale:
    return ENGLISH


@pytest.fixture(params=["en", "ar", "ru"])
def locale(request: pytest.FixtureRequest) -> Locale:
    return ALL_LOCALES.of(request.param)


@pytest.fixture
async def shop(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[SmallShop]:
    """One service is on sale."""
    async with open_small_shop(sqlite_books_url, clock) as shop:
        await shop.sells(listed())
        yield shop


@pytest.fixture
async def alice(shop: SmallShop) -> Human:
    await shop.books.has(ALICE, "50")
    return shop.person(ALICE, "Alice")
