"""No state keeps an operator out: what never ends is taken over, what waits is called off."""

from bot.chat.desk.taps import Decide, Decision
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import Stage, completes, steps
from tests.conversation.desk.decisions.parked import decided, in_doubt
from tests.conversation.human import OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

FULL = Wallet(free=usd("10"), held=usd("0"))
HELD = Wallet(free=usd("9.64"), held=usd("0.36"))


async def never_ends(shop: Shop, alice: Human) -> None:
    """The supplier calls the order pending for ever."""
    shop.accplanet.plan(steps((0, Stage(status="Pending"))))
    await alice.buys()
    await shop.works()
    await shop.leaps(3, hours=9)
    assert await shop.state() is State.ACTIVE


@on_sqlite
async def test_an_order_that_never_ends_is_taken_over_and_then_decided(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await never_ends(shop, alice)
    await olga.sends("/order 1")
    await olga.taps("Take over")
    olga.sees_last("The supplier is asked about this order no more", "$0.36 stays held")
    assert await shop.state() is State.ACTIVE
    tap = olga.button("Yes: take over")
    await olga.taps("Yes: take over")
    olga.sees_last("✅ Done: how it ends is yours to decide", "needs a person")
    await olga.forges(tap)
    olga.sees_last("Nothing was done by this tap: the order has moved on")
    await shop.works()
    assert await shop.state() is State.ATTENTION
    assert await alice.wallet() == HELD
    assert alice.times("someone from the shop is looking at it") == 1

    asked = len(shop.accplanet.received_of("status"))
    await shop.passes(minutes=5)
    assert len(shop.accplanet.received_of("status")) == asked
    await olga.sends("/order 1")
    await olga.taps("Cancel: refund all")
    await olga.taps("Yes: cancel and refund")
    await shop.works()
    assert await alice.wallet() == FULL
    alice.sees("$0.36 is back in your balance")
    assert await decided(shop) == [(str(OLGA), "take_over"), (str(OLGA), "end 0")]
    assert await shop.proof() == ()
    assert not shop.trouble()


async def waits(shop: Shop, alice: Human) -> None:
    """The order cannot leave: the supplier is away."""
    shop.accplanet.faults.always("balance", wire_faults.error_text("Server is busy", 503))
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.QUEUED


@on_sqlite
async def test_an_order_that_waits_is_called_off_and_paid_back_at_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await waits(shop, alice)
    await olga.sends("/order 1")
    await olga.taps("Do not send: refund")
    olga.sees_last("$0.36 goes back")
    tap = olga.button("Yes: do not send")
    await olga.taps("Yes: do not send")
    olga.sees_last("✅ Done: $0.00 is paid, $0.36 went back", "an operator decided")
    await olga.forges(tap)
    shop.accplanet.faults.clear()
    await shop.passes(minutes=2)
    assert shop.accplanet.adds_received == 0
    assert await alice.wallet() == FULL
    assert await decided(shop) == [(str(OLGA), "call_off")]
    assert await shop.proof() == ()


@on_sqlite
async def test_an_order_that_may_have_arrived_is_called_off_into_doubt_not_paid_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    shop.accplanet.faults.always("balance", wire_faults.error_text("Server is busy", 503))
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.works()
    assert await shop.state() is State.QUEUED
    await olga.sends("/order 1")
    await olga.taps("Do not send it again")
    olga.sees_last("the first one may have arrived")
    await olga.taps("Yes: do not send")
    olga.sees_last("✅ Done: it is not sent, and is in doubt again")
    await shop.works()
    assert await shop.state() is State.IN_DOUBT
    assert await alice.wallet() == HELD
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_a_customer_can_neither_take_over_nor_call_off_by_the_desks_taps(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(60), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.works()
    for act in (Decision.TAKE_OVER, Decision.CALL_OFF):
        await alice.forges(Decide(order=1, act=act, attempt=1, sure=True).pack())
        alice.sees_last("Welcome to Kiosk!")
    assert await shop.state() is State.ACTIVE
    assert await decided(shop) == []
