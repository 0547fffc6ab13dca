"""A supplier that says what is not so: charges, currencies, statuses, goods and answers."""

from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import (
    Stage,
    completes,
    last_stage_with,
    never,
    partial,
    says,
    steps,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
THREE = ["ann:1", "ben:2", "cid:3"]
PAID = Wallet(free=usd("9.64"), held=usd("0"))
Buying = Callable[[Human], Awaitable[None]]


@pytest.mark.parametrize(
    "fault",
    [
        reply_faults.charge_times(10),
        reply_faults.currency("EUR"),
        reply_faults.changed(charge="0.3151"),
        reply_faults.changed(charge="0.2849"),
    ],
    ids=["ten times", "another currency", "a bit above", "a bit below"],
)
async def test_a_wrong_charge_pauses_the_service_is_told_once_and_the_order_goes_on(
    shop: Shop, alice: Human, olga: Human, fault: Fault
) -> None:
    shop.accplanet.faults.always("status", fault)
    shop.accplanet.plan(completes(3), THREE)
    shop.accplanet.plan(completes(3), THREE)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE)
    assert await alice.wallet() == PAID
    assert olga.times("⚠️ Order #1: the supplier took") == 1
    olga.sees("0.3 USD was expected", "new sales of this service are paused")

    await alice.sends("/catalog")
    await alice.taps("Social")
    assert "Aged account · $0.12 · ⏸ paused" in [row[0] for row in alice.card.labels]
    assert await shop.proof() == ()
    assert not shop.trouble()


@pytest.mark.parametrize("charge", ["0.315", "0.285", "abc"])
async def test_a_charge_within_five_percent_or_none_at_all_pauses_nothing(
    shop: Shop, alice: Human, olga: Human, charge: str | None
) -> None:
    shop.accplanet.faults.always("status", reply_faults.changed(charge=charge))
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.COMPLETED
    olga.sees_nothing_of("the supplier took")
    await alice.sends("/catalog")
    await alice.taps("Social")
    assert any("Aged" in label for row in alice.card.labels for label in row)


async def test_a_purchase_under_way_of_a_service_that_is_paused_is_not_charged(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.faults.always("status", reply_faults.charge_times(10))
    await alice.buys()
    await alice.goes_to_confirm()
    await shop.passes(seconds=8)
    await alice.taps("Pay")
    alice.sees("Nothing was charged. This is not for sale right now")
    assert shop.accplanet.adds_received == 1
    assert await alice.wallet() == PAID
    assert await shop.proof() == ()


async def test_an_honest_lower_charge_of_a_partial_order_pauses_nothing(
    shop: Shop, alice: Human, olga: Human
) -> None:
    one_look = steps((0, partial(1)(3)[-1].stage))
    shop.accplanet.plan(one_look, THREE)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.PARTIAL
    olga.sees_nothing_of("the supplier took")


@pytest.mark.parametrize("buys", [Human.buys, Human.buys_mailboxes])
async def test_an_unknown_status_keeps_the_order_and_is_told_once_for_each_spelling(
    shop: Shop, alice: Human, olga: Human, buys: Buying
) -> None:
    for world in shop.suppliers:
        world.plan(says("On hold"), THREE)
        world.plan(says("on HOLD"), THREE)
        world.plan(says("Completed?"), THREE)
    for _ in range(3):
        await buys(alice)
    await shop.passes(seconds=10)
    await shop.leaps(4, hours=1)
    for order in (1, 2, 3):
        assert await shop.state(order) is State.ACTIVE
    assert olga.times("answered a status that I do not know") == 2
    assert olga.chat.casefold().count("on hold") == 1
    olga.sees("Completed?")
    alice.sees_nothing_of("n hold", "Completed?")

    for world in shop.suppliers:
        for remote in world.orders.values():
            remote.complete()
    await shop.leaps(3, minutes=10)
    for number in (1, 2, 3):
        assert await shop.state(number) is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_an_answer_that_is_about_something_else_settles_nothing(
    shop: Shop, alice: Human
) -> None:
    overrides: tuple[dict[str, object], ...] = (
        {"order": "another"},
        {"status": ["Completed"]},
        {"status": None},
        {"status": ""},
        {"error": "Order found", "status": "Completed"},
    )
    for override in overrides:
        shop.accplanet.plan(last_stage_with(completes(2), override), THREE)
        await alice.buys()
    await shop.leaps(4, minutes=5)
    for order, override in enumerate(overrides, 1):
        assert await shop.state(order) is State.ACTIVE, override
    assert await alice.wallet() == Wallet(free=usd("8.20"), held=usd("1.80"))

    for remote in shop.accplanet.orders.values():
        remote.complete()
    await shop.leaps(3, minutes=5)
    for order in range(1, len(overrides) + 1):
        assert await shop.state(order) is State.COMPLETED
    assert await shop.proof() == ()


async def test_equal_accounts_are_as_many_as_they_are(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(2), ["twin:1", "twin:1", "ann:1"])
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.COMPLETED
    assert alice.chat.count("twin:1") == 2
    assert await shop.proof() == ()


async def test_goods_that_come_in_another_order_or_vanish_are_not_delivered_again(
    shop: Shop, alice: Human
) -> None:
    def shows(*accounts: str) -> Stage:
        return Stage(status="In progress", override={"accounts": list(accounts)})

    shop.accplanet.plan(
        steps(
            (0, shows("ann:1", "ben:2")),
            (4, shows("ben:2")),
            (8, shows("ben:2", "ann:1")),
            (12, Stage(status="Completed", override={"accounts": ["cid:3", "ann:1", "ben:2"]})),
        )
    )
    await alice.buys()
    await shop.passes(seconds=20)
    assert await shop.state() is State.COMPLETED
    for goods in THREE:
        assert alice.times(goods) == 1
    assert await shop.proof() == ()


@pytest.mark.parametrize("shown", ["ann:1\nben:2\ncid:3", [["ann", 1], {"ben": 2}, 3]])
async def test_goods_in_another_shape_are_delivered_rather_than_lost(
    shop: Shop, alice: Human, shown: object
) -> None:
    shop.accplanet.plan(last_stage_with(completes(2), {"accounts": shown}))
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.COMPLETED
    alice.sees("ann", "ben", "3")
    assert not shop.trouble()


async def test_the_operators_key_never_reaches_a_chat(
    shop: Shop, alice: Human, olga: Human
) -> None:
    said = "The key acc-key-canary may not buy this"
    shop.accplanet.faults.next("add", wire_faults.error_text(said, 403))
    await alice.buys()
    await shop.works()
    shop.accplanet.plan(last_stage_with(completes(2), {"status": "acc-key-canary"}))
    await alice.buys()
    await shop.passes(seconds=8)
    await olga.sends("/order 1")
    olga.sees_last("may not buy this")
    for person in (alice, olga):
        person.sees_nothing_of("acc-key-canary")


async def test_a_balance_of_nonsense_is_no_balance(shop: Shop, alice: Human, olga: Human) -> None:
    shop.accplanet.plan(never())
    shop.accplanet.faults.always("balance", reply_faults.balance("NaN"))
    await shop.leaps(2, minutes=5)
    await olga.sends("/suppliers")
    olga.sees_last(f"Balance: {Decimal(100)} USD")
    assert not shop.trouble()
