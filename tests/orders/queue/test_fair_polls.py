"""Customers take turns in being polled: many open orders of one delay nobody's single one."""

import pytest

from bot.base.ids import NOBODY, CustomerId, OrderId, RemoteId
from bot.numbers import poll as numbers
from bot.numbers import settle
from bot.numbers.poll import NumberPoller
from bot.orders import poll
from bot.orders.poll import Poller
from tests.numbers.renting import CODE, rents
from tests.orders.work import Work
from tests.stored_shop import ACC, ALICE, BOB, HSTOCK, Books
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import number_says

CARL, DORA, EMIL = CustomerId(503), CustomerId(504), CustomerId(505)


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


async def _customer_of(books: Books, remotes: list[RemoteId]) -> list[CustomerId]:
    rows = await books.sql("SELECT remote_order, customer FROM orders")
    customers = {remote: CustomerId(customer) for remote, customer in rows}
    return [customers[remote] for remote in remotes]


async def test_a_poller_goes_on_with_the_customer_after_the_last(
    three: Books, supplier: FakeSupplier
) -> None:
    await three.meets(DORA, EMIL)
    for other in (DORA, EMIL):
        await three.has(other, "10")
    await _have(three, dict.fromkeys((ALICE, BOB, CARL, DORA, EMIL), 2))
    work = Work(three, supplier)
    poller = Poller(supplier, work.follows(0.5))

    three.wait(seconds=1)

    assert [await poller.step() for _ in range(11)] == [1] * 10 + [0]

    asked = await _customer_of(three, [remote for _, remote in supplier.asked])
    assert asked == [ALICE, BOB, CARL, DORA, EMIL] * 2
    assert poller.last == EMIL


async def test_a_poller_of_numbers_goes_on_with_the_customer_after_the_last(
    three: Books, supplier: FakeSupplier
) -> None:
    for who in (ALICE, BOB, CARL):
        await rents(three, 2, who)
    three.wait(seconds=5)
    supplier.name = HSTOCK
    poller = NumberPoller(supplier, Work(three, supplier).watches(0.5))

    assert [await poller.step() for _ in range(3)] == [2, 2, 2]

    asked = await _customer_of(three, [remote for _, remote in supplier.asked])
    assert asked == [ALICE, BOB, CARL, ALICE, BOB, CARL]
    assert (await poller.step(), poller.last) == (0, CARL)


async def test_numbers_take_turns_by_customer_too(three: Books) -> None:
    await rents(three, 6)
    [bobs] = await rents(three, customer=BOB)

    three.wait(seconds=5)
    first = await three.db.write(numbers.claim, HSTOCK, 2)
    again = await three.db.write(numbers.claim, HSTOCK, 2, BOB)

    assert [due.customer for due in first] == [ALICE, BOB]
    assert first[1].order == bobs
    assert [due.customer for due in again] == [ALICE, ALICE]


async def test_numbers_without_a_code_go_first_for_half_a_minute(three: Books) -> None:
    [alices] = await rents(three)
    [due] = await three.db.write(numbers.claim, HSTOCK, 1)
    await three.db.write(settle.settle, due, number_says("code_received", CODE.code), (CODE,))
    three.wait(seconds=60)
    [bobs] = await rents(three, customer=BOB)

    async def first(after: CustomerId = NOBODY) -> OrderId:
        [claimed] = await three.db.write(numbers.claim, HSTOCK, 1, after)
        return claimed.order

    assert await first() == alices  # it has waited for longer than half a minute
    assert await first() == bobs
    three.wait(seconds=21)
    assert await first() == bobs
    assert await first() == alices
