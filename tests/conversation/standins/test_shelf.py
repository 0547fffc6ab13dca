"""What is sold out or paused at one supplier is on sale while another one has it for no more."""

from collections.abc import Awaitable, Callable

import pytest

from bot.base.ids import SupplierName
from bot.catalog import standing, store
from bot.catalog.errors import NotForSaleReason
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from bot.outbox.notices import SupplierCause
from sandbox.suppliers import reply_faults
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.conversation.standins.tying import OTHER, is_tied, service_of
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
PAID = Wallet(usd("9.64"), usd("0"))
ACC = SupplierName("accplanet")


async def sells_out(shop: Shop) -> None:
    shop.accplanet.put(account(10042, "Aged account", "0.10", stock=0))
    await shop.refreshes()


async def is_paused(shop: Shop) -> None:
    await shop.kiosk.db.write(store.set_paused, service_of(shop), paused=True)
    await shop.kiosk.shop.load_shelf()


async def supplier_is_paused(shop: Shop) -> None:
    await shop.kiosk.db.write(standing.pause, ACC, SupplierCause.WALLET)


Happens = Callable[[Shop], Awaitable[None]]
KEPT_AWAY: dict[str, Happens] = {
    "sold out": sells_out,
    "paused": is_paused,
    "supplier paused": supplier_is_paused,
}


@pytest.mark.parametrize("happens", KEPT_AWAY.values(), ids=KEPT_AWAY)
async def test_it_stays_on_sale_at_its_price_and_is_bought_from_the_other(
    shop: Shop, alice: Human, olga: Human, happens: Happens
) -> None:
    await is_tied(shop, olga)
    await happens(shop)
    shop.hstockplus.plan(completes(3), THREE)

    await alice.goes_to_confirm()
    alice.sees_last("Aged account", "$0.36")
    await alice.taps("Pay")
    await shop.passes(seconds=8)

    assert await shop.state() is State.COMPLETED
    assert (shop.accplanet.adds_received, shop.hstockplus.orders_placed) == (0, 1)
    assert await alice.wallet() == PAID
    alice.sees("Aged account", *THREE)
    alice.sees_nothing_of(OTHER, "hstockplus")
    details = await shop.details()
    assert (details.supplier, details.cost) == ("hstockplus", usd("0.27"))
    await olga.sends("/order 1")
    olga.sees_last("handed from accplanet to hstockplus")
    assert await shop.proof() == ()


@on_sqlite
@pytest.mark.parametrize("happens", KEPT_AWAY.values(), ids=KEPT_AWAY)
async def test_what_stops_between_the_price_and_the_tap_is_bought_from_the_other(
    shop: Shop, alice: Human, olga: Human, happens: Happens
) -> None:
    await is_tied(shop, olga, "0.11")
    shop.hstockplus.plan(completes(3), THREE)
    await alice.goes_to_confirm()
    await happens(shop)

    await alice.taps("Pay")
    await shop.passes(seconds=8)

    assert await shop.state() is State.COMPLETED
    assert await alice.wallet() == PAID
    assert (await shop.details()).cost == usd("0.33")


@on_sqlite
async def test_a_stand_in_that_would_cost_customers_more_keeps_nothing_on_sale(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga, "0.11")
    await sells_out(shop)

    await alice.sends("/catalog")
    await alice.finds_account("Aged account")

    alice.sees_last("Sold out")
    assert not any("Buy" in label for row in alice.card.labels for label in row)


@on_sqlite
async def test_no_more_can_be_bought_than_the_other_has(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga, stock=2)
    await supplier_is_paused(shop)

    await alice.sends("/catalog")
    await alice.finds_account("Aged account")
    await alice.taps("Buy")
    await alice.sends("3")

    alice.sees_last("too many", "from 1 to 2")


@on_sqlite
async def test_when_both_are_paused_it_is_paused(shop: Shop, alice: Human, olga: Human) -> None:
    await is_tied(shop, olga)
    await supplier_is_paused(shop)
    await shop.kiosk.db.write(standing.pause, SupplierName("hstockplus"), SupplierCause.WALLET)

    await alice.sends("/catalog")
    await alice.finds_account("Aged account")

    alice.sees_last("⏸ Paused")


async def test_untied_between_the_price_and_the_tap_nothing_is_charged(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await sells_out(shop)
    await alice.goes_to_confirm()
    await olga.sends(f"/untie #{service_of(shop)}")
    await olga.taps("✖ Untie")
    olga.sees_last("✅ Untied.")

    await alice.taps("Pay")

    alice.sees_last("Nothing was charged")
    assert await alice.count_orders() == 0
    assert await alice.wallet() == Wallet(usd("10"), usd("0"))


async def test_a_charge_that_is_off_pauses_what_was_bought_and_not_what_was_chosen(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await sells_out(shop)
    shop.hstockplus.faults.always("status", reply_faults.charge_times(10))
    shop.hstockplus.plan(completes(3), THREE)

    await alice.buys()
    await shop.passes(seconds=8)

    known = {one.listed.name: one for one in shop.kiosk.shop.shelf.now.services()}
    assert known["Aged account"].hidden is None
    assert known[OTHER].hidden is NotForSaleReason.SERVICE_PAUSED
    await olga.taps("▶ Sell it again")
    await shop.kiosk.shop.load_shelf()
    known = {one.listed.name: one for one in shop.kiosk.shop.shelf.now.services()}
    assert known[OTHER].hidden is None
