"""Numbers are on sale."""

import pytest

from tests.conversation.numbers.renting import PROJECTS, reads_numbers
from tests.conversation.shop import Shop


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    """The shop, with numbers on sale."""
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    return shop
