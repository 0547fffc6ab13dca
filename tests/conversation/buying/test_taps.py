"""A tap counts once, however often it is brought."""

import asyncio

import pytest

from bot.money.ledger import Wallet
from sandbox.suppliers.timelines import completes
from tests.conversation.human import ALICE, Human
from tests.conversation.shop import Shop
from tests.stored_shop import usd


async def test_an_account_is_bought_in_at_most_eight_taps_and_one_typed_number(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.sends("/start")
    taps_before = len(alice.person.answers)
    for label in ("Catalog", "Social", "Aged account", "Buy"):
        await alice.taps(label)
    await alice.sends("3")
    await alice.taps("Pay")
    await shop.works()
    await shop.passes(seconds=4)

    alice.sees("ann:1", "ben:2", "cid:3")
    assert len(alice.person.answers) - taps_before <= 8
    assert alice.person.unanswered == ()
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_from_greeting_to_goods_are_six_taps_and_the_same_again_are_two(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(2), ["ann:1"])
    await alice.sends("/start")
    before = len(alice.person.answers)
    for label in ("Catalog", "Social", "Aged account", "Buy", "Continue", "Pay"):
        await alice.taps(label)
    await shop.works()
    await shop.passes(seconds=4)
    alice.sees("ann:1")
    assert len(alice.person.answers) - before == 6

    shop.accplanet.plan(completes(2), ["ben:2"])
    await alice.sends("/start")
    await alice.taps("🔁 Aged account × 1")
    await alice.taps("Pay")
    await shop.works()
    await shop.passes(seconds=4)
    alice.sees("ben:2")
    assert await alice.count_orders() == 2


async def test_a_hundred_taps_at_once_on_one_confirm_buy_once(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    confirm, card = alice.button("Pay"), alice.card.message_id
    for _ in range(100):
        alice.person.taps_raw(confirm, card)
    await shop.hears()
    await shop.works()

    assert await alice.count_orders() == 1
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))
    assert shop.accplanet.adds_received == 1
    assert alice.person.unanswered == ()
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_taps_that_reach_two_processes_at_once_buy_once(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    confirm, card = alice.button("Pay"), alice.card.message_id
    for _ in range(20):
        alice.person.taps_raw(confirm, card)
    updates = await shop.kiosk.bot.get_updates(timeout=0)
    mine = [one for one in updates if one.callback_query and one.callback_query.data == confirm]
    async with shop.restarted() as other:
        pair = (shop.kiosk, other)
        async with asyncio.TaskGroup() as tasks:
            for nth, update in enumerate(mine):
                process = pair[nth % 2]
                tasks.create_task(process.dispatcher.feed_update(process.bot, update))
        await shop.works()

    assert len(mine) == 20
    assert await alice.count_orders() == 1
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_a_tap_after_a_restart_finds_the_order_of_the_tap_before(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    confirm, card = alice.button("Pay"), alice.card.message_id
    await alice.forges(confirm, card)
    async with shop.restarted():
        await alice.forges(confirm, card)
        await shop.works()

        alice.sees_last("Order #1")
        assert await alice.count_orders() == 1
        assert shop.accplanet.adds_received == 1
        assert await shop.proof() == ()


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_confirm_that_telegram_delivers_again_buys_once(
    shop: Shop, alice: Human, *, restarts: bool
) -> None:
    await alice.goes_to_confirm()
    update = alice.person.taps("Pay")
    await shop.hears()
    shop.telegram.redeliver(update)
    if restarts:
        async with shop.restarted():
            await shop.hears()
    else:
        await shop.hears()

    assert await alice.count_orders() == 1
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))
    assert await shop.proof() == ()


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_top_up_that_telegram_delivers_again_counts_once(
    shop: Shop, alice: Human, olga: Human, *, restarts: bool
) -> None:
    update = olga.person.sends(f"/topup {ALICE} 5 thanks")
    await shop.hears()
    shop.telegram.redeliver(update)
    if restarts:
        async with shop.restarted():
            await shop.hears()
        olga.sees_last("$5.00", "$10.00 → $15.00")
    else:
        await shop.hears()
    await shop.works()

    assert (await alice.wallet()).free == usd("15")
    assert alice.chat.count("$5.00 was added") == 1
    assert await shop.proof() == ()
