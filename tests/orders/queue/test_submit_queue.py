"""A supplier's lane sends, reads evidence for doubts, and keeps what closed books did not take."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.orders.calibration.conclude import ConcludeCalibrations
from bot.orders.collect_evidence import CollectEvidence
from bot.orders.rules.moves import Reason, State
from bot.orders.submit import SubmitOrder, SubmitQueue, Unwritten
from bot.suppliers.errors import Refused
from tests.orders.work import Stand, Work
from tests.stored_shop import ACC, HSTOCK
from tests.suppliers.fake import FakeSupplier


@pytest.fixture
def lane(submit_order: SubmitOrder, work: Work, supplier: FakeSupplier) -> SubmitQueue:
    evidence = CollectEvidence(work.books.db, work.watch, work.books.clock)
    conclude = ConcludeCalibrations(work.books.db, work.watch, work.books.clock)
    return SubmitQueue(supplier, submit_order, evidence, conclude)


async def breaks() -> None:
    raise DatabaseUnavailable(why="locked")


async def stores() -> None:
    """The books take it."""


async def test_an_idle_lane_rests(lane: SubmitQueue, supplier: FakeSupplier) -> None:
    assert await lane.step() == 0
    assert supplier.asked == []


async def test_a_lane_with_an_order_sends_it_and_goes_on_at_once(
    lane: SubmitQueue, work: Work, supplier: FakeSupplier
) -> None:
    order = await work.queues()

    assert await lane.step() == 1

    assert supplier.verbs() == ["balance", "add"]
    assert await work.books.state(order) is State.ACTIVE
    assert await lane.step() == 0


async def test_a_lane_with_a_doubt_reads_the_balance_and_goes_on_at_once(
    lane: SubmitQueue, work: Work, supplier: FakeSupplier
) -> None:
    sent = await work.books.in_doubt()
    work.books.wait(minutes=10)

    assert await lane.step() == 1

    assert supplier.verbs() == ["balance"]
    query = f"SELECT COUNT(*) FROM readings WHERE order_id = {sent.order}"  # noqa: S608 - a number
    assert await work.books.sql(query) == [(2,)]


async def test_of_a_doubt_and_an_order_both_are_seen_to_in_one_step(
    lane: SubmitQueue, work: Work, supplier: FakeSupplier
) -> None:
    await work.books.in_doubt()
    work.books.wait(minutes=10)
    order = await work.queues()

    assert await lane.step() == 1

    assert supplier.verbs() == ["balance", "balance", "add"]
    assert await work.books.state(order) is State.ACTIVE


async def test_what_is_not_written_is_tried_again_later_each_time_and_at_most_half_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outcome = Unwritten(ACC, breaks, "order 9 is 10")
    pauses_s = []
    for _ in range(9):
        before_s = asyncio.get_running_loop().time()
        assert await outcome.is_stored() is False
        pauses_s.append(outcome.due_s - before_s)

    assert pauses_s == pytest.approx([0.5, 1, 2, 4, 8, 16, 30, 30, 30], abs=0.4)
    assert outcome.tries == 9
    assert caplog.messages == ["not written yet: order 9 is 10"] * 9


async def test_what_breaks_while_it_is_written_is_told_with_its_cause_and_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails() -> None:
        raise RuntimeError

    outcome = Unwritten(ACC, fails, "order 9 is 10")

    assert await outcome.is_stored() is False

    assert caplog.messages == ["could not be written: order 9 is 10"]
    assert "RuntimeError" in caplog.text
    assert outcome.tries == 1


async def test_what_the_books_take_at_once_is_stored(caplog: pytest.LogCaptureFixture) -> None:
    outcome = Unwritten(ACC, stores, "order 9 is 10")

    assert await outcome.is_stored() is True

    assert (outcome.tries, outcome.due_s) == (0, 0)
    assert caplog.messages == []


async def test_only_what_is_due_at_the_supplier_itself_is_written_again(
    submit_order: SubmitOrder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.orders.submit")
    later_s = asyncio.get_running_loop().time() + 60
    mine = Unwritten(ACC, stores, "order 1 is 11")
    later = Unwritten(ACC, stores, "order 2 is 12", due_s=later_s)
    broken = Unwritten(ACC, breaks, "order 3 is 13")
    other = Unwritten(HSTOCK, stores, "order 4 is 14")
    submit_order.unwritten.extend([later, mine, broken, other])

    await submit_order.write_again(ACC)

    assert submit_order.unwritten == [later, broken, other]
    assert caplog.messages == ["written at last: order 1 is 11", "not written yet: order 3 is 13"]


@pytest.mark.long
async def test_a_refusal_that_closed_books_did_not_take_is_kept_and_written_first(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, caplog: pytest.LogCaptureFixture
) -> None:
    order, file = await work.queues(), Path(work.books.url.partition(":///")[2])
    await work.books.sql("PRAGMA busy_timeout = 1")
    supplier.fails("add", Refused("No."))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:

        async def locks() -> None:
            other.execute("BEGIN IMMEDIATE")

        supplier.meanwhile["add"] = locks
        await submit_order(supplier)
        other.execute("ROLLBACK")

    words = f"order {order} ended in Refused"
    assert caplog.messages.count(f"not written yet: {words}") == 4
    assert caplog.messages[-1] == f"kept in memory until it can be written: {words}"
    [kept] = submit_order.unwritten
    assert (kept.supplier, kept.words) == (ACC, words)
    kept.due_s = 0.0

    await submit_order.write_again(ACC)

    assert await work.stands(order) == Stand(State.FAILED, Reason.REFUSED)
    assert await work.attempts(order) == [("refused", "No.")]
