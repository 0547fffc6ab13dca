"""How orders end: what came is delivered once, what did not come is paid back once."""

from collections.abc import Awaitable, Callable

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers.timelines import (
    LEFT_OUT,
    completed_then_accounts_later,
    completed_with_fewer,
    completed_with_more,
    completes,
    last_stage_with,
    partial,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

Buying = Callable[[Human], Awaitable[None]]
THREE = ["ann:1", "ben:2", "cid:3"]


@on_sqlite
async def test_goods_of_the_other_supplier_arrive_as_well(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan(completes(3), THREE)
    await alice.buys_mailboxes()
    await shop.passes(seconds=6)
    assert await shop.state() is State.COMPLETED
    for goods in THREE:
        assert alice.times(goods) == 1
    assert await alice.wallet() == Wallet(free=usd("8.92"), held=usd("0"))
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_work_on_a_link_ends_with_a_word_about_the_money(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan(completes(3))
    await alice.buys_followers()
    await shop.passes(seconds=6)
    assert await shop.state() is State.COMPLETED
    assert shop.hstockplus.last_order.link == "https://instagram.com/alice"
    alice.sees_last("✅ $0.60 was paid.", "Order #1 is complete.")
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_goods_that_come_within_two_minutes_after_the_end_are_waited_for(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completed_then_accounts_later(later_s=100), THREE)
    await alice.buys()
    await shop.passes(seconds=60)
    assert await shop.state() is State.ACTIVE
    await shop.passes(seconds=60)
    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE)
    assert await shop.proof() == ()


@on_sqlite
@pytest.mark.parametrize("buys", [Human.buys, Human.buys_mailboxes])
async def test_fewer_goods_than_bought_are_delivered_and_a_person_looks_for_the_rest(
    shop: Shop, alice: Human, olga: Human, buys: Buying
) -> None:
    for world in shop.suppliers:
        world.plan(completed_with_fewer(2), THREE)
    await buys(alice)
    await shop.passes(seconds=20)
    alice.sees("ann:1", "ben:2")
    assert await shop.state() is State.ACTIVE

    await shop.leaps(5, seconds=40)
    assert await shop.state() is State.ATTENTION
    assert (await shop.details()).order.reason is Reason.GOODS_MISSING
    alice.sees_last("🔒 Your money is safe", "someone from the shop is looking at it")
    assert alice.times("Something went wrong with order #1") == 1
    assert olga.times("⚠️ An order needs a person.") == 1
    olga.sees_last("Delivered: 2 of 3", "the supplier calls it done, but goods are missing")
    await shop.leaps(3, hours=2)
    assert alice.times("Something went wrong with order #1") == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_more_goods_than_bought_are_passed_on_and_not_charged(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(completed_with_more(2), [*THREE, "dan:4", "eva:5"])
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE, "dan:4", "eva:5")
    assert olga.times("more was delivered than ordered") == 1
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0"))
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_of_partly_delivered_accounts_only_those_that_came_are_paid(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(partial(2), THREE)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.PARTIAL
    alice.sees("ann:1", "ben:2")
    alice.sees("💳 $0.12 is back in your balance; $0.24 was paid.", "2 of 3 delivered")
    assert await alice.wallet() == Wallet(free=usd("9.76"), held=usd("0"))
    await shop.leaps(3, hours=1)
    assert await alice.wallet() == Wallet(free=usd("9.76"), held=usd("0"))
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_of_work_partly_done_the_rest_is_paid_back(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan(partial(400))
    await alice.buys_followers()
    await shop.passes(seconds=8)
    assert await shop.state() is State.PARTIAL
    alice.sees_last("💳 $0.36 is back in your balance; $0.24 was paid.", "400 of 1,000")
    assert await alice.wallet() == Wallet(free=usd("9.76"), held=usd("0"))
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_unbelievable_rest_of_work_moves_no_money_and_calls_a_person(
    shop: Shop, alice: Human, olga: Human
) -> None:
    unbelievable: tuple[object, ...] = (LEFT_OUT, None, -1, "1.5", 1001, "abc")
    for remains in unbelievable:
        shop.hstockplus.plan(last_stage_with(partial(400), {"remains": remains}))
        await alice.buys_followers()
    await shop.passes(seconds=8)
    for order, remains in enumerate(unbelievable, 1):
        assert await shop.state(order) is State.ATTENTION, remains
        assert (await shop.details(order)).order.reason is Reason.BAD_REMAINS
        assert alice.times(f"Something went wrong with order #{order}") == 1
    assert await alice.wallet() == Wallet(free=usd("6.40"), held=usd("3.60"))
    assert olga.times("⚠️ An order needs a person.") == len(unbelievable)
    assert await shop.proof() == ()


@on_sqlite
async def test_an_unbelievable_rest_of_accounts_calls_a_person_and_what_came_is_delivered(
    shop: Shop, alice: Human
) -> None:
    unbelievable: tuple[object, ...] = (-1, "1.5", 4)
    for remains in unbelievable:
        shop.accplanet.plan(last_stage_with(partial(2), {"remains": remains}), THREE)
        await alice.buys()
    await shop.passes(seconds=8)
    for order, remains in enumerate(unbelievable, 1):
        assert await shop.state(order) is State.ATTENTION, remains
    assert alice.times("ann:1") == len(unbelievable)
    assert await alice.wallet() == Wallet(free=usd("8.92"), held=usd("1.08"))
    assert await shop.proof() == ()


@on_sqlite
async def test_accounts_are_counted_when_the_rest_is_not_said(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(last_stage_with(partial(2), {"remains": LEFT_OUT}), THREE)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.PARTIAL
    assert await alice.wallet() == Wallet(free=usd("9.76"), held=usd("0"))
    assert await shop.proof() == ()
