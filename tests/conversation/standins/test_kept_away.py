"""What the shop itself took off the shelf, or asks about first, is bought from nobody."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.money.ledger import Wallet
from sandbox.suppliers import wire_faults
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.conversation.standins.tying import OTHER, is_tied, service_of
from tests.stored_shop import usd

NOTHING = Wallet(usd("10"), usd("0"))


async def rises(shop: Shop, rate: str) -> None:
    shop.accplanet.services["10042"].rate = Decimal(rate)
    await shop.refreshes()


@on_sqlite
async def test_nothing_stands_in_for_a_price_that_nobody_agreed_to(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await rises(shop, "1.00")

    await alice.sends(f"/start s_{service_of(shop)}")

    alice.sees_last("⏸ Paused")
    assert alice.card.find_button("Buy") is None


async def test_a_price_quoted_before_it_rose_is_kept_by_the_other(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await alice.goes_to_confirm()
    await rises(shop, "1.00")

    await alice.taps("Pay")

    assert await alice.count_orders() == 1
    assert (await alice.wallet()).held == usd("0.36")
    assert (await shop.details()).supplier == "hstockplus"


@pytest.mark.parametrize("what", ["service", "shop"])
async def test_what_is_hidden_or_off_since_is_bought_from_nobody(
    shop: Shop, alice: Human, olga: Human, what: str
) -> None:
    await is_tied(shop, olga)
    await alice.goes_to_confirm()
    if what == "shop":
        await olga.sends("/switch off")
    else:
        await olga.sends(f"/hide #{service_of(shop)}")
        await olga.taps("Hide")

    await alice.taps("Pay")

    alice.sees_last("Nothing was charged")
    assert await alice.count_orders() == 0
    assert await alice.wallet() == NOTHING


@on_sqlite
async def test_a_stand_in_that_is_hidden_is_not_used(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await olga.sends(f"/hide #{service_of(shop, OTHER)}")
    await olga.taps("Hide")
    await alice.goes_to_confirm()
    shop.accplanet.services["10042"].stock = 0

    await alice.taps("Pay")

    alice.sees_last("Nothing was charged")
    assert await alice.count_orders() == 0


@on_sqlite
async def test_a_dearer_rate_that_is_known_counts_while_the_supplier_is_silent(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await rises(shop, "0.12")
    shop.accplanet.faults.always("services", wire_faults.error_text("busy", 503))
    shop.clock.turn(timedelta(seconds=61))

    await alice.taps("Pay")

    assert await alice.count_orders() == 0
    assert await alice.wallet() == NOTHING
    assert alice.card.labels[-2] == ("✖ Cancel", "✅ Pay $0.44")


@on_sqlite
async def test_a_minimum_that_grew_at_one_leaves_the_other_to_sell_fewer(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await alice.goes_to_confirm()
    shop.accplanet.services["10042"].min = 5

    await alice.taps("Pay")

    assert await alice.count_orders() == 1
    assert (await shop.details()).supplier == "hstockplus"
