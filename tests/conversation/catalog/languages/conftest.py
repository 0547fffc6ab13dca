"""Layla reads Arabic."""

from collections.abc import AsyncIterator

import pytest

from tests.conversation.catalog.languages.readers import A_LOOK, LAYLA, WORDS, aged, comes
from tests.conversation.human import Human
from tests.conversation.shop import Shop


@pytest.fixture
async def layla(shop: Shop, olga: Human) -> AsyncIterator[Human]:
    """An Arabic reader with ten dollars, some time after the catalogue was read in Arabic."""
    for language, words in WORDS.items():
        aged(shop).translations[language] = words
    human = await comes(shop, LAYLA, "ar")
    await olga.sends(f"/topup {LAYLA} 10")
    await shop.works()
    await shop.comes_to(A_LOOK)
    yield human
    assert not shop.trouble()
