"""A look at a number brings each code once, with its text where there is one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.numbers.poll import NumberPoller, PollNumber
from bot.orders.rules.moves import State
from bot.orders.views import RentalState
from bot.suppliers.errors import Malformed, NotSent, SupplierError, Throttled, Unreadable
from bot.suppliers.port import NumberAnswer, SupplierHealth
from bot.suppliers.words import Code
from tests.orders.work import Work, seconds
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import FakeNumber, bad_key, number_says, too_few

WAITING = number_says("waiting")
FIRST, SECOND = Code("111", "Your code is 111"), Code("222", "Your code is 222")
SHOWN = number_says("code_received", "111")
TOLD = number_says("code_received")
MANY = tuple(Code(f"{nth:06}") for nth in range(30))
TEXTS = tuple(Code("", f"{left} seconds left") for left in range(10, 5, -1))


async def test_what_is_due_is_looked_at_now_and_once(
    watch: PollNumber, work: Work, supplier: FakeSupplier
) -> None:
    due = await work.is_rented()
    watcher = NumberPoller(supplier, watch)
    assert await watcher.step() == 0  # it is claimed already

    work.books.wait(seconds=20)
    assert await watcher.step() == 1
    assert await watcher.step() == 0
    assert supplier.asked == [("number_status", due.remote)]


async def test_a_fallen_supplier_is_asked_about_one_number_at_a_time(
    watch: PollNumber, work: Work, supplier: FakeSupplier
) -> None:
    for _ in range(2):
        await work.is_rented()
    work.books.wait(seconds=30)
    supplier.health = SupplierHealth(down_since=work.books.now)

    assert await NumberPoller(supplier, watch).step() == 0
    assert supplier.verbs() == ["number_status"]


async def test_a_number_that_breaks_is_looked_at_later_and_holds_up_no_other(
    watch: PollNumber, work: Work, supplier: FakeSupplier, caplog: pytest.LogCaptureFixture
) -> None:
    broken, well = await work.is_rented(), await work.is_rented()
    work.books.wait(seconds=30)
    supplier.fails("number_status", RuntimeError("a reader of ours broke"))

    assert await NumberPoller(supplier, watch).step() == 2

    assert [remote for _, remote in supplier.asked] == [broken.remote, well.remote]
    assert "number_broke" in caplog.text
    assert f"order={broken.order}" in caplog.text
    assert "a reader of ours broke" in caplog.text
    assert await work.looked_at_in(broken.order) > await work.looked_at_in(well.order)


async def test_closed_books_are_the_loops_trouble(
    watch: PollNumber, work: Work, supplier: FakeSupplier
) -> None:
    await work.is_rented()
    work.books.wait(seconds=30)
    supplier.fails("number_status", DatabaseUnavailable("gone"))

    with pytest.raises(DatabaseUnavailable):
        await NumberPoller(supplier, watch).step()


@pytest.mark.parametrize(
    ("known", "answer", "full", "codes"),
    [
        ((), SHOWN, FIRST, (FIRST,)),
        ((), SHOWN, None, (Code("111"),)),
        ((), SHOWN, NotSent(), (Code("111"),)),
        ((), SHOWN, Code("", "Your code is 111"), (FIRST,)),
        ((), SHOWN, SECOND, (Code("111"), SECOND)),
        ((), TOLD, FIRST, (FIRST,)),
        ((), TOLD, None, ()),
        ((FIRST,), replace(SHOWN, code="222"), SECOND, (SECOND,)),
        ((), replace(SHOWN, status="waiting"), FIRST, (FIRST,)),
        ((Code("", "Welcome"),), TOLD, FIRST, (FIRST,)),
        ((Code("", "Welcome"),), TOLD, Code("", "Your code is 7"), (Code("", "Your code is 7"),)),
        (TEXTS, TOLD, Code("", "5 seconds left"), ()),
        (TEXTS, TOLD, FIRST, (FIRST,)),
    ],
)
async def test_a_code_comes_with_its_text_where_there_is_one(
    watch: PollNumber,
    work: Work,
    supplier: FakeSupplier,
    *,
    known: tuple[Code, ...],
    answer: NumberAnswer,
    full: Code | SupplierError | None,
    codes: tuple[Code, ...],
) -> None:
    due = await work.is_rented(*known)
    number = supplier.numbers[due.remote] = FakeNumber(answer)
    if isinstance(full, SupplierError):
        supplier.fails("number_code", full)
    else:
        number.newest = full

    state = await watch(supplier, due)

    assert state is (RentalState.RECEIVED if known or codes else RentalState.WAITING)
    assert supplier.asked == [("number_status", due.remote), ("number_code", due.remote)]
    assert await work.codes(due.order) == (*known, *codes)
    paid = State.COMPLETED if known or codes else State.ACTIVE
    assert await work.books.state(due.order) is paid
    assert await work.books.faults() == ()


@pytest.mark.parametrize(("known", "answer"), [((), WAITING), ((FIRST,), SHOWN), (MANY, SHOWN)])
async def test_nobody_asks_for_a_code_that_is_known_or_not_there_or_the_last_of_too_many(
    watch: PollNumber,
    work: Work,
    supplier: FakeSupplier,
    known: tuple[Code, ...],
    answer: NumberAnswer,
) -> None:
    due = await work.is_rented(*known)
    supplier.numbers[due.remote] = FakeNumber(answer)

    assert await watch(supplier, due) is due.state

    assert supplier.asked == [("number_status", due.remote)]
    assert await work.codes(due.order) == known


@pytest.mark.parametrize(("jitter", "wait_s"), [(0, 3.8), (0.5, 4), (1, 4.2)])
async def test_a_look_that_cannot_be_read_is_counted_and_repeated_soon(
    work: Work, supplier: FakeSupplier, jitter: float, wait_s: float
) -> None:
    due, other = await work.is_rented(), await work.is_rented()
    before = await work.looked_at_in(other.order)
    supplier.fails("number_status", Unreadable("no JSON"))

    assert await work.watches(jitter)(supplier, due) is None

    assert await work.looked_at_in(due.order) == seconds(wait_s)
    assert await work.looked_at_in(other.order) == before
    assert (await work.stands(due.order)).misses == 1
    said = await work.books.sql("SELECT said FROM answers ORDER BY id DESC LIMIT 1")
    assert said == [("cannot be read: no JSON",)]


async def test_a_look_that_saw_nothing_leaves_other_numbers_and_closed_ones_alone(
    watch: PollNumber, work: Work, supplier: FakeSupplier
) -> None:
    due, other = await work.is_rented(), await work.is_rented()
    before = await work.looked_at_in(other.order)
    supplier.fails("number_status", NotSent())

    await watch(supplier, due)

    assert await work.looked_at_in(due.order) == seconds(4)
    assert await work.looked_at_in(other.order) == before


@pytest.mark.parametrize(
    ("failure", "jitter", "wait_s"),
    [
        (NotSent(), 0.5, 4),
        (Malformed("garbage"), 0, 3.8),
        (Malformed("garbage"), 1, 4.2),
        (too_few(), 0.5, 4),
        (Throttled(timedelta(seconds=20)), 0.5, 20),
        (Throttled(timedelta(seconds=20)), 0, 19),
    ],
)
@pytest.mark.parametrize("at", ["number_status", "number_code"])
async def test_a_look_that_saw_nothing_is_repeated_soon_and_out_of_step(
    work: Work,
    supplier: FakeSupplier,
    *,
    failure: SupplierError,
    jitter: float,
    wait_s: float,
    at: str,
) -> None:
    due = await work.is_rented()
    supplier.numbers[due.remote] = FakeNumber(TOLD)
    supplier.fails(at, failure)

    assert await work.watches(jitter)(supplier, due) is None

    assert await work.looked_at_in(due.order) == seconds(wait_s)
    assert await work.codes(due.order) == ()
    assert await work.pauses() == ()


async def test_a_wrong_key_pauses_the_supplier(
    watch: PollNumber, work: Work, supplier: FakeSupplier
) -> None:
    due = await work.is_rented()
    supplier.fails("number_status", bad_key())

    await watch(supplier, due)

    assert await work.pauses() == ("key",)


async def test_a_number_that_cannot_be_watched_waits_half_a_minute(
    watch: PollNumber, work: Work
) -> None:
    due = await work.is_rented()

    await watch.postpone(due)

    assert await work.looked_at_in(due.order) == seconds(30)


async def test_our_own_clock_ends_what_is_overdue(watch: PollNumber, work: Work) -> None:
    due = await work.is_rented()
    assert await watch.end_overdue() == 0

    work.books.wait(minutes=22)

    assert await watch.end_overdue() == 1
    assert await work.books.state(due.order) is State.CANCELED
