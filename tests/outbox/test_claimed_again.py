"""A row whose lease ends while it is sent is sent once, and its chat is free at once after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest

from bot.db.database import Database
from bot.outbox import store
from bot.outbox.notices import OrderEnded
from bot.outbox.sender import Sender, SendingLimits, SendOutcome, SendResult
from tests.clock import TurnableClock
from tests.outbox.chats import Chats
from tests.stored_shop import ALICE, Books

QUICK = SendingLimits(overall_per_s=100_000)
LATE = timedelta(minutes=2)
Act = Callable[[], Awaitable[None]]


class Held:
    """A database; around one transaction of some kind something else happens, once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.before: dict[Any, Act] = {}
        self.after: dict[Any, Act] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    async def write(self, fn: Any, *args: Any) -> Any:
        if (first := self.before.pop(fn, None)) is not None:
            await first()
        done = await self._db.write(fn, *args)
        if (then := self.after.pop(fn, None)) is not None:
            await then()
        return done


@pytest.fixture
async def chats(books_url: str, clock: TurnableClock) -> AsyncIterator[Chats]:
    async with AsyncExitStack() as stack:
        yield Chats(await Books.open(books_url, clock, stack))


@pytest.fixture
def held(chats: Chats) -> Held:
    return Held(chats.books.db)


@pytest.fixture
def sender(chats: Chats, held: Held) -> Sender:
    db: Any = held
    return Sender(db, chats.send, QUICK)


async def test_a_claim_that_comes_while_the_outcome_is_written_gives_the_chat_back(
    chats: Chats, held: Held, sender: Sender, clock: TurnableClock
) -> None:
    async def claimed_again() -> None:
        clock.turn(LATE)
        assert await sender.step() == 1

    row = await chats.tells(ALICE, OrderEnded(1))
    held.before[store.sent] = claimed_again
    assert await sender.step() == 1

    assert [one.id for one in chats.carried] == [row]
    await chats.tells(ALICE, OrderEnded(2))
    assert await sender.step() == 1, "the chat is free at once"


async def test_a_claim_that_is_heard_of_after_the_row_was_sent_sends_it_no_more(
    chats: Chats, held: Held, sender: Sender, clock: TurnableClock
) -> None:
    claimed, noted = asyncio.Event(), asyncio.Event()

    async def let_the_other_claim() -> None:
        clock.turn(LATE)

        async def heard_late() -> None:
            claimed.set()
            await noted.wait()

        held.after[store.claim] = heard_late
        workers.create_task(sender.step())
        await claimed.wait()

    row = await chats.tells(ALICE, OrderEnded(1))
    held.before[store.sent] = let_the_other_claim
    async with asyncio.TaskGroup() as workers:
        assert await sender.step() == 1
        noted.set()

    assert [one.id for one in chats.carried] == [row]
    await chats.tells(ALICE, OrderEnded(2))
    assert await sender.step() == 1, "the chat is free at once"


async def test_a_chat_that_was_asked_to_wait_waits_though_it_was_claimed_again(
    chats: Chats, held: Held, sender: Sender, clock: TurnableClock
) -> None:
    async def claimed_again() -> None:
        clock.turn(LATE)
        assert await sender.step() == 1

    chats.will(ALICE, SendResult(SendOutcome.LATER, timedelta(seconds=90)))
    await chats.tells(ALICE, OrderEnded(1))
    held.before[store.postpone_chat] = claimed_again
    assert await sender.step() == 1

    clock.turn(timedelta(seconds=89))
    assert await sender.step() == 0
    clock.turn(timedelta(seconds=1))
    assert await sender.step() == 1
    assert len(await chats.messages()) == 1
