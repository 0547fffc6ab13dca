"""Cards of another time: each says what is true now, and leads on."""

from decimal import Decimal

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
async def test_an_old_button_says_so_and_leads_home(shop: Shop, alice: Human) -> None:
    await alice.forges("zz:1")

    assert alice.toast == "This button is out of date."
    alice.sees_last("Welcome to", "$10.00")


@on_sqlite
async def test_a_button_of_before_an_update_does_what_it_did(shop: Shop, alice: Human) -> None:
    """What a newer version has added to a tap, the buttons that are in the chat do not say."""
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=5)
    await alice.taps("Problem")
    await alice.taps("does not work")
    await alice.forges("pt:1:2:0")
    assert alice.card.find_button("✓ 2") is not None

    await alice.forges("pt:1")
    assert alice.toast == "This button is out of date."


@on_sqlite
async def test_an_older_confirm_card_buys_at_the_price_it_shows(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    older, confirm = alice.card.message_id, alice.button("Pay")
    await alice.goes_to_confirm(quantity="5")
    await alice.forges(confirm, older)

    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))
    assert await alice.count_orders() == 1
    assert (await shop.details()).order.quantity == 3


@on_sqlite
async def test_a_dearer_price_is_shown_on_the_old_card_before_anything_is_charged(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    older = alice.card.message_id
    shop.accplanet.services["10042"].rate *= Decimal("1.25")
    await alice.taps("Pay")

    assert alice.card.message_id == older
    alice.sees_last("Nothing was charged", "from $0.36 to $0.45", "$10.00 → $9.55")
    assert (await alice.wallet()).free == usd("10")

    await alice.taps("Pay")
    assert await alice.wallet() == Wallet(free=usd("9.55"), held=usd("0.45"))
    assert await shop.proof() == ()


@on_sqlite
async def test_a_quote_is_over_after_its_time_and_one_tap_asks_again(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await shop.leaps(1, minutes=11)
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged", "expired")
    assert await alice.count_orders() == 0

    await alice.taps("Show today's price")
    alice.sees_last("How many?")
    assert alice.card.find_button("3 · $0.36")


@on_sqlite
async def test_a_card_of_a_used_quote_opens_its_order(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    confirm = alice.button("Pay")
    await alice.taps("Pay")
    await alice.sends("/start")
    await shop.works()
    await shop.leaps(3, minutes=10)
    await alice.forges(confirm)

    alice.sees_last("Order #1", "Completed")
    assert await alice.count_orders() == 1


@on_sqlite
async def test_a_tap_on_a_deleted_card_opens_a_new_one(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    confirm, card = alice.button("Pay"), alice.card.message_id
    del alice.person.chat.messages[card]
    await alice.forges(confirm, card)
    await shop.works()

    alice.sees_last("Order #1")
    assert alice.card.message_id > card
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_card_deleted_later_is_no_obstacle_for_the_goods(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    alice.person.chat.messages.clear()
    await shop.works()
    await shop.passes(seconds=4)

    alice.sees("ann:1", "ben:2", "cid:3")
    assert await shop.state() is State.COMPLETED
