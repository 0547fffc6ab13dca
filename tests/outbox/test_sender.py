"""What the sender promises about rows of the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.base.topics import OUTBOX
from bot.ops.loop import run_worker
from bot.outbox import store
from bot.outbox.notices import GoodsArrived, OrderCard, OrderEnded
from bot.outbox.sender import (
    LONGEST_WAIT,
    Sender,
    SendingLimits,
    SendOutcome,
    SendResult,
    growing_wait,
)
from bot.outbox.store import Outgoing
from tests.clock import TurnableClock
from tests.outbox.chats import Chats
from tests.outbox.queued import claim
from tests.stored_shop import ALICE, BOB, OLGA, Books

QUICK = SendingLimits(overall_per_s=100_000)


@pytest.fixture
async def chats(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[Chats]:
    async with AsyncExitStack() as stack:
        yield Chats(await Books.open(sqlite_books_url, clock, stack))


@pytest.fixture
def sender(chats: Chats) -> Sender:
    return Sender(chats.books.db, chats.send, QUICK)


async def works(sender: Sender) -> None:
    """Everything that is due leaves."""
    while await sender.step():
        pass


async def test_a_carried_row_is_settled_with_its_message(sender: Sender, chats: Chats) -> None:
    row = await chats.tells(ALICE, OrderEnded(1))
    assert await sender.step() == 1
    assert await chats.messages() == {row: 1000 + row}
    assert await sender.step() == 0


async def test_a_delivery_leaves_before_the_edit_of_a_card(sender: Sender, chats: Chats) -> None:
    await chats.tells(ALICE, OrderCard(1))
    await chats.tells(ALICE, GoodsArrived(1, 1))
    await works(sender)
    assert [type(row.notice) for row in chats.carried] == [GoodsArrived, OrderCard]


async def test_a_row_claimed_while_its_process_stood_still_is_sent_at_once_after(
    chats: Chats,
) -> None:
    stood_still = iter([True, False])
    sender = Sender(chats.books.db, chats.send, QUICK, hold=lambda: lambda: not next(stood_still))
    row = await chats.tells(ALICE, OrderEnded(1))
    await sender.step()
    assert await chats.messages() == {}, "by then it may be another process's"
    await sender.step()
    assert await chats.messages() == {row: 1000 + row}


async def test_a_row_that_was_claimed_by_another_since_stays_theirs(chats: Chats) -> None:
    books, others = chats.books, list[Outgoing]()
    await chats.tells(ALICE, OrderEnded(1))
    [mine] = await claim(books)
    books.clock.turn(timedelta(minutes=2))
    others += await claim(books)
    await books.db.write(store.return_row, mine)
    assert await claim(books) == []
    assert [row.claim for row in others] == [mine.claim + 1]


async def test_a_chat_that_waits_out_a_flood_does_not_hold_up_another(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    chats.will(ALICE, SendResult(SendOutcome.LATER, timedelta(seconds=30)))
    slow = await chats.tells(ALICE, OrderEnded(1))
    fast = await chats.tells(BOB, OrderEnded(2))
    await works(sender)
    assert set(await chats.messages()) == {fast}
    assert await chats.next_due() == clock.now() + timedelta(seconds=30)

    clock.turn(timedelta(seconds=29))
    await works(sender)
    assert set(await chats.messages()) == {fast}

    clock.turn(timedelta(seconds=1))
    await sender.step()
    assert set(await chats.messages()) == {fast, slow}


async def test_a_chat_gets_a_short_burst_and_then_one_message_a_second(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    for order in range(5):
        await chats.tells(ALICE, OrderEnded(order))
    await works(sender)
    assert len(chats.carried) == 3
    assert await sender.idle_s() == 1.0

    for expected in (4, 5):
        clock.turn(timedelta(seconds=1))
        await works(sender)
        assert len(chats.carried) == expected


async def test_goods_never_wait_for_the_cards_before_them(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    began = clock.now()
    for order in range(4):
        await chats.tells(ALICE, OrderCard(order))
    await works(sender)
    assert len(chats.carried) == 2

    await chats.tells(ALICE, GoodsArrived(1, 1))
    await sender.step()
    assert [type(row.notice) for row in chats.carried] == [OrderCard, OrderCard, GoodsArrived]

    while len(await chats.messages()) < 5:
        assert await sender.idle_s() <= 2.0
        clock.turn(timedelta(seconds=await sender.idle_s()))
        await works(sender)
    assert clock.now() <= began + timedelta(seconds=4)


async def test_an_unreachable_person_keeps_what_waits_and_is_looked_up_again(
    chats: Chats,
) -> None:
    lost: list[int] = []
    sender = Sender(chats.books.db, chats.send, QUICK, lost.append)
    chats.will(ALICE, SendResult(SendOutcome.UNREACHABLE))
    row = await chats.tells(ALICE, GoodsArrived(1, 1))
    await sender.step()
    assert await chats.state(row) == ("unreachable", "")
    assert lost == [ALICE]

    await chats.books.meets(ALICE)
    await sender.step()
    assert await chats.messages() == {row: 1000 + row}


async def test_what_can_never_be_sent_is_dropped_with_the_reason(
    sender: Sender, chats: Chats
) -> None:
    chats.will(ALICE, SendResult(SendOutcome.DROPPED, why="no such order"))
    row = await chats.tells(ALICE, OrderEnded(1))
    await sender.step()
    assert await chats.state(row) == ("dropped", "no such order")


async def test_a_broken_row_waits_and_the_others_go_on(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    chats.will(ALICE, KeyError("a bug"))
    broken = await chats.tells(ALICE, OrderEnded(1))
    fine = await chats.tells(BOB, OrderEnded(2))
    assert await sender.step(5) == 2
    assert set(await chats.messages()) == {fine}
    assert await chats.state(broken) == ("pending", "KeyError")
    assert await chats.next_due() == clock.now() + growing_wait(0)


async def test_a_row_that_stays_broken_holds_up_nobody_in_its_chat(
    sender: Sender, chats: Chats
) -> None:
    chats.will(ALICE, KeyError("a bug"))
    broken = await chats.tells(ALICE, GoodsArrived(1, 1))
    await chats.books.sql("UPDATE outbox SET tries = 50")
    fine = await chats.tells(ALICE, OrderEnded(1))
    await works(sender)
    assert fine in await chats.messages()
    assert await chats.state(broken) == ("pending", "KeyError")
    assert await chats.books.told(OLGA) == ["a-oddity"]


async def test_a_row_that_the_database_kept_from_being_rendered_is_not_broken(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    chats.will(ALICE, *[DatabaseUnavailable("away")] * 5)
    goods = await chats.tells(ALICE, GoodsArrived(1, 1))
    for _ in range(5):
        await works(sender)
        clock.turn(LONGEST_WAIT)
    assert await chats.state(goods) == ("pending", "")
    assert await chats.books.told(OLGA) == []


async def test_nothing_overtakes_a_row_that_the_database_kept_from_being_rendered(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    chats.will(ALICE, DatabaseUnavailable("away"))
    await chats.tells(ALICE, GoodsArrived(1, 1))
    await sender.step()
    await chats.tells(ALICE, OrderEnded(1))
    await works(sender)
    assert await chats.messages() == {}
    assert await chats.next_due() == clock.now() + growing_wait(0)


async def test_a_carrying_that_hangs_is_left_and_the_row_waits(
    chats: Chats, clock: TurnableClock
) -> None:
    async def hangs(_row: Outgoing) -> SendResult:
        await asyncio.Event().wait()
        raise AssertionError

    limits = SendingLimits(overall_per_s=100_000, send_within=timedelta(milliseconds=1))
    await chats.tells(ALICE, OrderEnded(1))
    assert await Sender(chats.books.db, hangs, limits).step() == 1
    assert await chats.messages() == {}
    assert await chats.next_due() == clock.now() + growing_wait(0)


async def test_running_sends_what_is_there_and_at_once_what_is_told_while_it_rests(
    sender: Sender, chats: Chats
) -> None:
    stopping, wake = asyncio.Event(), chats.books.db.waker.event(OUTBOX)
    rests = asyncio.Event()

    async def idle_s() -> float:
        rests.set()
        return 60.0

    await chats.tells(ALICE, OrderEnded(1))
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(run_worker("sender", sender.step, stopping, wake, idle_s))
        for told in (1, 2):
            await rests.wait()
            rests.clear()
            assert len(await chats.messages()) == told
            await chats.tells(BOB, OrderEnded(2))
        await rests.wait()
        stopping.set()
        wake.set()
    assert len(await chats.messages()) == 3


def test_waits_grow_and_are_bounded() -> None:
    waits = [growing_wait(tries) for tries in range(40)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=2)
    assert waits[-1] == LONGEST_WAIT


async def test_a_clock_that_jumps_while_a_message_is_out_sends_it_once(
    chats: Chats, clock: TurnableClock
) -> None:
    row = await chats.tells(ALICE, OrderEnded(1))
    begun, may_end = asyncio.Event(), asyncio.Event()
    sent = []

    async def hangs(one: Outgoing) -> SendResult:
        sent.append(one.id)
        begun.set()
        await may_end.wait()
        return SendResult(SendOutcome.SENT, message=1)

    sender = Sender(chats.books.db, hangs, QUICK)
    async with asyncio.TaskGroup() as workers:
        workers.create_task(sender.step())
        await begun.wait()
        clock.turn(timedelta(days=1))
        assert await sender.step() == 1
        may_end.set()

    assert sent == [row]
    assert await sender.step() == 0
    await chats.tells(ALICE, OrderEnded(2))
    assert await sender.step() == 1, "the chat is free at once"
