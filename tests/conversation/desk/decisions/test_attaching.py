"""The supplier's id of an order in doubt, typed by an operator."""

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes, never
from tests.conversation.desk.decisions.parked import decided, in_doubt
from tests.conversation.human import OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
HELD = Wallet(free=usd("9.64"), held=usd("0.36"))
PAID = Wallet(free=usd("9.64"), held=usd("0"))


@on_sqlite
async def test_the_right_id_brings_the_goods(shop: Shop, alice: Human, olga: Human) -> None:
    await in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends(str(shop.accplanet.last_order.id))
    olga.sees_last("stays held until that order ends")
    assert await shop.state() is State.IN_DOUBT
    tap = olga.button("Yes: attach this id")
    await olga.taps("Yes: attach this id")
    await olga.forges(tap)
    await shop.passes(seconds=5)

    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE)
    assert await alice.wallet() == PAID
    assert shop.accplanet.adds_received == 1
    assert await decided(shop) == [(str(OLGA), "attach")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_id_of_the_other_supplier_is_a_number(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.hstockplus.plan(completes(2), THREE)
    shop.hstockplus.faults.next("add", wire_faults.lost_reply())
    await alice.buys_mailboxes()
    await shop.works()
    await olga.taps("Attach id")
    await olga.sends(f"#{shop.hstockplus.last_order.id}")
    await olga.taps("Yes: attach this id")
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE)
    assert await shop.proof() == ()


@on_sqlite
async def test_an_id_that_nobody_knows_is_not_attached(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends("what is this?")
    olga.sees_last("That cannot be an order number")
    await olga.sends("665f1a2b3c4d5e6f7fffffff")
    await olga.taps("Yes: attach this id")
    olga.sees_last("Nothing was done: the supplier does not know this number.", "in doubt")
    assert await shop.state() is State.IN_DOUBT
    assert await decided(shop) == []
    assert await alice.wallet() == HELD


@on_sqlite
async def test_an_id_of_another_order_of_ours_is_not_attached(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    shop.accplanet.plan(never())
    await alice.buys()
    await shop.works()
    await olga.taps("Attach id")
    await olga.sends(str((await shop.details(2)).remote_order))
    await olga.taps("Yes: attach this id")
    olga.sees_last("Nothing was done: another order has this number already.")
    assert await shop.state() is State.IN_DOUBT
    assert await shop.proof() == ()


@on_sqlite
async def test_an_id_waits_until_the_supplier_can_be_asked(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends(str(shop.accplanet.last_order.id))
    tap = olga.button("Yes: attach this id")
    await shop.sites["accplanet"].go_down()
    await olga.taps("Yes: attach this id")
    olga.sees_last("Nothing was done: the supplier cannot be asked now.")
    assert await shop.state() is State.IN_DOUBT

    await shop.sites["accplanet"].come_back()
    await olga.forges(tap)
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()
