"""A shop in which nobody has said what one category's rates are for."""

from collections.abc import AsyncIterator

import pytest

from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.prices.trying import GOODS, LEAST
from tests.conversation.services import account
from tests.conversation.shop import Shop


@pytest.fixture
async def fresh(shop: Shop, olga: Human) -> AsyncIterator[Shop]:
    """HstockPlus lists mailboxes in a category whose basis nobody has said."""
    mail = account(
        90, "Fresh mail", "5.00", category="Fresh Mail", subcategory="", rate_per=1000, min=LEAST
    )
    shop.hstockplus.put(mail)
    shop.hstockplus.plan(completes(5), GOODS)
    await shop.refreshes()
    yield shop
    assert await shop.proof() == ()
