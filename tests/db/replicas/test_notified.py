"""Who is alone notifies nobody; who joins hears of everything from then on."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.base.topics import HEARTBEAT
from tests.clock import TurnableClock
from tests.db.replicas.beating import begins, two
from tests.db.test_wake import OTHER, WORK, is_woken, listening, note_other
from tests.stored_shop import Books

pytestmark = pytest.mark.server


@pytest.fixture
async def shared(postgresql_books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    async with AsyncExitStack() as stack:
        yield await Books.open(postgresql_books_url, clock, stack)


async def test_one_process_alone_notifies_nobody_until_another_joins(
    shared: Books, postgresql_books_url: str
) -> None:
    first = await begins(shared)
    async with listening(postgresql_books_url) as other:
        await first.books.db.write(lambda tx: tx.wake(WORK))
        other.waker.event(OTHER).clear()
        await other.write(note_other)  # it has no heart, so it cannot know who lives
        await is_woken(other, OTHER)
        assert first.books.db.waker.event(WORK).is_set()
        assert not other.waker.event(WORK).is_set()

        await begins(await shared.another())
        await first.heart.step()
        await first.books.db.write(lambda tx: tx.wake(WORK))
        await is_woken(other)


async def test_one_that_was_taken_for_dead_tells_the_others_that_it_is_back(
    shared: Books, postgresql_books_url: str
) -> None:
    first, second = await two(shared)
    assert first.books.db.replicas == 1  # it has not looked since the second joined
    await second.waits(8)
    async with listening(postgresql_books_url) as other:
        other.waker.event(HEARTBEAT).clear()
        await first.heart.step()
        await is_woken(other, HEARTBEAT)
    assert first.books.db.replicas == 2
