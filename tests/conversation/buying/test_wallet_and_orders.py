"""The wallet and the orders, as the customer finds them later."""

from bot.base.ids import CustomerId
from bot.base.money import Money
from bot.chat.catalog.taps import OpenService
from bot.chat.orders.taps import CancelOrder, TakeQuantity
from bot.money import ledger, post
from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from bot.people import customers
from sandbox.suppliers.timelines import canceled, completes, never, partial
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite


async def test_the_wallet_tells_each_movement_in_words(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(1))
    shop.accplanet.plan(canceled(1))
    shop.accplanet.plan(never())
    for _ in range(3):
        await alice.buys()
        await shop.works()
    await shop.passes(seconds=12)
    await olga.sends("/debit @alice 1 chargeback")
    await olga.sends("/topup @alice 2.50 a welcome gift")
    await alice.sends("/wallet")

    alice.sees_last("Balance: $10.78", "Set aside for open orders: $0.36", "Recent transactions")
    alice.sees_last("+$10.00 · Top-up", "−$0.36 · Paid, order #1")
    alice.sees_last("\n$0.36 · Refunded, order #2")
    alice.sees_last("−$0.36 · Set aside, order #3")
    assert [alice.card.text.count(f"order #{order}") for order in (1, 2, 3)] == [1, 1, 1]
    alice.sees_last("−$1.00 · Taken back by the shop", "chargeback")
    alice.sees_last("+$2.50 · Top-up", "a welcome gift")
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_an_empty_wallet_says_so(shop: Shop, boris: Human) -> None:
    await boris.sends("/wallet")
    boris.sees_last("Balance: $0.00", "No transactions yet.")
    await boris.taps("Top up")
    boris.sees_last("How much would you like to add?", "Pay Olga at the counter.")


async def test_a_top_up_is_asked_for_once_at_a_time(shop: Shop, boris: Human, olga: Human) -> None:
    await boris.sends("/wallet")
    ask = boris.button("Top up")
    await boris.taps("Top up")
    await boris.sends("5")
    await boris.sends("/wallet")
    assert boris.card.find_button("Top up") is None
    await boris.forges(ask)
    await boris.sends("7")
    await shop.works()

    boris.sees("Request sent: top-up of $5.00", "Your request for $5.00 is still open.")
    olga.sees("Request for a top-up of $5.00")
    olga.sees_nothing_of("$7.00")


async def test_amounts_of_a_top_up_are_read_in_many_scripts_and_refused_with_the_reason(
    shop: Shop, boris: Human
) -> None:
    await boris.sends("/wallet")
    await boris.taps("Top up")
    for typed in ("0", "-5", "five", "1e3", "1.1234567", "€5", "0.000"):
        await boris.sends(typed)
        boris.sees_last("No request was sent. That is not an amount")
    await boris.sends("١٢٫٥ USD")
    boris.sees_last("Request sent: top-up of $12.50")


