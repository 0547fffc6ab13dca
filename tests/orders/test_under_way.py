"""A customer has so much under way at once and no more; what has ended makes room."""

from dataclasses import replace

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.errors import TooManyOpen
from bot.orders.rules.moves import State
from tests.numbers.renting import rents, sells_numbers
from tests.stored_shop import ALICE, BOB, SETTINGS, Books, says, usd


@pytest.fixture
def narrow(rich: Books) -> Books:
    """Two orders and three numbers at once; Alice has $10."""
    rich.db.settings = replace(SETTINGS, most_orders=2, most_numbers=3)
    return rich


async def test_the_third_order_waits_and_nothing_is_charged(narrow: Books) -> None:
    for _ in range(2):
        await narrow.buys()

    with pytest.raises(TooManyOpen) as refused:
        await narrow.buys()

    assert (refused.value.count, refused.value.most, refused.value.numbers) == (2, 2, False)
    assert await narrow.wallet() == Wallet(usd("8"), usd("2"))


async def test_what_has_ended_or_waits_for_a_person_makes_room(narrow: Books) -> None:
    due = await narrow.has_active()
    await narrow.in_doubt()
    await narrow.buys()
    with pytest.raises(TooManyOpen):
        await narrow.buys()

    await narrow.hears(due, says("Canceled"))

    assert await narrow.state(await narrow.buys()) is State.QUEUED


async def test_numbers_are_counted_apart_and_each_of_several(narrow: Books) -> None:
    await narrow.has(BOB, "10")
    await rents(narrow, 2)
    [service] = await sells_numbers(narrow)
    quotes = [await narrow.quote(who, "2", 2, service) for who in (ALICE, BOB)]

    with pytest.raises(TooManyOpen) as refused:
        await narrow.confirms(quotes[0])

    assert (refused.value.count, refused.value.most, refused.value.numbers) == (2, 3, True)
    assert len((await narrow.confirms(quotes[1], BOB)).orders) == 2
    await narrow.buys()
