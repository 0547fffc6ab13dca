"""Customers take turns in being polled: many open orders of one delay nobody's single one."""

import pytest

from bot.base.ids import NOBODY, CustomerId
from bot.numbers import poll as numbers
from bot.orders import poll
from tests.numbers.renting import rents
from tests.stored_shop import ACC, ALICE, BOB, HSTOCK, Books

CARL = CustomerId(503)


@pytest.fixture
async def three(rich: Books) -> Books:
    """Bob and Carl have as much as Alice."""
    for other in (BOB, CARL):
        await rich.has(other, "10")
    return rich


async def _have(books: Books, counts: dict[CustomerId, int]) -> None:
    for customer, count in counts.items():
        for _ in range(count):
            await books.buys(customer)
            assert await books.accepts(await books.sends())
            books.wait(seconds=1)


async def _polled(books: Books, limit: int, times: int) -> list[list[CustomerId]]:
    """Whose orders are claimed, claim after claim."""
    seen, after = [], NOBODY
    for _ in range(times):
        claimed = await books.db.write(poll.claim, ACC, limit, after)
        seen.append([due.customer for due in claimed])
        after = claimed[-1].customer if claimed else after
    return seen


async def test_one_claim_takes_one_order_of_each_customer(three: Books) -> None:
    await _have(three, {ALICE: 6, BOB: 1, CARL: 1})

    assert await _polled(three, 4, 2) == [[ALICE, BOB, CARL, ALICE], [ALICE] * 4]


async def test_claims_of_one_go_round_too(three: Books) -> None:
    await _have(three, {ALICE: 5, CARL: 2, BOB: 2})

    turns = [ALICE, BOB, CARL, ALICE, BOB, CARL, ALICE, ALICE, ALICE]
    assert await _polled(three, 1, 9) == [[who] for who in turns]


async def test_numbers_take_turns_by_customer_too(three: Books) -> None:
    await rents(three, 6)
    [bobs] = await rents(three, customer=BOB)

    three.wait(seconds=5)
    first = await three.db.write(numbers.claim, HSTOCK, 2)
    again = await three.db.write(numbers.claim, HSTOCK, 2, BOB)

    assert [due.customer for due in first] == [ALICE, BOB]
    assert first[1].order == bobs
    assert [due.customer for due in again] == [ALICE, ALICE]