async def test_what_lacks_credit_is_offered_again_when_it_came_and_never_bought_silently(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.goes_to_confirm()
    boris.sees_last("Nothing was charged. You need $0.36 more.", "Pay Olga at the counter.")
    await boris.taps("Ask for a top-up of $0.36")
    boris.sees_last("Request sent: top-up of $0.36.")
    await shop.works()
    await olga.taps("Approve")
    await shop.works()

    boris.sees_last("$0.36 was added to your balance.", "Balance: $0.36")
    assert await boris.wallet() == Wallet(free=usd("0.36"), held=usd("0"))
    await boris.taps("Buy Aged account × 3")
    boris.sees_last("Please check your order", "$0.36 → $0.00")
    await boris.taps("Pay")
    assert await boris.wallet() == Wallet(free=usd("0"), held=usd("0.36"))
    assert await shop.proof() == ()


async def test_a_balance_with_a_part_of_a_cent_can_be_filled_up_and_taken_back(
    shop: Shop, boris: Human, olga: Human
) -> None:
    odd = ledger.topup(CustomerId(boris.id), Money(3), "before", "olga", "")
    await shop.kiosk.db.write(post.post, odd)
    await boris.goes_to_confirm()
    await boris.taps("Ask for a top-up")
    boris.sees_last("Request sent: top-up of $0.36.")
    await shop.works()
    await olga.taps("Approve")
    await olga.sends("/debit @boris 0.360003")

    assert (await boris.wallet()).free == usd("0")
    assert await shop.proof() == ()


async def test_orders_are_listed_newest_first_in_pages_and_by_state(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.default_timeline = completes(1)
    await alice.goes_to_confirm()
    service = OpenService.unpack(alice.button("Cancel")).service
    for nth in range(10):
        if nth == 9:
            await shop.passes(seconds=3)
            shop.accplanet.default_timeline = never()
        await alice.forges(TakeQuantity(service=service, quantity=1).pack())
        await alice.taps("Pay")
        await shop.works()
    await alice.sends("/orders")

    alice.sees_last("Your orders", "10 orders")
    assert alice.card.labels[1] == ("⏳ #10 · Aged account · $0.12",)
    assert alice.card.labels[2] == ("✅ #9 · Aged account · $0.12",)
    await alice.taps("▶")
    assert alice.card.labels[1:3] == (
        ("✅ #2 · Aged account · $0.12",),
        ("✅ #1 · Aged account · $0.12",),
    )
    await alice.taps("Open")
    alice.sees_last("1 order")
    await alice.taps("#10")
    alice.sees_last("Order #10", "In progress")
    await alice.taps("Back")
    alice.sees_last("Your orders")


async def test_who_bought_nothing_is_led_to_the_catalog(shop: Shop, boris: Human) -> None:
    await boris.sends("/orders")
    boris.sees_last("You have no orders yet.")
    await boris.taps("Catalog")
    boris.sees_last("Choose a category.")


async def test_the_same_can_be_ordered_again(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(1))
    await alice.buys(quantity="7")
    await shop.works()
    await shop.passes(seconds=3)
    card = next(
        message for message in alice.person.messages if message.text.startswith("Order #1")
    )
    await alice.taps("Order again", card.message_id)

    alice.sees_last("Please check your order", "Aged account × 7\n")
    assert card.text.startswith("Order #1")
    assert (await shop.details()).order.quantity == 7


async def test_an_order_that_has_not_left_can_be_canceled_with_all_money_back(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    alice.sees_last("Waiting to be placed")
    await alice.taps("Cancel the order")
    assert alice.toast == "Canceled. The whole amount is back in your balance."
    await alice.forges(CancelOrder(order=1, live=True).pack())
    assert alice.toast.startswith("No money moved. The order has changed")
    await shop.works()

    assert await shop.state() is State.FAILED
    assert (await shop.details()).order.reason is Reason.CUSTOMER_CANCELED
    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert shop.accplanet.adds_received == 0
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_an_order_that_has_left_cannot_be_canceled_from_an_old_card(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    await shop.works()
    assert alice.card.find_button("Cancel the order") is None
    await alice.forges(CancelOrder(order=1, live=True).pack())

    assert alice.toast.startswith("No money moved. The order has changed")
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))


async def test_goods_are_shown_again_after_a_restart(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(partial(2, 1), ["ann:1", "ben:2"])
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=3)
    alice.person.chat.messages.clear()
    async with shop.restarted():
        await alice.sends("/orders")
        await alice.taps("#1")
        alice.sees_last("Partly delivered", "2 of 3 delivered", "Paid: $0.24", "Refunded: $0.12")
        await alice.taps("Show goods")
        alice.sees_last("Order #1", "2 pieces", "ann:1", "ben:2")
        assert await shop.proof() == ()
    assert (await alice.wallet()).free == usd("9.76")


async def test_goods_that_have_not_come_are_not_promised(shop: Shop, alice: Human) -> None:
    await alice.buys()
    await alice.forges("g:1")
    assert alice.toast.startswith("There are no goods to show")


async def test_a_chosen_language_stays(shop: Shop, alice: Human) -> None:
    await alice.sends("/language")
    alice.sees_last("Choose your language")
    labels = [label for row in alice.card.labels for label in row]
    assert "✓ English" in labels
    found = await shop.kiosk.shop.desk.db.read(customers.find, CustomerId(ALICE))
    assert found is not None
    assert found.language == "en"
