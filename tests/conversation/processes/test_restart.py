"""A process that dies and the one after it: nothing is sent twice, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from bot.suppliers import Bound
from sandbox.suppliers import SupplierWorld, wire_faults
from sandbox.suppliers.timelines import completes
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd

PATIENT = replace(QUICK, add=Bound(5.0, 2**20), status=Bound(5.0, 2**20))
"""A new process takes a while to open; the supplier's answer is to come only after that."""
THREE = ["ann:1", "ben:2", "cid:3"]
Buying = Callable[[Human], Awaitable[None]]


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock, wire=PATIENT, stocked=True) as opened:
        yield opened


@asynccontextmanager
async def _hanging(
    shop: Shop, world: SupplierWorld, action: str
) -> AsyncIterator[asyncio.Task[None]]:
    """The workers of the old process, while the supplier keeps them waiting."""
    world.faults.next(action, wire_faults.hang())
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        working = tasks.create_task(shop.works())
        await world.faults.somebody_hangs()
        yield working


async def _killed_during(shop: Shop, world: SupplierWorld, action: str) -> None:
    async with _hanging(shop, world, action) as working:
        working.cancel()
        shop.crew.die()
    world.faults.clear()
    await shop.restarts()


async def _killed_while_sending(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(2), THREE)
    await alice.buys()
    await _killed_during(shop, shop.accplanet, "add")


@pytest.mark.parametrize("buys", [Human.buys, Human.buys_mailboxes])
async def test_an_order_that_was_being_sent_is_parked_at_the_start_and_told_once(
    shop: Shop, alice: Human, olga: Human, buys: Buying
) -> None:
    await buys(alice)
    at_mailboxes = buys is Human.buys_mailboxes
    world = shop.hstockplus if at_mailboxes else shop.accplanet
    await _killed_during(shop, world, "add")
    assert await shop.state() is State.IN_DOUBT
    assert (await shop.details()).order.reason is Reason.INTERRUPTED
    await shop.works()
    await shop.restarts()
    await shop.restarts()
    await shop.leaps(4, hours=5)

    assert world.adds_received == 1
    alice.sees_last("🔒 Your money is safe", "Order #1 is being checked.")
    assert alice.times("Order #1 is being checked.") == 1
    assert olga.times("Order #1: in doubt") == 1
    olga.sees("the bot stopped while it was being sent")
    held = usd("1.08") if at_mailboxes else usd("0.36")
    assert await alice.wallet() == Wallet(free=usd("10") - held, held=held)
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_an_answer_that_reaches_the_old_process_late_still_counts(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(2), THREE)
    await alice.buys()
    old = shop.crew
    async with _hanging(shop, shop.accplanet, "add"):
        await shop.restarts()
        assert await shop.state() is State.IN_DOUBT
        shop.crew, new = old, shop.crew
        shop.accplanet.faults.release()
    shop.crew = new
    assert await shop.state() is State.ACTIVE

    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    assert alice.times("ann:1") == 1
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_a_late_no_to_a_parked_order_gives_the_money_back(shop: Shop, alice: Human) -> None:
    await alice.buys()
    shop.accplanet.services["10042"].gone = True
    old = shop.crew
    async with _hanging(shop, shop.accplanet, "add"):
        await shop.restarts()
        shop.crew, new = old, shop.crew
        shop.accplanet.faults.release()
    shop.crew = new
    await shop.works()
    assert await shop.state() is State.FAILED
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert alice.card.text.startswith("💳 $0.36 is back in your balance.")
    assert await shop.proof() == ()


@on_sqlite
async def test_an_answer_after_the_operator_gave_the_money_back_only_tells_the_operator(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys()
    old = shop.crew
    async with _hanging(shop, shop.accplanet, "add"):
        await shop.restarts()
        await _sends_words(shop)
        await olga.taps("Write off")
        await olga.taps("Yes: write off")
        shop.crew, new = old, shop.crew
        shop.accplanet.faults.release()
    shop.crew = new
    await shop.leaps(3, hours=1)
    assert await shop.state() is State.FAILED
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert olga.times("the answer came late") == 1
    assert await shop.proof() == ()


async def _sends_words(shop: Shop) -> None:
    """Only the sender of the new process works: the lanes of the old one are still busy."""
    while await shop.kiosk.sender.step():
        pass


@on_sqlite
async def test_a_process_that_dies_before_the_order_left_leaves_it_to_the_next(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(2), THREE)
    await alice.buys()
    await _killed_during(shop, shop.accplanet, "balance")
    assert await shop.state() is State.QUEUED
    await shop.leaps(4, seconds=30)
    assert await shop.state() is State.COMPLETED
    assert shop.accplanet.adds_received == 1
    assert alice.times("ann:1") == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_process_that_dies_while_asking_for_the_status_loses_nothing(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(0), THREE)
    await alice.buys()
    await _killed_during(shop, shop.accplanet, "status")
    assert await shop.state() is State.ACTIVE
    await shop.leaps(3, seconds=20)
    assert await shop.state() is State.COMPLETED
    assert alice.times("ann:1") == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_goods_that_were_not_sent_before_the_end_of_a_process_are_sent_by_the_next(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(0), THREE)
    await alice.buys()
    for submit_queue in shop.kiosk.submit_queues:
        await submit_queue.step()
    for poller in shop.kiosk.pollers:
        await poller.step()
    assert await shop.state() is State.COMPLETED
    alice.sees_nothing_of("ann:1")

    await shop.restarts()
    await shop.works()
    assert alice.times("ann:1") == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_a_confirm_after_a_restart_is_the_same_purchase(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    tap, card = alice.button("Pay"), alice.card.message_id
    await alice.taps("Pay")
    await shop.restarts()
    await alice.forges(tap, card)
    await shop.passes(seconds=8)
    await shop.restarts()
    await alice.forges(tap, card)
    await shop.works()
    assert shop.accplanet.adds_received == 1
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0"))
    assert await shop.proof() == ()


async def test_after_an_interrupted_order_the_next_one_leaves(shop: Shop, alice: Human) -> None:
    await _killed_while_sending(shop, alice)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state(1) is State.IN_DOUBT
    assert await shop.state(2) is State.COMPLETED
    assert shop.accplanet.adds_received == 2
    assert await shop.proof() == ()


@on_sqlite
async def test_what_a_version_without_claims_was_sending_is_parked_too(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    async with _hanging(shop, shop.accplanet, "add") as working:
        working.cancel()
        shop.crew.die()
    shop.accplanet.faults.clear()
    await shop.kiosk.db.write(
        lambda tx: tx.connection.exec_driver_sql("UPDATE orders SET claimed_by = NULL")
    )
    await shop.restarts()
    assert await shop.state() is State.IN_DOUBT
    assert shop.accplanet.adds_received == 1
