"""Alice stands at the counter; whatever she does, the books have to balance."""

from collections.abc import AsyncIterator

import pytest

from bot.base.ids import CustomerId
from bot.people import customers
from tests.conversation.human import ALICE, Human
from tests.conversation.rentals.counter import HSTOCK, PROJECTS, Counter
from tests.conversation.shop import Shop


@pytest.fixture
async def counter(shop: Shop, alice: Human) -> AsyncIterator[Counter]:
    shop.hstockplus.projects = list(PROJECTS)
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[HSTOCK])
    customer = await shop.kiosk.shop.desk.db.read(customers.find, CustomerId(ALICE))
    assert customer is not None
    yield Counter(shop, alice, customer)
    assert await shop.proof() == ()
