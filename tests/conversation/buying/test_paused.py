"""A supplier whose key, wallet or currency is wrong sells nothing until it is right again."""

from decimal import Decimal

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import SupplierCause
from sandbox.telegram.onlooker import CannotDo
from tests.conversation.buying.walks import WALKS, Way
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))


async def meets_a_pause(alice: Human, way: Way) -> None:
    """The list and the card say so, and there is nothing to tap."""
    walks, *_ = way
    with pytest.raises(CannotDo, match="no button 'Buy'"):
        await walks(alice)
    alice.sees_last("⏸ Paused, we expect it back soon")
    alice.sees_nothing_of("Delivered")
    await alice.taps("Back")
    assert any("⏸ paused" in button.text for button in alice.card.buttons)


@on_sqlite
@WALKS
async def test_a_refused_key_pauses_the_supplier_until_it_is_taken_again(
    shop: Shop, alice: Human, olga: Human, way: Way
) -> None:
    walks, at, _ = way
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    await walks(alice)
    await alice.taps("Pay")
    world.key, key = "another", world.key
    await shop.works()
    assert await shop.state() is State.FAILED
    assert (await shop.details()).order.reason is Reason.SUPPLIER_UNAVAILABLE
    assert alice.card.text.startswith("💳 $")
    alice.sees_last("is back in your balance.")
    assert await alice.wallet() == UNTOUCHED

    await meets_a_pause(alice, way)
    await shop.leaps(5, minutes=5)
    assert olga.times(f"🔴 {at} refuses our key.") == 1
    assert world.adds_received == 0

    world.key = key
    await shop.leaps(1, minutes=5)
    assert olga.times(f"🟢 {at} takes our key again.") == 1
    await walks(alice)
    await alice.taps("Pay")
    await shop.passes(seconds=10)
    assert await shop.state(2) is State.COMPLETED
    alice.sees_nothing_of("Invalid", at)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_key_that_is_refused_at_confirm_charges_nothing_and_alerts_at_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.key = "another"
    await alice.taps("Pay")
    await shop.works()
    alice.sees_last("Nothing was charged. This is not for sale right now")
    assert olga.times("🔴 accplanet refuses our key.") == 1
    assert await alice.wallet() == UNTOUCHED


@on_sqlite
@WALKS
async def test_an_empty_wallet_of_the_operator_pays_the_customer_back_and_pauses_the_supplier(
    shop: Shop, alice: Human, olga: Human, way: Way
) -> None:
    walks, at, _ = way
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    await walks(alice)
    world.balance = Decimal("0.01")
    await alice.taps("Pay")
    await shop.works()
    assert await shop.state() is State.FAILED
    alice.sees_last("is back in your balance.")
    alice.sees_nothing_of("nsufficient", "recharge")
    assert await alice.wallet() == UNTOUCHED
    assert olga.times(f"🔴 Our balance at {at} does not cover an order.") == 1

    await meets_a_pause(alice, way)
    world.balance = Decimal(50)
    await shop.leaps(1, minutes=5)
    assert olga.times(f"🟢 Our balance at {at} covers orders again.") == 1
    await walks(alice)
    await alice.taps("Pay")
    await shop.passes(seconds=10)
    assert await shop.state(2) is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_nobody_pays_for_what_is_paused(shop: Shop, boris: Human, olga: Human) -> None:
    await boris.goes_to_confirm()
    await boris.taps("Ask for a top-up of $0.36")
    await shop.works()
    await boris.sends("/start")
    for label in ("Catalog", "Games", "Rare account", "Buy"):
        await boris.taps(label)
    await boris.sends("1")
    offered = boris.card.message_id
    shop.accplanet.key = "another"
    await shop.leaps(1, minutes=5)

    await boris.taps("Ask for a top-up of $11.99", offered)
    boris.sees_last("Nothing was charged. This is not for sale right now")
    await olga.taps("Approve")
    await shop.works()

    boris.sees_last("$0.36 was added to your balance.")
    assert not any("Buy" in button.text for button in boris.card.buttons)
    await shop.works()
    assert olga.times("Request for a top-up of") == 1


@on_sqlite
async def test_a_supplier_that_counts_in_another_currency_is_paused(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.currency = "EUR"
    await shop.leaps(1, minutes=5)
    await alice.taps("Pay")
    await shop.leaps(2, minutes=5)
    alice.sees_last("Nothing was charged. This is not for sale right now")
    assert olga.times("🔴 accplanet counts in another currency than this shop.") == 1

    shop.accplanet.currency = "USD"
    await shop.leaps(1, minutes=5)
    assert olga.times("🟢 accplanet counts in the shop's currency again.") == 1
    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED


@on_sqlite
async def test_a_currency_that_comes_and_goes_is_told_of_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for _ in range(4):
        shop.accplanet.currency = "EUR"
        await shop.leaps(1, minutes=5)
        assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == (
            SupplierCause.CURRENCY,
        )
        shop.accplanet.currency = "USD"
        await shop.leaps(1, minutes=5)
        assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == ()
    assert olga.times("counts in another currency than this shop") == 1
    assert olga.times("counts in the shop's currency again") == 1

    shop.accplanet.currency = "EUR"
    await shop.leaps(6, minutes=11)
    assert olga.times("counts in another currency than this shop") == 2
