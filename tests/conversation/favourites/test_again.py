"""What was bought before is bought again in two taps, at today's price."""

from decimal import Decimal

import pytest

from bot.money.ledger import Wallet
from sandbox.suppliers.timelines import completes
from tests.conversation.favourites.walks import labels, stocks
from tests.conversation.human import Human
from tests.conversation.numbers.renting import PROJECTS, reads_numbers, rents
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite


@pytest.fixture
async def bought(shop: Shop, alice: Human) -> Human:
    """Alice, in front of the card of her order for three."""
    shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=3)
    await alice.sends("/orders")
    await alice.taps("#1")
    return alice


async def test_two_taps_buy_the_same_at_todays_price(shop: Shop, bought: Human) -> None:
    shop.accplanet.services["10042"].rate = Decimal("0.125")
    await shop.refreshes()

    await bought.taps("Order again")
    bought.sees_last("Please check your order", "× 3\n", "Price: $0.15 each")
    await bought.taps("Pay")

    assert (await shop.details(2)).order.quantity == 3
    assert await bought.wallet() == Wallet(usd("9.19"), usd("0.45"))


async def test_too_many_for_todays_stock_leads_to_the_quantity(shop: Shop, bought: Human) -> None:
    await stocks(shop, 2, "10042")

    await bought.taps("Order again")

    bought.sees_last("Nothing was charged. That is too many.", "How many?")
    await bought.sends("2")
    bought.sees_last("× 2\n")


async def test_what_is_sold_out_shows_its_card_with_the_bell(shop: Shop, bought: Human) -> None:
    await stocks(shop, 0, "10042")

    await bought.taps("Order again")

    bought.sees_last("Aged account", "Sold out at the moment")
    assert "🔔 Tell me when it is back" in labels(bought)


async def test_what_is_gone_says_so_and_leads_to_what_stands_beside(
    shop: Shop, bought: Human
) -> None:
    del shop.accplanet.services["10042"]
    await shop.refreshes()

    await bought.taps("Order again")

    bought.sees_last("Nothing was charged. This is no longer sold")
    await bought.taps("Instagram")
    assert any(label.startswith("Fresh account") for label in labels(bought))


async def test_work_on_a_link_is_ordered_again_for_the_same_link(shop: Shop, alice: Human) -> None:
    await alice.buys_followers()
    await shop.works()
    await alice.sends("/orders")
    await alice.taps("#1")

    await alice.taps("Order again")

    alice.sees_last("Please check your order", "Followers × 1,000\n", "instagram.com/alice")
    await alice.taps("Pay")
    assert "instagram.com/alice" in (await shop.details(2)).order.link


async def test_a_number_is_rented_again_in_two_taps_while_there_are_any(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    await rents(alice)
    await alice.sends("/orders")
    await alice.taps("#1")
    again = alice.button("Same again")
    await alice.forges(again)
    alice.sees_last("Please check your order", "United States")
    await alice.taps("Pay")
    assert await alice.count_orders() == 2

    shop.hstockplus.projects = [one for one in PROJECTS if one.country_id != "us"]
    await reads_numbers(shop)
    await alice.forges(again)
    alice.sees_last("Nothing was charged. This is no longer sold")
    await alice.taps("Another country")
    alice.sees_last("WhatsApp")
