"""Canceled, forgotten, backwards or unreadable: the money moves once, or a person is called."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import (
    Stage,
    canceled,
    completes,
    goes_backwards,
    never,
    steps,
    trouble,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

Buying = Callable[[Human], Awaitable[None]]
THREE = ["ann:1", "ben:2", "cid:3"]


@pytest.mark.parametrize("buys", [Human.buys, Human.buys_followers])
async def test_a_canceled_order_is_paid_back_once_by_however_many_pollers(
    shop: Shop, alice: Human, buys: Buying
) -> None:
    for world in shop.suppliers:
        world.plan(canceled(5))
    await buys(alice)
    await shop.works()
    one_process = shop.kiosk
    await shop.restarts()
    for _ in range(8):
        await shop.leaps(1, seconds=1)
        async with asyncio.TaskGroup() as tasks:
            for poller in (*one_process.pollers, *shop.kiosk.pollers) * 2:
                tasks.create_task(poller.step())
    await shop.leaps(3, hours=1)

    assert await shop.state() is State.CANCELED
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert alice.times("is back in your balance.") == 1
    alice.sees_last("Order #1 was canceled.")
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_cancel_after_goods_pays_all_back_and_tells_the_operator(
    shop: Shop, alice: Human, olga: Human
) -> None:
    one_came = Stage(status="In progress", delivered=1, shown=1)
    shop.accplanet.plan(steps((0, one_came), (5, Stage(status="Canceled", paid_units=0))), THREE)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.CANCELED
    alice.sees("ann:1", "$0.36 is back in your balance.")
    assert olga.times("after goods had been delivered") == 1
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert await shop.proof() == ()


@on_sqlite
async def test_a_status_of_trouble_moves_no_money_and_calls_a_person(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(trouble(spelling="ERROR"))
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.ATTENTION
    alice.sees_last(
        "🔒 Your money is safe: $0.36 is set aside", "someone from the shop is looking at it"
    )
    alice.sees_nothing_of("ERROR")
    assert olga.times("⚠️ An order needs a person.") == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_an_order_that_goes_backwards_delivers_each_account_once(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(goes_backwards(), THREE)
    await alice.buys()
    await shop.passes(seconds=25)
    assert await shop.state() is State.COMPLETED
    for goods in THREE:
        assert alice.times(goods) == 1
    assert await shop.proof() == ()


@on_sqlite
@pytest.mark.parametrize(("buys", "status"), [(Human.buys, 400), (Human.buys_mailboxes, 200)])
async def test_an_order_the_supplier_forgot_for_long_calls_a_person_once(
    shop: Shop, alice: Human, olga: Human, buys: Buying, status: int
) -> None:
    for world in shop.suppliers:
        world.plan(never())
        world.faults.always("status", wire_faults.error_text("Order not found", status))
    await buys(alice)
    await shop.passes(seconds=30)
    assert await shop.state() is State.ACTIVE

    await shop.leaps(25, seconds=15)
    assert await shop.state() is State.ATTENTION
    assert (await shop.details()).order.reason is Reason.UNKNOWN_TO_SUPPLIER
    assert alice.times("Something went wrong with order #1") == 1
    assert olga.times("⚠️ An order needs a person.") == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_an_order_forgotten_for_a_moment_goes_on(shop: Shop, alice: Human) -> None:
    no = wire_faults.error_text("Order not found", 400)
    shop.accplanet.faults.next("status", no, times=15)
    await alice.buys()
    await shop.leaps(30, seconds=15)
    assert await shop.state() is State.COMPLETED
    alice.sees_nothing_of("Something went wrong with order")
    assert await shop.proof() == ()


@on_sqlite
@pytest.mark.parametrize("buys", [Human.buys, Human.buys_mailboxes])
async def test_statuses_that_cannot_be_read_for_hours_lose_nothing(
    shop: Shop, alice: Human, buys: Buying
) -> None:
    for world in shop.suppliers:
        world.plan(completes(5), THREE)
        world.faults.always("status", wire_faults.server_error())
    await buys(alice)
    await shop.works()
    for fault in (
        wire_faults.html_page(),
        wire_faults.throttle("30"),
        wire_faults.lost_reply(),
        wire_faults.error_text("Too many open orders"),
    ):
        for world in shop.suppliers:
            world.faults.always("status", fault)
        await shop.leaps(2, hours=1)
        assert await shop.state() is State.ACTIVE, fault.name

    for world in shop.suppliers:
        world.faults.clear()
    await shop.leaps(2, minutes=10)
    assert await shop.state() is State.COMPLETED
    assert alice.times("ann:1") == 1
    assert await shop.proof() == ()
    assert not shop.trouble()
