"""What operators decide about orders in doubt: each decision works once, whoever decides too."""

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes
from tests.conversation.desk.decisions.parked import decided, in_doubt
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import BORIS, OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
FULL = Wallet(free=usd("10"), held=usd("0"))
HELD = Wallet(free=usd("9.64"), held=usd("0.36"))
PAID = Wallet(free=usd("9.64"), held=usd("0"))


@pytest.mark.parametrize(
    "wanted",
    [
        ("Not placed: refund", "Yes: not placed, refund", "not_placed", Reason.NOT_PLACED),
        ("Write off", "Yes: write off", "written_off", Reason.WRITTEN_OFF),
    ],
)
async def test_giving_the_money_back_takes_two_taps_and_works_once(
    shop: Shop, alice: Human, olga: Human, wanted: tuple[str, str, str, Reason]
) -> None:
    first, second, act, reason = wanted
    await in_doubt(shop, alice)
    await olga.taps(first)
    olga.sees_last("$0.36 goes back to the customer's credit")
    assert await shop.state() is State.IN_DOUBT

    tap = olga.button(second)
    await olga.taps(second)
    await olga.forges(tap)
    await shop.works()
    olga.sees_last("Nothing was done by this tap", "Order #1: failed")
    assert await shop.state() is State.FAILED
    assert (await shop.details()).order.reason is reason
    assert await alice.wallet() == FULL
    assert alice.card.text.startswith("💳 $0.36 is back in your balance.")
    assert alice.times("is back in your balance.") == 1
    assert await decided(shop) == [(str(OLGA), act)]
    await shop.leaps(3, hours=1)
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_sending_again_is_done_in_an_operators_name_and_delivers_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    await olga.taps("Send again")
    olga.sees_last("the supplier takes $0.30 twice", "is paid once")
    shop.accplanet.plan(completes(2), THREE)
    tap = olga.button("Yes: send again")
    await olga.taps("Yes: send again")
    olga.sees_last("✅ Done: it will be sent again. The money stays held.")
    await olga.forges(tap)
    await shop.passes(seconds=6)

    assert shop.accplanet.adds_received == 2
    assert await shop.state() is State.COMPLETED
    assert [attempt.by for attempt in (await shop.details()).attempts] == ["", str(OLGA)]
    assert alice.times("ann:1") == 1
    assert await alice.wallet() == PAID
    assert await decided(shop) == [(str(OLGA), "send_again")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_repetition_that_cannot_leave_waits_and_keeps_the_operators_name(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    await shop.sites["accplanet"].refuse_newcomers()
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.leaps(3, minutes=1)
    assert await shop.state() is State.QUEUED
    assert shop.accplanet.adds_received == 1

    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, minutes=1)
    assert shop.accplanet.adds_received == 2
    assert await shop.state() is State.COMPLETED
    assert (await shop.details()).attempts[-1].by == str(OLGA)
    assert await shop.proof() == ()


@on_sqlite
async def test_a_tap_that_waited_until_the_next_doubt_decides_nothing(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await in_doubt(shop, alice)
    await otto.taps("Send again")
    waiting = otto.button("Yes: send again")
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.works()
    assert await shop.state() is State.IN_DOUBT

    await otto.forges(waiting)
    otto.sees_last("Nothing was done by this tap", "Order #1: in doubt")
    await shop.leaps(3, hours=1)
    assert shop.accplanet.adds_received == 2
    assert await alice.wallet() == HELD
    assert await shop.proof() == ()


@on_sqlite
async def test_an_alert_says_what_the_newest_reading_does_and_one_in_use_stays(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "support")
    await in_doubt(shop, alice)
    boris.sees_last("An order is in doubt", "More readings will follow")
    await olga.taps("Write off")
    asked = olga.card.text

    await shop.passes(minutes=11)
    boris.sees_last("An order is in doubt", "🔎 Likely placed")
    assert boris.times("An order is in doubt") == 1
    assert olga.card.text == asked
    assert not shop.trouble()
