"""On a server nobody waits at the accounts of the shop and the world, where all money passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy.util import await_only

from bot.base.ids import CustomerId
from bot.base.money import Money
from bot.db.tx import Tx
from bot.money import ledger, post, topup
from bot.orders import settle
from tests.clock import TurnableClock
from tests.stored_shop import ALICE, BOB, Books, says, usd

CAROL = CustomerId(503)
WITHIN_S = 60.0
"""A row that is locked is waited for less long, and then refused."""


@pytest.fixture
async def shop(postgresql_books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """Where three have money, on a server."""
    async with AsyncExitStack() as stack:
        books = await Books.open(postgresql_books_url, clock, stack)
        for customer in (ALICE, BOB, CAROL):
            await books.has(customer, "10")
        yield books


async def test_captures_and_top_ups_wait_for_no_open_transaction(shop: Books) -> None:
    bought = [await shop.has_active(customer) for customer in (ALICE, BOB)]
    first, second = bought
    went_on: list[str] = []

    async def others() -> None:
        async with asyncio.timeout(WITHIN_S):
            await shop.hears(second, says("Completed", "bob:secret"))
            went_on.append("captured")
            await shop.has(CAROL, "5")
            went_on.append("topped up")

    def slow(tx: Tx) -> None:
        settle.settle(tx, first, says("Completed", "alice:secret"), tx.now)
        topup.top_up(tx, shop.act(), ALICE, usd("1"))
        await_only(others())

    await shop.db.write(slow)

    assert went_on == ["captured", "topped up"]
    assert await shop.faults() == ()
    assert await shop.db.read(post.balance, ledger.SALES) == usd("2")
    assert await shop.db.read(post.balance, ledger.MANUAL) == Money(-usd("36").micros)
    assert await shop.sql("SELECT sum(balance) FROM accounts") == [(0,)]


async def test_what_was_posted_before_there_were_shards_is_the_same_transfer(shop: Books) -> None:
    before = await shop.sql(
        "INSERT INTO accounts (account, kind) VALUES ('world:manual', 'world') RETURNING 1"
    )
    await shop.sql(
        "INSERT INTO transfers (debit, credit, amount, kind, idem_key, created_at)"
        " VALUES ('world:manual', 'customer:501', 5000000, 'topup', 'earlier', 0)"
    )
    again = await shop.has(ALICE, "5", "earlier")

    assert before
    assert not again.fresh
    assert await shop.db.read(post.balance, ledger.MANUAL) == Money(-usd("35").micros)
    assert await shop.faults() == ()
