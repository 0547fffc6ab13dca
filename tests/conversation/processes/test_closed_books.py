"""A locked, read-only or full database: a clear line, no money moved, and on it goes after."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import structlog

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CustomerId
from bot.chat.catalog.taps import OpenService
from bot.chat.orders.taps import TakeQuantity
from bot.money.ledger import Wallet
from bot.ops.loop import Step
from bot.orders import read
from sandbox.suppliers.timelines import completes
from tests.conversation.closed_books import locked, read_only, sets
from tests.conversation.human import ALICE, Human
from tests.conversation.once import runs_once
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
CLOSED = "Nothing was charged. The shop is closed for a check; please come back later."
Trouble = Callable[[Shop], Any]
TROUBLES: dict[str, Trouble] = {"locked": locked, "read-only": read_only}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_confirm_on_closed_books_charges_nothing_and_works_afterwards(
    shop: Shop, alice: Human, trouble: str
) -> None:
    shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cid:3"])
    await alice.goes_to_confirm()
    confirm, card = alice.button("Pay"), alice.card.message_id
    async with TROUBLES[trouble](shop):
        await alice.forges(confirm, card)
        alice.sees_last(CLOSED)
        assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))

    await alice.forges(confirm, card)
    await shop.works()
    await shop.passes(seconds=3)
    alice.sees("ann:1", "ben:2", "cid:3")
    assert (await alice.wallet()).free == usd("9.64")
    assert shop.accplanet.adds_received == 1
    assert alice.person.unanswered == ()
    assert await shop.proof() == ()
    assert not shop.trouble()


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_top_up_on_closed_books_changes_nothing_and_works_afterwards(
    shop: Shop, alice: Human, olga: Human, trouble: str
) -> None:
    async with TROUBLES[trouble](shop):
        await olga.sends(f"/topup {ALICE} 5")
        olga.sees_last("closed")
        assert (await alice.wallet()).free == usd("10")

    await olga.sends(f"/topup {ALICE} 5")
    olga.sees_last("$10.00 → $15.00")
    assert (await alice.wallet()).free == usd("15")
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_browsing_goes_on_while_another_holds_the_books(shop: Shop, alice: Human) -> None:
    async with locked(shop):
        await alice.sends("/catalog")
        await alice.taps("Social")
        await alice.taps("Aged account")
        alice.sees_last("Aged account", "In stock: 100")
        await alice.sends("/wallet")
        alice.sees_last("Balance: $10.00")


async def test_a_stranger_who_comes_to_closed_books_is_answered(shop: Shop) -> None:
    who = Human(shop, shop.telegram.person(77, "Nina", username="nina"))
    async with locked(shop):
        await who.sends("/start")
        who.sees_last("Nothing was charged by this tap: something went wrong.")
    await who.sends("/start")
    who.sees_last("Welcome to")


async def test_goods_that_come_while_the_books_are_closed_are_not_lost(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.works()
    async with read_only(shop):
        with pytest.raises(DatabaseUnavailable):
            await shop.passes(seconds=3)
        assert "ann:1" not in alice.chat
    await shop.leaps(2, minutes=2)

    assert alice.chat.count("ann:1") == 1
    assert await shop.proof() == ()


async def test_workers_say_in_one_line_that_the_books_are_closed(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys()
    await olga.sends(f"/topup {ALICE} 5")
    shop.clock.turn(timedelta(hours=1))
    kiosk = shop.kiosk
    steps: list[Step] = [submit_queue.step for submit_queue in kiosk.submit_queues]
    steps += [poller.step for poller in kiosk.pollers]
    steps += [partial(kiosk.timetable.run_if_due, entry) for entry in kiosk.timetable.entries]
    async with locked(shop):
        with structlog.testing.capture_logs() as lines:
            for step in (kiosk.sender.step, *steps):
                await runs_once(step)

    fell = [line for line in lines if line["event"] == "worker_failed"]
    assert len(fell) > 3
    assert all(line["why"] for line in fell)
    assert [line for line in lines if line.get("exc_info")] == []
    await shop.works()
    assert await shop.proof() == ()


async def test_a_full_disk_stops_purchases_between_two_orders_and_never_inside_one(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    service = OpenService.unpack(alice.button("Cancel")).service
    await sets(shop, "max_page_count = 1")  # as many as there are now
    for _ in range(60):
        await alice.forges(TakeQuantity(service=service, quantity=1).pack())
        if alice.card.find_button("Pay"):
            await alice.taps("Pay")
        if CLOSED in alice.card.text:
            break
    alice.sees_last(CLOSED)
    await sets(shop, "max_page_count = 1000000")

    page = await shop.kiosk.shop.store.db.read(
        read.list_orders, CustomerId(ALICE), 0, only_open=False
    )
    held = usd("0.12").micros * page.total
    assert (await alice.wallet()).held.micros == held
    assert (await alice.wallet()).free.micros == usd("10").micros - held
    assert await shop.proof() == ()
    await alice.buys()
    alice.sees_last(f"Order #{page.total + 1}")


async def test_a_full_disk_gives_credit_wholly_or_not_at_all(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sets(shop, "max_page_count = 1")
    given = 0
    for _ in range(100):
        await olga.sends(f"/topup {ALICE} 1 " + "n" * 190)
        if CLOSED in olga.card.text:
            break
        given += 1
    olga.sees_last(CLOSED)
    await sets(shop, "max_page_count = 1000000")

    assert (await alice.wallet()).free.micros == usd(str(10 + given)).micros
    assert await shop.proof() == ()
    await olga.sends(f"/topup {ALICE} 1")
    olga.sees_last("$1.00 of credit given.")
