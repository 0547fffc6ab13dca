"""Operators read of a supplier's prices that jumped, in one message for all of them."""

from dataclasses import replace
from decimal import Decimal

from tests.conversation.human import Human
from tests.conversation.shop import Shop

JUMPED = "⚠️ Prices jumped at accplanet."


def costs(shop: Shop, **rates: str) -> None:
    """The supplier changes its prices."""
    services = shop.accplanet.services
    for number, rate in rates.items():
        key = number.removeprefix("_")
        services[key] = replace(services[key], rate=Decimal(rate))


async def test_prices_that_jumped_are_told_in_one_message_and_once(
    shop: Shop, olga: Human
) -> None:
    costs(shop, _10042="0.20", _10043="1.00", _507f1f77bcf86cd799439011="10.50")
    await shop.refreshes()
    await shop.works()
    olga.sees(
        f"{JUMPED} Services on sale that became dearer or cheaper by more than 30%: 2",
        "Fresh account: $3.00 → $1.20",
        "Aged account: $0.12 → $0.24",
    )
    assert "Rare account" not in olga.chat

    await shop.refreshes()
    await shop.works()
    await shop.leaps(2, hours=1)
    assert olga.chat.count(JUMPED) == 1

    costs(shop, _10042="0.10")
    await shop.refreshes()
    await shop.works()
    olga.sees("Aged account: $0.24 → $0.12")
    assert olga.chat.count(JUMPED) == 2
    assert not shop.trouble()
