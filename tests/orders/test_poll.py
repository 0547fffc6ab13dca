"""An order is asked about often at first and seldom later; only a clear word counts against it."""

from datetime import timedelta

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.base.money import ZERO
from bot.orders.poll import Poller, PollOrder, pace
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending
from bot.suppliers.errors import (
    Malformed,
    NotSent,
    RefusalKind,
    Refused,
    SupplierError,
    Throttled,
    Unreadable,
)
from bot.suppliers.port import SupplierHealth
from tests.orders.work import Stand, Work, seconds
from tests.stored_shop import usd
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import bad_key, no_such_order, too_few

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("age_s", "every_s"),
    [
        (0, 1), (29.9, 1), (30, 2), (119, 2), (120, 5), (599, 5), (600, 20), (3599, 20),
        (3600, 120), (86_399, 120), (86_400, 600), (10**6, 600),
    ],
)  # fmt: skip
def test_each_age_has_its_pace(age_s: float, every_s: float) -> None:
    assert pace(seconds(age_s)) == seconds(every_s)


async def test_what_is_due_is_read_now_and_once(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier
) -> None:
    due = await work.is_active()
    poller = Poller(supplier, poll_order)
    assert await poller.step() == 0  # it is claimed already

    work.books.wait(seconds=30)
    assert await poller.step() == 1
    assert await poller.step() == 0
    assert supplier.asked == [("status", due.remote)]


async def test_a_fallen_supplier_is_asked_about_one_order_at_a_time(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier
) -> None:
    for _ in range(2):
        await work.is_active()
    work.books.wait(seconds=30)
    supplier.health = SupplierHealth(down_since=work.books.now)

    assert await Poller(supplier, poll_order).step() == 0
    assert supplier.verbs() == ["status"]


async def test_an_order_that_breaks_is_read_later_and_holds_up_no_other(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier, caplog: pytest.LogCaptureFixture
) -> None:
    broken, well = await work.is_active(), await work.is_active()
    work.books.wait(seconds=30)
    supplier.fails("status", RuntimeError("a reader of ours broke"))
    supplier.orders[well.remote].delivers("ann:1", "ben:2", "cid:3")

    poller = Poller(supplier, poll_order)
    assert [await poller.step() for _ in range(3)] == [1, 1, 0]

    assert await work.stands(broken.order) == Stand(State.ACTIVE, due=timedelta(minutes=5))
    assert await work.stands(well.order) == Stand(State.COMPLETED)
    assert "order_broke" in caplog.text
    assert f"order={broken.order}" in caplog.text
    assert "a reader of ours broke" in caplog.text


async def test_closed_books_are_the_loops_trouble(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier
) -> None:
    await work.is_active()
    work.books.wait(seconds=30)
    supplier.fails("status", DatabaseUnavailable("gone"))

    with pytest.raises(DatabaseUnavailable):
        await Poller(supplier, poll_order).step()


@pytest.mark.parametrize(("jitter", "wait_s"), [(0, 108), (0.5, 120), (1, 132)])
async def test_an_answer_is_settled_with_the_next_reading_out_of_step(
    work: Work, supplier: FakeSupplier, jitter: float, wait_s: float
) -> None:
    due = await work.is_active()
    work.books.clock.turn(HOUR)

    assert await work.follows(jitter)(supplier, due) is None

    assert supplier.asked == [("status", due.remote)]
    assert await work.stands(due.order) == Stand(State.ACTIVE, due=seconds(wait_s))
    assert await work.books.sql("SELECT last_said FROM orders") == [
        ("status: In progress, remains: 3, accounts: (0)",)
    ]


async def test_an_end_is_told(poll_order: PollOrder, work: Work, supplier: FakeSupplier) -> None:
    due = await work.is_active()
    supplier.orders[due.remote].delivers("ann:1", "ben:2", "cid:3")

    ending = await poll_order(supplier, due)

    assert ending == Ending(State.COMPLETED, usd("3"), ZERO, 3)
    assert await work.stands(due.order) == Stand(State.COMPLETED)
    assert await work.books.goods(due.order) == [("ann:1", "ben:2", "cid:3")]


