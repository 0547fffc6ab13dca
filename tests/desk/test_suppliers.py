"""The desk sees each supplier: its balance, what keeps its sales away, and what it sells."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.catalog import standing
from bot.outbox.notices import SupplierCause
from bot.suppliers.port import Balance
from tests.clock import TurnableClock
from tests.small_shop import SmallShop, open_small_shop
from tests.stored_shop import ACC, listed

TWELVE = Balance(Decimal("12.50"), "USD")


@pytest.fixture
async def shop(books_url: str, clock: TurnableClock) -> AsyncIterator[SmallShop]:
    async with open_small_shop(books_url, clock) as shop:
        yield shop


async def test_a_supplier_that_was_never_read_has_nothing_to_show(shop: SmallShop) -> None:
    [report] = await shop.shop.desk.report_suppliers()

    assert (report.name, report.pauses, report.balance, report.on_sale) == (ACC, (), None, 0)


async def test_a_supplier_is_shown_with_every_cause_of_its_pause(shop: SmallShop) -> None:
    for why in (SupplierCause.WALLET, SupplierCause.KEY):
        await shop.books.db.write(standing.pause, ACC, why)
    await shop.books.db.write(standing.note_balance, ACC, TWELVE)
    await shop.sells(listed("r1"), listed("r2"), listed("r3", problem="no price"))

    [report] = await shop.shop.desk.report_suppliers()

    assert report.pauses == (SupplierCause.KEY, SupplierCause.WALLET)
    assert (report.balance, report.balance_at) == (TWELVE, shop.books.now)
    assert (report.on_sale, [count for _why, count in report.hidden]) == (2, [1])
