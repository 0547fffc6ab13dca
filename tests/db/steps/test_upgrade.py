"""A shop that an earlier version has filled is the same shop after the upgrade."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.base.ids import CustomerId, OrderId
from bot.catalog import standing
from bot.db.migrations import migrate, newest
from bot.numbers import settle as numbers
from bot.orders import decide, orphaned_orders, poll
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.views import RentalState
from bot.outbox import store as outbox
from bot.outbox.notices import (
    GoodsArrived,
    Oddity,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
)
from bot.outbox.store import decode
from bot.people import customers
from bot.safety.tables import metadata
from tests.books import bare, connected
from tests.clock import TurnableClock
from tests.db.steps.earlier import FIRST, LEFT, LEFT_AT, leave, rows
from tests.db.steps.filled import CARL
from tests.db.steps.shape import Shape, rules_of, tables_of
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BOB, BY, Books, says


@pytest.fixture
async def old(left_url: str) -> AsyncIterator[Books]:
    """The shop as version 0001 has left it, opened by the code of today."""
    async with AsyncExitStack() as stack:
        yield await Books.connect(left_url, TurnableClock(LEFT_AT), stack)


@pytest.fixture
async def upgraded(old: Books) -> Books:
    await old.begins()
    return old


async def looked_at(url: str, make: Callable[[Connection], Any]) -> tuple[Shape, Shape]:
    """Tables and triggers of a database, after something was done to it."""
    async with connected(url) as database:
        await database.write(bare(make))
        return await database.read(bare(tables_of)), await database.read(bare(rules_of))


@pytest.mark.parametrize("version", LEFT)
async def test_a_new_database_and_an_upgraded_one_have_the_same_shape(
    database_url: str, fresh_url: str, version: str
) -> None:
    await leave(database_url, version)

    assert await looked_at(database_url, migrate) == await looked_at(fresh_url, migrate)


async def test_the_shape_is_the_one_that_the_code_works_with(
    database_url: str, fresh_url: str
) -> None:
    tables, _ = await looked_at(database_url, migrate)
    wanted, _ = await looked_at(fresh_url, metadata.create_all)

    assert tables == wanted


async def test_every_row_comes_through_an_upgrade_and_the_books_prove(old: Books) -> None:
    before = await old.db.read(bare(rows))
    assert await old.db.write(bare(migrate)) == FIRST

    assert await old.db.read(bare(rows)) == before
    assert {State(row[1]) for row in before["orders"]} == set(State)
    assert {RentalState(row[2]) for row in before["rentals"]} == set(RentalState)
    assert await old.faults() == ()


async def test_three_that_start_at_once_upgrade_once(left_url: str) -> None:
    async with AsyncExitStack() as stack:
        clock = TurnableClock(LEFT_AT)
        starters = [await Books.connect(left_url, clock, stack) for _ in range(3)]
        ways = await all_at_once(*(starter.db.write(bare(migrate)) for starter in starters))

        assert sorted(map(str, ways)) == [FIRST, newest(), newest()]
        assert await starters[0].faults() == ()


async def test_words_that_an_earlier_version_wrote_are_still_read(upgraded: Books) -> None:
    notices = [decode(text) for (text,) in await upgraded.sql("SELECT notice FROM outbox")]

    assert SupplierAlert(ACC, SupplierCause.DOWN) in notices
    assert OrderOddity(6, Oddity.LATE_CODE, "0.9 USD") in notices
    assert (await upgraded.db.read(standing.state, ACC)).pauses == (SupplierCause.WALLET,)


async def test_people_who_could_not_be_reached_still_cannot(upgraded: Books) -> None:
    found = [await upgraded.db.read(customers.find, CustomerId(one)) for one in range(501, 505)]

    assert {one.id for one in found if one is not None and not one.reachable} == {BOB, CARL}
    assert await upgraded.sql("SELECT chat, reachable FROM chat_slots ORDER BY chat") == [
        (501, 1), (502, 0), (503, 0), (900, 1),
    ]  # fmt: skip


async def test_deliveries_still_wait_and_go_out_when_their_people_are_back(
    upgraded: Books,
) -> None:
    upgraded.wait(hours=1)
    said = await _sends_everything(upgraded)
    assert [one.order for one in said[ALICE] if isinstance(one, GoodsArrived)] == [16]
    assert CARL not in said

    await upgraded.meets(BOB, CARL)
    said = await _sends_everything(upgraded)

    assert said == {BOB: [GoodsArrived(3, 1)], CARL: [GoodsArrived(2, 1)]}
    carl = await upgraded.db.read(customers.find, CARL)
    assert carl is not None
    assert carl.reachable


async def _sends_everything(books: Books) -> dict[CustomerId, list[Any]]:
    said: dict[CustomerId, list[Any]] = {}
    while due := await books.db.write(outbox.claim, 50):
        for row in due:
            said.setdefault(row.chat, []).append(row.notice)
            await books.db.write(outbox.sent, row, 1)
    return said


async def test_the_shop_works_on_after_an_upgrade(upgraded: Books) -> None:
    """What was under way ends, doubts are decided, people buy, numbers are looked at."""
    upgraded.wait(hours=1)
    older = upgraded.now - LEFT_AT
    assert await upgraded.db.write(orphaned_orders.park_interrupted, older) == 1
    for (order,) in await upgraded.sql("SELECT id FROM orders WHERE state = 'in_doubt'"):
        await upgraded.db.write(decide.fail_order, BY, OrderId(order), Reason.NOT_PLACED)
    for (order,) in await upgraded.sql("SELECT id FROM orders WHERE state = 'attention'"):
        await upgraded.db.write(decide.end, BY, OrderId(order), 0)
    for due in await upgraded.db.write(poll.claim, ACC, 9):
        await upgraded.hears(due, says("Completed", "a", "b", "c", "d"))
    for _ in range(2):
        await upgraded.db.write(numbers.end_overdue)
        upgraded.wait(hours=1)
    await upgraded.accepts(await upgraded.sends())
    await upgraded.hears(await upgraded.polls_one(), says("Completed", "z"))
    states = {row[0] for row in await upgraded.sql("SELECT state FROM orders")}

    assert states == set(FINISHED)
    assert await upgraded.faults() == ()
