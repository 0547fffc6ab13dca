"""Orders are claimed for about a second's readings, and a reading sends what it has to write."""

from datetime import timedelta

import pytest

from bot.orders import poll, settle
from bot.orders.poll import Poller
from bot.orders.rules.moves import State
from bot.safety.safe_mode import Restored, switch_on
from tests.counted import statements_of
from tests.orders.work import Stand, Work, seconds
from tests.stored_shop import ACC, ALICE, Books, says
from tests.suppliers.fake import FakeSupplier


async def _claimed(books: Books) -> int:
    """How many orders have been claimed so far."""
    [(count,)] = await books.sql("SELECT sum(claim) FROM orders WHERE state = 'active'")
    return int(count)


@pytest.fixture
def work(rich: Books, supplier: FakeSupplier) -> Work:
    """On both databases."""
    return Work(rich, supplier)


@pytest.fixture
async def many(rich: Books) -> int:
    """How often anything was claimed before twenty-four orders fell due."""
    await rich.has(ALICE, "100")
    for _ in range(24):
        await rich.buys()
        assert await rich.accepts(await rich.sends())
    before = await _claimed(rich)
    rich.wait(seconds=30)
    return before


async def test_more_are_claimed_while_they_are_read_within_a_second(
    rich: Books, work: Work, supplier: FakeSupplier, many: int
) -> None:
    poller, sizes = Poller(supplier, work.follows(0.5)), [many]
    for _ in range(13):
        assert await poller.step() == 1
        sizes.append(await _claimed(rich))

    assert sorted({size - many for size in sizes}) == [0, 4, 12, 24]


async def test_fewer_are_claimed_when_they_took_longer(
    rich: Books, work: Work, supplier: FakeSupplier, many: int
) -> None:
    poller = Poller(supplier, work.follows(0.5))
    for _ in range(12):
        assert await poller.step() == 1
    rich.wait(seconds=2)

    assert await poller.step() == 1
    assert await _claimed(rich) - many == 4 + 8 + 4


async def test_what_was_claimed_too_long_ago_is_left_to_others(
    rich: Books, work: Work, supplier: FakeSupplier, many: int
) -> None:
    poller = Poller(supplier, work.follows(0.5))
    assert await poller.step() == 1
    rich.wait(seconds=30)
    others = await rich.db.write(poll.claim, ACC, 100)
    supplier.asked.clear()

    assert await poller.step() == 0
    assert supplier.asked == []
    assert len(others) == 24


async def test_a_reading_that_tells_nothing_new_plans_the_next_one_and_writes_nothing_else(
    rich: Books, work: Work
) -> None:
    due = await work.is_active()
    answer = says("In progress", charge="0.9")
    await rich.db.write(settle.settle, due, answer, rich.now)
    next_at = rich.now + timedelta(seconds=7)

    sent = await rich.db.write(statements_of, settle.settle, due, answer, next_at)

    assert sent == ["SELECT", "UPDATE"]
    assert await work.stands(due.order) == Stand(State.ACTIVE, due=seconds(7))


async def test_a_claim_takes_two_statements_and_none_that_is_due_takes_one(
    rich: Books, work: Work
) -> None:
    await work.is_active()
    rich.wait(seconds=30)

    sent = [await rich.db.write(statements_of, poll.claim, ACC, 4) for _ in range(2)]

    assert sent == [["SELECT", "UPDATE"], ["SELECT"]]


async def test_in_safe_mode_nothing_is_claimed_and_no_answer_changes_anything(
    rich: Books, work: Work
) -> None:
    due = await work.is_active()
    before = await work.stands(due.order)
    await rich.db.write(switch_on, Restored(rich.now, rich.now))

    assert await rich.db.write(settle.settle, due, says("Completed", "a:1"), rich.now) is None
    assert await work.stands(due.order) == before
    rich.wait(seconds=30)
    assert await rich.db.write(poll.claim, ACC, 4) == ()
