"""What the sender promises about the operators' group."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.base.ids import CustomerId
from bot.outbox import store
from bot.outbox.notices import OrderEnded
from bot.outbox.sender import LONGEST_WAIT, Sender, SendingLimits, SendOutcome, SendResult
from tests.clock import TurnableClock
from tests.outbox.chats import Chats
from tests.stored_shop import Books

GROUP = CustomerId(-100500)


@pytest.fixture
async def chats(books_url: str, clock: TurnableClock) -> AsyncIterator[Chats]:
    async with AsyncExitStack() as stack:
        yield Chats(await Books.open(books_url, clock, stack))


@pytest.fixture
def sender(chats: Chats) -> Sender:
    return Sender(chats.books.db, chats.send, SendingLimits(overall_per_s=100_000))


async def works(sender: Sender) -> None:
    """Everything that is due leaves."""
    while await sender.step():
        pass


async def test_a_group_gets_a_short_burst_and_then_twenty_messages_a_minute(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    for order in range(30):
        await chats.tells(GROUP, OrderEnded(order))
    await works(sender)
    assert len(chats.carried) == 3
    for _ in range(60):
        clock.turn(timedelta(seconds=1))
        await works(sender)
    assert len(chats.carried) == 3 + 20


async def test_a_group_that_takes_nothing_keeps_everything_and_is_asked_again(
    sender: Sender, chats: Chats, clock: TurnableClock
) -> None:
    closed = SendResult(SendOutcome.CLOSED, LONGEST_WAIT, why="kicked")
    chats.will(GROUP, closed, closed)
    rows = [await chats.tells(GROUP, OrderEnded(order)) for order in range(2)]
    db = chats.books.db
    await works(sender)
    assert not await db.read(store.is_open, GROUP)
    clock.turn(LONGEST_WAIT)
    await works(sender)
    assert len(chats.carried) == 2
    await db.write(store.try_again, GROUP)
    await works(sender)
    assert set(await chats.messages()) == set(rows)
    assert await db.read(store.is_open, GROUP)
