"""A service that is paused by itself stands on the shelf as those of a paused supplier do."""

from bot.base.ids import ServiceId
from bot.catalog.store import resume_service, set_paused
from bot.chat.catalog.taps import OpenService
from bot.chat.orders.taps import PickQuantity, TakeQuantity
from bot.money.ledger import Wallet
from tests.conversation.human import AS_OLGA, Human
from tests.conversation.numbers.renting import PROJECTS, goes_to_confirm, reads_numbers
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))


def service(shop: Shop, name: str) -> ServiceId:
    services = shop.kiosk.shop.shelf.now.services()
    return next(one.id for one in services if one.listed.name == name)


async def pauses(shop: Shop, name: str) -> ServiceId:
    paused = service(shop, name)
    await shop.kiosk.db.write(set_paused, paused, paused=True)
    await shop.kiosk.shop.load_shelf()
    return paused


def labels(human: Human) -> list[str]:
    return [label for row in human.card.labels for label in row]


async def test_a_paused_service_is_shown_with_its_price_and_sold_again_when_resumed(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    paused = await pauses(shop, "Aged account")
    await alice.taps("Cancel")
    for tap in (PickQuantity(service=paused), TakeQuantity(service=paused, quantity=3)):
        await alice.forges(tap.pack())
        alice.sees_last("Nothing was charged. This is not for sale right now")

    await alice.sends("/catalog")
    assert "👥 Social (1)" in labels(alice)
    await alice.taps("Social")
    assert "Aged account · $0.12 · ⏸ paused" in labels(alice)
    await alice.taps("Aged account")
    alice.sees_last("Price: $0.12 each", "⏸ Paused, we expect it back soon")
    assert "Delivered" not in alice.card.text
    assert alice.card.find_button("Buy") is None
    assert await alice.wallet() == UNTOUCHED

    assert await shop.kiosk.db.write(resume_service, AS_OLGA, paused)
    await shop.passes(seconds=1)
    await alice.buys()
    assert (await alice.wallet()).held == usd("0.36")
    assert not shop.trouble()


async def test_a_category_of_paused_services_is_listed_and_says_so(
    shop: Shop, alice: Human
) -> None:
    await pauses(shop, "Rare account")
    await alice.sends("/catalog")
    assert "🎮 Games (⏸ paused)" in labels(alice)
    await alice.taps("Games")
    alice.sees_last("⏸ Paused, we expect it back soon")
    assert "Rare account · $11.99 · ⏸ paused" in labels(alice)


async def test_nothing_of_a_paused_supplier_is_counted(shop: Shop, alice: Human) -> None:
    shop.accplanet.key = "another"
    await shop.leaps(1, minutes=5)
    await alice.sends("/catalog")
    shown = [
        "👥 Social (⏸ paused)",
        "🎮 Games (⏸ paused)",
        "📸 Instagram (1)",
        "📧 Email Accounts (1)",
    ]
    assert labels(alice)[: len(shown)] == shown
    await alice.taps("Social")
    alice.sees_last("⏸ Paused, we expect it back soon")
    assert "Aged account · $0.12 · ⏸ paused" in labels(alice)


async def test_nobody_asks_for_credit_for_a_paused_service(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.goes_to_confirm()
    paused = await pauses(shop, "Aged account")
    await boris.taps("Ask for a top-up of $0.36")
    boris.sees_last("Nothing was charged. This is not for sale right now")
    await olga.sends(f"/topup {boris.id} 5")
    await shop.works()
    boris.sees_last("$5.00 was added to your balance.")
    assert not any("Buy" in button.text for button in boris.card.buttons)
    await boris.sends(f"/start s_{paused}")
    boris.sees_last("Aged account", "⏸ Paused, we expect it back soon")
    olga.sees_nothing_of("Request for a top-up of")


async def test_what_was_bought_before_is_not_bought_again_while_it_is_paused(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    await shop.passes(seconds=10)
    await alice.sends("/orders")
    await alice.taps("#1")
    again = alice.button("again")
    await pauses(shop, "Aged account")
    await alice.forges(again)
    alice.sees_last("Aged account", "⏸ Paused, we expect it back soon")
    assert alice.card.find_button("Buy") is None
    assert await alice.count_orders() == 1


async def test_a_card_whose_price_nobody_knows_says_that_it_is_paused(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.put(account(80, "Riddle", "0.70", category="Riddles"))
    await shop.refreshes()
    riddle = service(shop, "Riddle")
    await alice.forges(OpenService(service=riddle).pack())
    alice.sees_last("Riddle", "⏸ Paused, we expect it back soon")
    assert "$" not in alice.card.text
    for tap in (PickQuantity(service=riddle), TakeQuantity(service=riddle, quantity=1)):
        await alice.forges(tap.pack())
        alice.sees_last("Nothing was charged. This is not for sale right now")


async def test_paused_numbers_are_listed_and_none_is_rented(shop: Shop, alice: Human) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    await pauses(shop, "Viber")
    await goes_to_confirm(alice, "Viber")
    assert "🇺🇸 United States · ⏸ paused" in labels(alice)
    await alice.taps("United States")
    alice.sees_last("Nothing was charged. This is not for sale right now")
    await alice.taps("SMS numbers")
    assert "💬 Viber · ⏸ paused" in labels(alice)
    assert "💬 WhatsApp · from $0.24" in labels(alice)

    shop.hstockplus.key = "another"
    await shop.leaps(1, minutes=5)
    await alice.sends("/numbers")
    assert "💬 WhatsApp · ⏸ paused" in labels(alice)


async def test_the_desk_counts_as_on_sale_what_can_be_bought(shop: Shop, olga: Human) -> None:
    await pauses(shop, "Aged account")
    shop.accplanet.services["10043"].stock = 0
    await shop.refreshes()
    await olga.sends("/suppliers")
    olga.sees_last("On sale: 1\n• 1: paused")
