"""The database went away while an attempt was written down: nothing has left, and is noted."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.orders import attempts, decide, orphaned_orders
from bot.orders.orphaned_orders import not_left
from bot.orders.rules.moves import Reason, State
from bot.orders.submit import SubmitOrder
from bot.suppliers.port import MayLeave, at_any_time
from tests.orders.work import Stand, Work, seconds
from tests.stored_shop import BY, Books
from tests.suppliers.fake import FakeSupplier


async def outcomes(books: Books) -> list[str]:
    return [one for (one,) in await books.sql("SELECT outcome FROM attempts ORDER BY number")]


@pytest.mark.parametrize("parked", [False, True])
async def test_an_attempt_that_was_written_unheard_is_taken_back_and_the_order_sent_again(
    rich: Books, *, parked: bool
) -> None:
    order = await rich.buys()
    claimed = await rich.claims()
    await rich.db.write(attempts.begin, claimed, None)
    if parked:
        await rich.db.write(orphaned_orders.park_interrupted, timedelta(0))
        assert await rich.state(order) is State.IN_DOUBT

    await rich.db.write(not_left, claimed)

    assert await rich.state(order) is State.QUEUED
    assert await outcomes(rich) == ["not_sent"]
    assert await rich.accepts(await rich.sends())
    assert await outcomes(rich) == ["not_sent", "accepted"]
    assert await rich.faults() == ()


async def test_what_an_operator_has_decided_of_it_meanwhile_stands(rich: Books) -> None:
    order = await rich.buys()
    claimed = await rich.claims()
    await rich.db.write(attempts.begin, claimed, None)
    await rich.db.write(orphaned_orders.park_interrupted, timedelta(0))
    await rich.db.write(decide.fail_order, BY, order, Reason.NOT_PLACED)

    await rich.db.write(not_left, claimed)

    assert await rich.state(order) is State.FAILED
    assert await outcomes(rich) == ["not_sent"]
    assert await rich.faults() == ()


async def test_an_order_whose_attempt_was_not_written_is_due_at_once(rich: Books) -> None:
    order = await rich.buys()
    claimed = await rich.claims()

    await rich.db.write(not_left, claimed)

    assert (await rich.claims()).order == order


async def test_an_attempt_of_somebody_else_is_left_alone(rich: Books) -> None:
    order = await rich.buys()
    claimed = await rich.claims()
    rich.wait(minutes=2)
    sent = await rich.sends()

    await rich.db.write(not_left, claimed)

    assert await rich.state(order) is State.SUBMITTING
    assert await outcomes(rich) == [""]
    assert await rich.accepts(sent)


async def test_nothing_leaves_by_an_attempt_that_the_database_did_not_take(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    order, file = await work.queues(), Path(work.books.url.partition(":///")[2])
    await work.books.sql("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:

        def hold() -> MayLeave:
            other.execute("BEGIN IMMEDIATE")
            return at_any_time

        unlucky = replace(submit_order, fence=replace(submit_order.fence, hold=hold))
        with pytest.raises(DatabaseUnavailable):
            await unlucky(supplier)
        other.execute("ROLLBACK")
    assert supplier.verbs() == ["balance"]
    [kept] = submit_order.unwritten
    assert kept.words == f"order {order} has not left"
    kept.due_s = 0.0

    assert await submit_order(supplier)

    assert submit_order.unwritten == []
    assert await work.stands(order) == Stand(State.ACTIVE, due=seconds(0))