async def test_what_needs_a_person_is_no_end(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier
) -> None:
    due = await work.is_active()
    supplier.orders[due.remote].status = "Failed"

    assert await poll_order(supplier, due) is None
    assert await work.stands(due.order) == Stand(State.ATTENTION, Reason.TROUBLE_STATUS)


@pytest.mark.parametrize(
    ("failure", "age", "wait_s"),
    [
        (Throttled(seconds(17)), seconds(0), 17),
        (Throttled(seconds(17)), HOUR, 17),
        (NotSent(), seconds(0), 5),
        (Malformed("garbage"), seconds(0), 5),
        (Malformed("garbage"), HOUR, 30),
        (NotSent(), 25 * HOUR, 30),
        (NotSent(), 15 * seconds(60), 20),
        (too_few(), seconds(0), 5),
        (too_few(), HOUR, 120),
        (Refused("Not found", RefusalKind.NO_SUCH_THING), HOUR, 120),
    ],
)
async def test_what_told_nothing_costs_nothing_but_a_wait(
    poll_order: PollOrder,
    work: Work,
    supplier: FakeSupplier,
    *,
    failure: SupplierError,
    age: timedelta,
    wait_s: float,
) -> None:
    due = await work.is_active()
    work.books.clock.turn(age)
    supplier.fails("status", failure)

    assert await poll_order(supplier, due) is None

    assert await work.stands(due.order) == Stand(State.ACTIVE, due=seconds(wait_s))
    assert await work.pauses() == ()


@pytest.mark.parametrize(("age", "wait_s"), [(seconds(0), 5), (HOUR, 120)])
async def test_a_stranger_is_counted_by_the_clear_word_alone(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier, age: timedelta, wait_s: float
) -> None:
    due = await work.is_active()
    work.books.clock.turn(age)
    supplier.fails("status", no_such_order())

    assert await poll_order(supplier, due) is None

    assert await work.stands(due.order) == Stand(State.ACTIVE, due=seconds(wait_s), misses=1)


async def test_a_wrong_key_pauses_the_supplier_and_not_the_order(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier
) -> None:
    due = await work.is_active()
    supplier.fails("status", bad_key())

    await poll_order(supplier, due)

    assert await work.pauses() == ("key",)
    assert await work.stands(due.order) == Stand(State.ACTIVE, due=seconds(5))


async def test_an_order_that_cannot_be_followed_waits_five_minutes(
    poll_order: PollOrder, work: Work
) -> None:
    due = await work.is_active()

    await poll_order.postpone(due)

    assert await work.stands(due.order) == Stand(State.ACTIVE, due=timedelta(minutes=5))


@pytest.mark.parametrize("age", [seconds(0), timedelta(days=2)])
async def test_an_order_whose_answers_cannot_be_read_needs_a_person_within_three_minutes(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier, *, age: timedelta
) -> None:
    due = await work.is_active()
    other = await work.is_active()
    work.books.clock.turn(age)
    for nth in range(12):
        assert await work.stands(due.order) == Stand(
            State.ACTIVE, due=(await work.stands(due.order)).due, misses=nth
        )
        supplier.fails("status", Unreadable("not JSON"))
        await poll_order(supplier, due)
        work.books.wait(seconds=10)

    assert await work.stands(due.order) == Stand(State.ATTENTION, Reason.UNREADABLE, misses=12)
    supplier.orders[other.remote].delivers("ann:1", "ben:2", "cid:3")
    assert await poll_order(supplier, other)
    assert await work.books.sql("SELECT said FROM answers WHERE said LIKE '%read%'") == [
        ("cannot be read: not JSON",)
    ]


async def test_one_answer_that_can_be_read_forgets_those_that_could_not(
    poll_order: PollOrder, work: Work, supplier: FakeSupplier
) -> None:
    due = await work.is_active()
    for _ in range(11):
        supplier.fails("status", Unreadable("not JSON"))
        await poll_order(supplier, due)
    await poll_order(supplier, due)

    assert (await work.stands(due.order)).misses == 0
