"""A desk over the stored shop, with olga at it and alice among the customers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.base.ids import OrderId
from bot.suppliers.errors import InDoubt
from tests.clock import TurnableClock
from tests.human import Human
from tests.small_shop import SmallShop, open_small_shop
from tests.stored_shop import ALICE, OLGA


@pytest.fixture
async def shop(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[SmallShop]:
    async with open_small_shop(sqlite_books_url, clock) as shop:
        yield shop


@pytest.fixture
async def olga(shop: SmallShop, alice: Human) -> Human:
    """The operator."""
    return shop.person(OLGA, "Olga")


@pytest.fixture
async def alice(shop: SmallShop) -> Human:
    """A customer without a cent, who has said hello."""
    alice = shop.person(ALICE, "Alice")
    await alice.sends("/start")
    return alice


@pytest.fixture
async def doubted(shop: SmallShop, olga: Human) -> OrderId:
    """Alice's order of three whose answer was lost; the wallet there fell by its cost."""
    await shop.books.has(ALICE, "10")
    order = await shop.work.queues()
    await loses_its_answer(shop)
    shop.supplier.paid_in -= Decimal("2.70")
    shop.books.wait(seconds=5)
    assert await shop.shop.collect_evidence(shop.supplier)
    return order


async def loses_its_answer(shop: SmallShop) -> None:
    """The queued order leaves, and no answer comes."""
    shop.supplier.fails("add", InDoubt("timeout"))
    assert await shop.shop.submit_order(shop.supplier)


@pytest.fixture
async def troubled(shop: SmallShop, olga: Human) -> OrderId:
    """Alice's order of three that failed at the supplier without a word about the money."""
    await shop.books.has(ALICE, "10")
    due = await shop.work.is_active()
    shop.supplier.orders[due.remote].status = "Failed"
    await shop.shop.poll_order(shop.supplier, due)
    return due.order
