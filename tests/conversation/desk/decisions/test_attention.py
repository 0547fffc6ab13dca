"""What operators decide about orders in attention, and what customers cannot."""

from collections.abc import Awaitable, Callable

import pytest

from bot.chat.desk.taps import (
    AttachId,
    Decide,
    Decision,
    OpenHistory,
    OpenOrderDetails,
    OpenUser,
    ResumeSupplier,
    SetBan,
    TypeDelivered,
    TypeRemoteId,
)
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completed_with_fewer, trouble
from tests.conversation.desk.decisions.parked import decided, in_doubt
from tests.conversation.human import OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
FULL = Wallet(free=usd("10"), held=usd("0"))
HELD = Wallet(free=usd("9.64"), held=usd("0.36"))
PAID = Wallet(free=usd("9.64"), held=usd("0"))


async def in_attention(shop: Shop, alice: Human) -> None:
    """Two of three came, and the supplier calls it done."""
    shop.accplanet.plan(completed_with_fewer(2), THREE)
    await alice.buys()
    await shop.leaps(8, seconds=20)
    assert await shop.state() is State.ATTENTION


@on_sqlite
@pytest.mark.parametrize(
    "wanted",
    [
        ("Complete", State.COMPLETED, PAID, "✅ $0.36 was paid."),
        ("Cancel: refund all", State.CANCELED, FULL, "💳 $0.36 is back in your balance."),
    ],
)
async def test_an_order_in_attention_is_ended_as_the_operator_says(
    shop: Shop, alice: Human, olga: Human, wanted: tuple[str, State, Wallet, str]
) -> None:
    label, ends_in, wallet, says = wanted
    await in_attention(shop, alice)
    await olga.taps(label)
    tap = olga.button("Yes: ")
    await olga.taps("Yes: ")
    await olga.forges(tap)
    await shop.works()
    assert await shop.state() is ends_in
    assert alice.card.text.startswith(says)
    assert await alice.wallet() == wallet
    assert len(await decided(shop)) == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_order_in_attention_is_partly_paid_as_the_operator_counts(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_attention(shop, alice)
    await olga.taps("Partial")
    await olga.sends("3")
    olga.sees_last("It has to be a whole number from 1 to 2.")
    await olga.sends("١")
    olga.sees_last("1 of 3 delivered: $0.12 is paid and $0.24 goes back")
    await olga.taps("Yes: partial")
    await shop.works()
    assert await shop.state() is State.PARTIAL
    alice.sees_last("💳 $0.24 is back in your balance; $0.12 was paid.", "1 of 3 delivered")
    assert await alice.wallet() == Wallet(free=usd("9.88"), held=usd("0"))
    assert await decided(shop) == [(str(OLGA), "end 1")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_asking_on_brings_what_came_late(shop: Shop, alice: Human, olga: Human) -> None:
    await in_attention(shop, alice)
    shop.accplanet.last_order.complete()
    await olga.taps("Keep asking")
    await olga.taps("Yes: keep asking")
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    alice.sees("cid:3")
    assert alice.times("ann:1") == 1
    assert await decided(shop) == [(str(OLGA), "keep_polling")]
    assert await shop.proof() == ()


@on_sqlite
async def test_asking_on_in_vain_calls_the_person_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(trouble())
    await alice.buys()
    await shop.passes(seconds=8)
    await olga.taps("Keep asking")
    await olga.taps("Yes: keep asking")
    await shop.passes(seconds=5)
    assert await shop.state() is State.ATTENTION
    assert olga.card.text.startswith("⚠️ An order needs a person.")
    assert await alice.wallet() == HELD
    assert await shop.proof() == ()


@on_sqlite
async def test_a_number_of_units_that_can_be_read_in_two_ways_is_asked_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_attention(shop, alice)
    await olga.sends("/order 1")
    await olga.taps("Partial")
    await olga.sends("1.000")
    olga.sees_last("That can be read in two ways: which one do you mean?")
    assert olga.card.labels[0] == ("1,000", "1")
    await olga.taps("1,000")
    olga.sees_last("It has to be a whole number from 1 to 2.")
    await olga.forges("dq:1:1")
    olga.sees_last("Aged account", "$0.12")
    assert await shop.state() is State.ATTENTION
    await alice.forges("dq:1:1")
    alice.sees_last("Welcome to Kiosk!")


Parking = Callable[[Shop, Human], Awaitable[None]]


@on_sqlite
@pytest.mark.parametrize("parked", [in_doubt, in_attention])
async def test_forged_taps_of_a_customer_decide_nothing_and_show_nothing(
    shop: Shop, alice: Human, olga: Human, parked: Parking
) -> None:
    await parked(shop, alice)
    before = await shop.state()
    decisions = [
        Decide(order=1, act=act, attempt=1, delivered=1, sure=sure)
        for act in Decision
        for sure in (False, True)
    ]
    remote = str(shop.accplanet.last_order.id)
    others = (
        AttachId(order=1, remote=remote, attempt=1),
        TypeRemoteId(order=1),
        TypeDelivered(order=1),
        OpenOrderDetails(order=1),
        OpenHistory(order=1),
        OpenUser(customer=OLGA),
        SetBan(customer=OLGA, banned=True, sure=True),
        ResumeSupplier(place=0, ending="accplanet", sure=True),
    )
    for tap in (*decisions, *others):
        await alice.forges(tap.pack())
        alice.sees_last("Welcome to Kiosk!")
    for command in ("/order 1", "/suppliers", "/user 99", "/desk", f"/topup {alice.id} 100"):
        await alice.sends(command)
    await shop.works()

    assert await shop.state() is before
    assert await alice.wallet() == HELD
    assert await decided(shop) == []
    alice.sees_nothing_of("accplanet", "Evidence", "Expected cost", "Attach id", "Desk")
    assert await shop.proof() == ()
    assert not shop.trouble()
