"""A look at a service before its purchase leaves a pause that came meanwhile as it is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.base.ids import RemoteId, ServiceId
from bot.catalog.errors import NotForSale
from bot.catalog.recheck import Recheck
from bot.catalog.store import set_paused
from bot.db.database import Locks
from bot.suppliers.words import CatalogRow
from tests.clock import TurnableClock
from tests.small_shop import SmallShop, open_small_shop
from tests.stored_shop import listed
from tests.suppliers.fake import FakeSupplier

NONE = ServiceId(0)


@pytest.fixture
async def shop(books_url: str, clock: TurnableClock) -> AsyncIterator[SmallShop]:
    async with open_small_shop(books_url, clock) as shop:
        yield shop


@dataclass
class SlowSupplier(FakeSupplier):
    """While it is asked, the service is paused, and the shelf shows that."""

    shop: SmallShop | None = None
    service: ServiceId = NONE

    async def find_service(self, service: RemoteId) -> CatalogRow | None:
        assert self.shop is not None
        await self.shop.books.db.write(set_paused, self.service, paused=True)
        await self.shop.shop.load_shelf()
        return await super().find_service(service)


async def test_a_service_that_is_paused_while_it_is_looked_at_stays_paused(
    shop: SmallShop,
) -> None:
    await shop.sells(listed("r1"))
    [service] = [one.id for one in shop.shop.shelf.now.services()]
    slow = SlowSupplier(shop.books.clock, shop=shop, service=service)
    slow.sells(listed("r1"))
    recheck = Recheck(
        {slow.name: slow},
        shop.books.db,
        shop.shop.shelf,
        shop.shop.refresh,
        shop.shop.load_shelf.rules,
        shop.shop.watch,
        shop.books.clock,
        Locks(),
    )

    with pytest.raises(NotForSale, match="service_paused"):
        await recheck(service)
    assert shop.shop.shelf.now.find_shown(service) is not None
    assert shop.shop.shelf.now.find_offer(service) is None
