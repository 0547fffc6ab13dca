"""Customers take turns in a submit queue: who orders much delays nobody who orders little."""

from datetime import timedelta

import pytest

from bot.base.ids import CustomerId
from tests.clock import TurnableClock
from tests.stored_shop import ALICE, BOB, Books

DAY = timedelta(days=1)


@pytest.fixture
async def both(rich: Books) -> Books:
    """Bob has as much as Alice."""
    await rich.has(BOB, "10")
    return rich


async def _next(books: Books) -> CustomerId:
    """Whose order leaves now; the supplier takes it."""
    sent = await books.sends()
    assert await books.accepts(sent)
    books.wait(seconds=1)
    return (await books.order(sent.order)).customer


async def _left(books: Books, many: int) -> list[CustomerId]:
    return [await _next(books) for _ in range(many)]


async def test_one_order_does_not_wait_for_the_many_of_somebody_else(both: Books) -> None:
    for _ in range(8):
        await both.buys(ALICE)
    assert await _left(both, 3) == [ALICE] * 3

    await both.buys(BOB)

    assert await _left(both, 3) == [BOB, ALICE, ALICE]


async def test_who_waits_with_many_gets_every_second_turn_beside_one_other(both: Books) -> None:
    for _ in range(4):
        await both.buys(ALICE)
    for _ in range(4):
        await both.buys(BOB)

    assert await _left(both, 8) == [ALICE, BOB] * 4


async def test_who_came_first_goes_first_among_those_who_had_no_turn(both: Books) -> None:
    for customer in (BOB, ALICE):
        await both.buys(customer)
        both.wait(seconds=1)

    assert await _left(both, 2) == [BOB, ALICE]


async def test_a_clock_that_was_ahead_takes_nobodys_turns_away(
    both: Books, clock: TurnableClock
) -> None:
    clock.turn(DAY)
    await both.buys(ALICE)
    await _next(both)
    clock.turn(-DAY)
    await both.buys(ALICE)
    both.wait(seconds=1)
    await both.buys(BOB)

    assert await _left(both, 2) == [ALICE, BOB]
