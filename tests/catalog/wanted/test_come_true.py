"""What was compared before is compared again as soon as anything about it has changed."""

from __future__ import annotations

import pytest

from bot.base.ids import ServiceId
from bot.base.money import Money
from bot.catalog.wanted.come_true import FindTrue
from bot.catalog.wanted.reasons import WatchReason
from tests.catalog.wanted.watchers import RULES, Watchers
from tests.stored_shop import ALICE, BOB, Books


@pytest.fixture
async def watchers(rich: Books) -> Watchers:
    await rich.meets(ALICE, BOB)
    return Watchers(rich)


async def costs(watchers: Watchers, rate: str) -> tuple[ServiceId, Money]:
    """A service at this rate, and what 1,000 of it cost."""
    service = await watchers.stock("mail", 5, rate)
    await watchers.wait_for(service, BOB)
    [found] = await FindTrue(watchers.books.db, RULES)()
    await watchers.books.sql("DELETE FROM watches WHERE reason = 'back'")
    return service, found.price


async def test_a_price_that_falls_later_is_found(watchers: Watchers) -> None:
    service, price = await costs(watchers, "1")
    await watchers.wait_for(service, ALICE, reason=WatchReason.PRICE, price=price)
    find = FindTrue(watchers.books.db, RULES)
    for rate in ("1", "2", "1"):
        await watchers.stock("mail", 5, rate)
        assert await find() == ()
    await watchers.stock("mail", 5, "0.5")
    for _ in range(2):
        [found] = await find()
        assert found.price < price


async def test_who_has_seen_a_higher_price_is_found_at_once(watchers: Watchers) -> None:
    service, price = await costs(watchers, "1")
    await watchers.wait_for(service, ALICE, reason=WatchReason.PRICE, price=price)
    find = FindTrue(watchers.books.db, RULES)
    assert await find() == ()
    higher = Money(price.micros + 1)
    await watchers.wait_for(service, BOB, reason=WatchReason.PRICE, price=higher)
    [found] = await find()
    assert found == (service, WatchReason.PRICE, price)
