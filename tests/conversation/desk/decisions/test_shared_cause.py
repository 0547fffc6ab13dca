"""What one cause has parked is decided by one confirmed tap, and customers hear of it once."""

from bot.chat.desk.taps import DecideShared, Decision
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes
from tests.conversation.crew import opened
from tests.conversation.human import OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

NO_SUCH = wire_faults.error_text("Order not found", 400)
HELD = Wallet(free=usd("8.92"), held=usd("1.08"))
FULL = Wallet(free=usd("10"), held=usd("0"))
PAID = Wallet(free=usd("8.92"), held=usd("0"))


async def three_are_lost(shop: Shop, alice: Human) -> None:
    """For minutes the supplier knows none of three orders, and then all of them again."""
    shop.accplanet.faults.always("status", NO_SUCH)
    for _ in range(3):
        shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cid:3"])
        await alice.buys()
    await shop.leaps(40, seconds=15)
    assert [await shop.state(order) for order in (1, 2, 3)] == [State.ATTENTION] * 3


@on_sqlite
async def test_orders_of_one_cause_are_asked_about_again_by_one_confirmed_tap(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await three_are_lost(shop, alice)
    shop.accplanet.faults.clear()
    told = alice.times("someone from the shop is looking at it")
    await olga.taps("Attention")
    olga.sees_last(
        "Several for one reason", "accplanet · 3 orders · the supplier says there is no"
    )
    await olga.taps("1 · Keep asking: all 3")
    olga.sees_last("asked about all 3 again", "$1.08 stays held")
    assert await shop.state() is State.ATTENTION
    await otto.sends("/orders attention")
    await otto.taps("1 · Keep asking: all 3")
    tap = olga.button("Yes: keep asking")
    await olga.taps("Yes: keep asking")
    olga.sees_last("✅ Done: the supplier is asked about 3 again", "Nothing here.")
    await olga.forges(tap)
    olga.sees_last("Nothing was done by this tap: the orders have moved on")
    await otto.taps("Yes: keep asking")
    otto.sees_last("Nothing was done by this tap: the orders have moved on")
    assert await alice.wallet() == HELD

    await shop.passes(seconds=20)
    assert [await shop.state(order) for order in (1, 2, 3)] == [State.COMPLETED] * 3
    assert await alice.wallet() == PAID
    assert alice.times("someone from the shop is looking at it") == 0
    assert alice.times("is settled.") == told
    assert [act for act in await shop.acts_audited() if act[1] == "keep_polling"] == [
        (str(OLGA), "keep_polling", f"order:{order}") for order in (1, 2, 3)
    ]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_confirmed_tap_decides_about_no_more_orders_than_it_named(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await three_are_lost(shop, alice)
    tap = DecideShared(order=1, act=Decision.KEEP_ASKING, count=2, sure=True)
    await olga.sends("/orders attention")
    await olga.forges(tap.pack())
    olga.sees_last("asked about 2 again")
    assert [await shop.state(order) for order in (1, 2, 3)] == [
        *[State.ACTIVE] * 2,
        State.ATTENTION,
    ]


@on_sqlite
async def test_a_forged_tap_refunds_nothing_that_can_still_be_asked_about(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await three_are_lost(shop, alice)
    forged = DecideShared(order=1, act=Decision.CANCEL, count=3, sure=True)
    await olga.sends("/orders attention")
    await olga.forges(forged.pack())
    olga.sees_last("Nothing was done by this tap: the orders have moved on")
    for act in (Decision.CANCEL, Decision.KEEP_ASKING):
        await alice.forges(DecideShared(order=1, act=act, count=3, sure=True).pack())
        alice.sees_last("Welcome to Kiosk!")
    await shop.works()
    assert await alice.wallet() == HELD
    assert [await shop.state(order) for order in (1, 2, 3)] == [State.ATTENTION] * 3


@on_sqlite
async def test_one_order_alone_shares_nothing(shop: Shop, alice: Human, olga: Human) -> None:
    shop.accplanet.faults.always("status", NO_SUCH)
    await alice.buys()
    await shop.leaps(40, seconds=15)
    await olga.sends("/orders attention")
    assert "Several for one reason" not in olga.card.text
    assert not any("Keep asking" in label for row in olga.card.labels for label in row)


@on_sqlite
async def test_orders_at_a_supplier_that_is_gone_for_good_are_refunded_together(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for _ in range(3):
        shop.accplanet.plan(completes(10**6))
        await alice.buys()
    await shop.works()
    settings = shop.kiosk.settings
    left = {name: one for name, one in settings.suppliers.items() if name != "accplanet"}
    async with opened(settings.model_copy(update={"suppliers": left}), shop.clock) as crew:
        before, shop.crew = shop.crew, crew
        await shop.kiosk.recover()
        await shop.works()
        await olga.sends("/order 1")
        await olga.taps("Keep asking")
        await olga.taps("Yes: keep asking")
        olga.sees_last("Nothing was done: the supplier cannot be asked now", "needs a person")
        await olga.sends("/orders attention")
        await olga.taps("1 · Refund all 3")
        olga.sees_last("All 3 end as canceled: $1.08 goes back", "put it back")
        assert await alice.wallet() == HELD
        fewer = DecideShared(order=1, act=Decision.CANCEL, count=2, sure=True)
        await olga.forges(fewer.pack())
        olga.sees_last("All 3 end as canceled")
        assert await alice.wallet() == HELD
        tap = olga.button("Yes: cancel and refund")
        await olga.taps("Yes: cancel and refund")
        olga.sees_last("✅ Done: 3 canceled, the money went back")
        await olga.forges(tap)
        olga.sees_last("Nothing was done by this tap")
        await shop.works()
        assert await alice.wallet() == FULL
        assert alice.times("$0.36 is back in your balance") == 3
        assert await shop.proof() == ()
        shop.crew = before
