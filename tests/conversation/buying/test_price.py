"""Between the price on the card and the money: what may change, and what is charged then."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from tests.conversation.buying.walks import WALKS, Way, to_mailboxes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))


def grows_old(shop: Shop) -> None:
    """The shelf is a minute old, and no timetable has come by."""
    shop.clock.turn(timedelta(seconds=61))


@WALKS
async def test_a_dearer_price_is_shown_and_nothing_is_charged_before_it_is_confirmed(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    before = world.services[service].rate
    world.services[service].rate = before * Decimal("1.25")
    grows_old(shop)
    old, new = ("$0.36", "$0.45") if at == "accplanet" else ("$1.08", "$1.35")
    assert alice.card.labels[-2] == (f"✅ Pay {old}", "✖ Cancel")
    await alice.taps("Pay")
    await shop.works()
    assert alice.card.labels[-2] == ("✖ Cancel", f"✅ Pay {new}")
    alice.sees_last("⚠️ Nothing was charged. The price changed from", "Please check your order")
    assert await alice.wallet() == UNTOUCHED
    assert world.adds_received == 0

    await alice.taps("Pay")
    await shop.works()
    paid = usd("0.45") if at == "accplanet" else usd("1.35")
    assert await alice.wallet() == Wallet(free=usd("10") - paid, held=paid)
    assert world.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@WALKS
async def test_a_cheaper_price_changes_nothing_about_the_quote(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    world.services[service].rate /= 2
    grows_old(shop)
    await alice.taps("Pay")
    await shop.works()
    paid = usd("0.36") if at == "accplanet" else usd("1.08")
    assert await alice.wallet() == Wallet(free=usd("10") - paid, held=paid)
    assert await shop.proof() == ()


@on_sqlite
async def test_a_young_shelf_is_believed_where_one_service_cannot_be_asked_for(
    shop: Shop, alice: Human
) -> None:
    await to_mailboxes(alice)
    readings = len(shop.hstockplus.received_of("services"))
    shop.clock.turn(timedelta(seconds=50))
    await alice.taps("Pay")
    assert len(shop.hstockplus.received_of("services")) == readings
    assert len(shop.hstockplus.received_of("inventory")) == 1
    assert await shop.state() is State.QUEUED


@on_sqlite
@WALKS
async def test_what_has_sold_out_meanwhile_is_not_charged(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    world.services[service].stock = 0
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. This has just sold out")
    assert await alice.wallet() == UNTOUCHED
    assert await shop.proof() == ()


@on_sqlite
@WALKS
async def test_when_fewer_are_left_a_smaller_quantity_is_offered(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    world.services[service].stock = 2
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. Only 2 are left", "from 1 to 2")
    assert await alice.wallet() == UNTOUCHED
    await alice.sends("2")
    await alice.taps("Pay")
    await shop.works()
    assert world.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
@WALKS
async def test_what_the_supplier_no_longer_has_is_not_charged(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    del world.services[service]
    grows_old(shop)
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. This is no longer sold")
    assert await alice.wallet() == UNTOUCHED
    await shop.restarts()
    await alice.sends("/catalog")
    assert not any("Email Accounts" in one for row in alice.card.labels for one in row) or (
        at == "accplanet"
    )
    assert await shop.proof() == ()


@on_sqlite
async def test_a_larger_minimum_is_said_and_nothing_is_charged(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.services["10042"].min = 5
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. That is too few.", "from 5 to 100")
    assert await alice.wallet() == UNTOUCHED


@on_sqlite
@pytest.mark.parametrize("since", [timedelta(minutes=10), timedelta(days=6)], ids=str)
async def test_an_expired_quote_is_not_charged_and_is_asked_for_again_with_one_tap(
    shop: Shop, alice: Human, since: timedelta
) -> None:
    await alice.goes_to_confirm()
    await shop.comes_to(since)
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. This price has expired.", "Aged account")
    assert await alice.wallet() == UNTOUCHED
    await alice.taps("Show today's price")
    alice.sees_last("Aged account", "How many?")
