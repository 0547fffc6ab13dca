"""Whether a person can be reached is known of the chat, whatever happens to its slot."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.base.ids import CustomerId
from bot.outbox import store
from bot.outbox.notices import AnyNotice, GoodsArrived
from bot.outbox.store import Outgoing
from bot.people import customers
from bot.safety import leases
from bot.safety.copies import make_copy, read_copy, restore_copy
from tests.outbox.queued import CREDITED, claim, sent, tell
from tests.races import all_at_once
from tests.stored_shop import ALICE, BOB, OLGA, SETTINGS, Books

GOODS = GoodsArrived(1, 1)


async def begins_to_tell(books: Books, key: str, notice: AnyNotice = GOODS) -> Outgoing:
    """A notice for Alice, claimed to be sent."""
    await tell(books, ALICE, key, notice)
    [row] = [row for row in await claim(books) if row.chat == ALICE]
    return row


@pytest.fixture
async def lost(books: Books) -> Books:
    """Alice stopped the bot while a delivery was on its way to her."""
    await books.meets(ALICE)
    await books.db.write(store.unreachable, await begins_to_tell(books, "first"))
    return books


async def is_reachable(books: Books, customer: CustomerId) -> bool:
    found = await books.db.read(customers.find, customer)
    assert found is not None
    return found.reachable


async def starts_again(books: Books) -> None:
    await books.db.write(leases.release_claims, books.db.settings.replica)


async def is_told_more(books: Books) -> None:
    await sent(books, await begins_to_tell(books, "sent", CREDITED))


async def has_an_edit_put_off(books: Books) -> None:
    row = await begins_to_tell(books, "card", CREDITED)
    await books.db.write(store.postpone_row, row, books.now + timedelta(seconds=5))


async def has_to_wait(books: Books) -> None:
    row = await begins_to_tell(books, "later", CREDITED)
    await books.db.write(store.postpone_chat, row, books.now + timedelta(seconds=5))


@pytest.mark.parametrize("happens", [starts_again, is_told_more, has_an_edit_put_off, has_to_wait])
async def test_a_person_who_is_gone_stays_gone_until_they_are_seen(
    lost: Books, happens: Callable[[Books], Awaitable[None]]
) -> None:
    await happens(lost)
    assert not await is_reachable(lost, ALICE)

    await lost.meets(ALICE)
    assert await is_reachable(lost, ALICE)
    lost.wait(minutes=2)
    assert GOODS in [row.notice for row in await claim(lost)]


async def test_a_start_frees_every_chat_that_the_run_before_had_claimed(books: Books) -> None:
    await books.meets(ALICE)
    await begins_to_tell(books, "first")
    assert await claim(books) == []
    await starts_again(books)

    assert len(await claim(books)) == 1


async def test_whom_nothing_was_said_to_yet_can_be_reached(books: Books) -> None:
    await books.meets(BOB)

    assert await is_reachable(books, BOB)


async def test_a_copy_knows_who_cannot_be_reached(lost: Books, tmp_path: Path) -> None:
    file = tmp_path / "monday.copy"
    await lost.meets(OLGA)
    await make_copy(lost.url, file, lost.clock)
    found = await read_copy(file, SETTINGS)
    async with AsyncExitStack() as stack:
        url = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.db'}"
        elsewhere = await Books.connect(url, lost.clock, stack)
        await restore_copy(elsewhere.db, file, found, lost.now)

        assert not await is_reachable(elsewhere, ALICE)
        assert await is_reachable(elsewhere, OLGA)


async def test_who_comes_back_while_being_lost_is_never_left_waiting(books: Books) -> None:
    """Both orders are right; reachable with deliveries that wait for a return is not."""
    other = await books.another()
    for nth in range(20):
        row = await begins_to_tell(books, f"goods {nth}")
        lose = books.db.write(store.unreachable, row)
        meet = other.meets(ALICE)
        await all_at_once(*((lose, meet) if nth % 2 else (meet, lose)))
        waits = await books.sql("SELECT count(*) FROM outbox WHERE state = 'unreachable'")
        assert (waits == [(0,)]) == await is_reachable(books, ALICE)
        await books.meets(ALICE)
