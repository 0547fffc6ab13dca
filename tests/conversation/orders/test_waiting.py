"""An order that cannot leave waits, leaves once, or is paid back."""

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
@pytest.mark.parametrize("html", [False, True])
async def test_a_supplier_that_asks_for_patience_gets_it_and_then_the_order(
    shop: Shop,
    alice: Human,
    html: bool,
) -> None:
    shop.accplanet.faults.next("add", wire_faults.throttle("7", html=html))
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.QUEUED
    alice.sees_last("Order #1 is waiting", "$0.36 is set aside")

    await shop.passes(seconds=6)
    assert shop.accplanet.adds_received == 1
    await shop.passes(seconds=12)
    assert shop.accplanet.adds_received == 2
    assert shop.accplanet.orders_placed == 1
    assert await shop.state() is State.COMPLETED
    assert alice.times("✅ Order #1 is settled.") == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_an_order_that_cannot_leave_waits_and_leaves_once_when_the_way_is_free(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await shop.sites["accplanet"].go_down()
    await alice.taps("Pay")
    await shop.works()
    assert await shop.state() is State.QUEUED
    alice.sees_last("Your money is safe: $0.36 is set aside", "Order #1 is waiting", "12:15")

    await shop.leaps(5, minutes=1)
    assert await shop.state() is State.QUEUED
    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, seconds=30)
    assert await shop.state() is State.COMPLETED
    assert shop.accplanet.adds_received == shop.accplanet.orders_placed == 1
    assert alice.times("✅ Order #1 is settled.") == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_order_that_cannot_leave_for_a_quarter_of_an_hour_is_paid_back(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await shop.sites["accplanet"].go_down()
    await alice.taps("Pay")
    await shop.leaps(14, minutes=1)
    assert await shop.state() is State.QUEUED

    await shop.leaps(4, seconds=30)
    assert await shop.state() is State.FAILED
    alice.sees_last("💳 $0.36 is back in your balance.", "could not be placed in time")
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))

    await shop.sites["accplanet"].come_back()
    await shop.leaps(3, minutes=10)
    assert shop.accplanet.adds_received == 0
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_add_that_finds_nobody_to_talk_to_is_tried_again_without_an_operator(
    shop: Shop, alice: Human
) -> None:
    """The balance is still read over a kept connection; a new one finds nobody."""
    await alice.buys()
    await shop.sites["accplanet"].refuse_newcomers()
    await shop.works()
    assert await shop.state() is State.QUEUED
    assert [attempt.outcome for attempt in (await shop.details()).attempts] == ["not_sent"]

    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, seconds=30)
    assert await shop.state() is State.COMPLETED
    assert shop.accplanet.adds_received == shop.accplanet.orders_placed == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_nothing_leaves_while_the_balance_before_it_cannot_be_read(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.faults.always("balance", wire_faults.server_error())
    await alice.taps("Pay")
    await shop.works()
    for fault in (
        wire_faults.html_page(),
        wire_faults.throttle(),
        wire_faults.lost_reply(),
    ):
        shop.accplanet.faults.always("balance", fault)
        await shop.leaps(2, minutes=1)
        assert await shop.state() is State.QUEUED, fault.name
    assert shop.accplanet.adds_received == 0
    assert alice.times("Order #1 is waiting") == 1

    shop.accplanet.faults.clear()
    await shop.leaps(4, seconds=30)
    assert await shop.state() is State.COMPLETED
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
@pytest.mark.parametrize("fault", [reply_faults.balance(), reply_faults.currency(None)])
async def test_an_order_is_paid_back_at_once_when_the_balance_before_it_is_none(
    shop: Shop, alice: Human, olga: Human, fault: Fault
) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.faults.always("balance", fault)
    await alice.taps("Pay")
    await shop.works()
    assert await shop.state() is State.FAILED
    assert olga.times("Our balance at accplanet cannot be read") == 1
    await shop.leaps(3, minutes=5)
    assert olga.times("Our balance at accplanet cannot be read") == 1

    shop.accplanet.faults.clear()
    await shop.leaps(1, minutes=5)
    assert olga.times("Our balance at accplanet can be read again") == 1
    await alice.buys_unseen()
    await shop.leaps(2, seconds=30)
    assert await shop.state(2) is State.COMPLETED
    assert await shop.proof() == ()


@on_sqlite
async def test_the_evidence_shows_what_the_balance_did_around_the_lost_answer(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.leaps(6, minutes=2)

    await olga.sends("/order 1")
    olga.sees_last("Evidence: our balance at the supplier", "before: 100", "after: 99.7")
    olga.sees_last("Likely placed", "fell by 0.3", "the expected cost is $0.30")
    assert len((await shop.details()).readings) == 5


@on_sqlite
async def test_a_waiting_order_can_be_called_off_by_its_customer(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    await shop.sites["accplanet"].go_down()
    await alice.taps("Pay")
    await shop.works()
    await alice.taps("Cancel the order")
    await shop.works()

    assert await shop.state() is State.FAILED
    alice.sees("$0.36 is back in your balance.", "canceled, as you asked")
    await shop.sites["accplanet"].come_back()
    await shop.leaps(2, minutes=10)
    assert shop.accplanet.adds_received == 0
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert await shop.proof() == ()
