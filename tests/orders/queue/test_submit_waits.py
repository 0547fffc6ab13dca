"""An order that could not leave waits its time, and no outcome is lost with closed books."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.orders.attempts import SENDING_LEASE, accepted
from bot.orders.orphaned_orders import park_interrupted
from bot.orders.rules.moves import State
from bot.orders.submit import SubmitOrder, Unwritten
from bot.suppliers.errors import NotSent, Throttled
from tests.clock import TurnableClock
from tests.orders.work import Stand, Work, seconds
from tests.stored_shop import OLGA, SETTINGS, Books
from tests.suppliers.fake import FakeSupplier


@pytest.mark.parametrize(
    ("tries", "wait_s"), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (10, 60), (10**6, 60)]
)
async def test_each_try_waits_twice_as_long_up_to_a_minute(
    submit_order: SubmitOrder,
    work: Work,
    supplier: FakeSupplier,
    funded: Books,
    tries: int,
    wait_s: float,
) -> None:
    order = await work.queues()
    await funded.sql(f"UPDATE orders SET tries = {tries:d}")  # noqa: S608 - a number
    supplier.fails("balance", NotSent())

    await submit_order(supplier)

    assert await work.stands(order) == Stand(State.QUEUED, due=seconds(wait_s), tries=tries + 1)


@pytest.mark.parametrize(("takes_s", "wait_s"), [(0, 5), (2, 3), (5, 0), (9, 0)])
async def test_no_wait_reaches_beyond_our_patience(
    submit_order: SubmitOrder,
    work: Work,
    supplier: FakeSupplier,
    clock: TurnableClock,
    takes_s: float,
    wait_s: float,
) -> None:
    order = await work.queues()
    clock.turn(SETTINGS.patience - seconds(5))

    async def takes_long() -> None:
        clock.turn(seconds(takes_s))

    supplier.meanwhile["add"] = takes_long
    supplier.fails("add", Throttled(seconds(60)))

    await submit_order(supplier)

    assert await work.stands(order) == Stand(State.QUEUED, due=seconds(wait_s), tries=1)


@pytest.mark.parametrize(("waited_s", "is_told"), [(0, False), (299, False), (300, True)])
async def test_who_asks_to_wait_for_minutes_is_told_of(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, waited_s: float, is_told: bool
) -> None:
    await work.queues()
    work.books.wait(seconds=waited_s)
    supplier.fails("add", Throttled(seconds(9)))

    await submit_order(supplier)

    assert await work.alerts() == ["busy"] * is_told


async def test_who_takes_an_order_asks_to_wait_no_more(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    await work.queues()
    work.books.wait(minutes=5)
    supplier.fails("add", Throttled(seconds(9)))
    await submit_order(supplier)
    work.books.wait(seconds=9)

    await submit_order(supplier)

    assert await work.alerts() == ["busy", "over busy"]


class _LetsGo(logging.Handler):
    """Ends another program's hold on the file as soon as the shop says that it could not write."""

    def __init__(self, other: sqlite3.Connection) -> None:
        super().__init__()
        self._other = other

    def emit(self, record: logging.LogRecord) -> None:
        self._other.execute("ROLLBACK")


@pytest.mark.long
async def test_an_outcome_is_written_down_when_the_books_open_again(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, caplog: pytest.LogCaptureFixture
) -> None:
    order, file = await work.queues(), Path(work.books.url.partition(":///")[2])
    await work.books.sql("PRAGMA busy_timeout = 1")
    log = logging.getLogger("bot.orders.submit")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:

        async def locks() -> None:
            other.execute("BEGIN IMMEDIATE")

        supplier.meanwhile["add"] = locks
        log.addHandler(lets_go := _LetsGo(other))
        await submit_order(supplier)
        log.removeHandler(lets_go)

    [taken] = supplier.orders
    assert supplier.verbs().count("add") == 1
    assert await work.stands(order) == Stand(State.ACTIVE, due=seconds(0))
    assert caplog.messages == [f"not written yet: order {order} is {taken} at accplanet"]


@pytest.mark.long
@pytest.mark.parametrize("parked", [False, True])
async def test_an_id_is_kept_for_as_long_as_the_books_are_closed(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, *, parked: bool
) -> None:
    order, file = await work.queues(), Path(work.books.url.partition(":///")[2])
    await work.books.sql("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:

        async def locks() -> None:
            other.execute("BEGIN IMMEDIATE")

        supplier.meanwhile["add"] = locks
        await submit_order(supplier)
        assert await work.books.state(order) is State.SUBMITTING
        other.execute("ROLLBACK")
    if parked:
        work.books.wait(minutes=3)
        assert await work.books.db.write(park_interrupted, SENDING_LEASE) == 1
    del supplier.meanwhile["add"]
    [taken] = supplier.orders
    [kept] = submit_order.unwritten
    kept.due_s = 0.0

    await submit_order(supplier)

    assert submit_order.unwritten == []
    assert await work.stands(order) == Stand(State.ACTIVE, due=seconds(0))
    assert (await work.books.polls_one()).remote == taken
    assert supplier.verbs().count("add") == 1


async def test_an_outcome_that_cannot_be_written_blocks_no_other_order(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    async def breaks() -> None:
        raise DatabaseUnavailable(why="locked")

    submit_order.unwritten.append(stuck := Unwritten(supplier.name, breaks, "order 9 is 10"))
    order = await work.queues()

    assert await submit_order(supplier)
    assert await submit_order(supplier) is False

    assert await work.books.state(order) is State.ACTIVE
    assert submit_order.unwritten == [stuck]
    assert stuck.tries == 1  # and the next time is later


async def test_an_outcome_that_was_written_after_all_is_told_to_nobody(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    await work.queues()
    sent = await work.books.sends()
    answer = await supplier.add(sent.service, sent.quantity, sent.link)
    for _ in range(2):  # the second time because the first commit was cut off
        assert await work.books.db.write(accepted, sent, answer)

    assert await work.books.told(OLGA) == []
