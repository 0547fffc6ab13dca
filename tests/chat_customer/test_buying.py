"""From /start to an order and beyond, over the real dispatcher and Telegram's own rules."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.domain.catalog import Kind
from bot.domain.errors import SoldOut
from bot.domain.order import State
from bot.shop.views import Goods
from tests.chat_customer.conftest import Alice
from tests.chat_customer.fakes import NOON, FakeShop, listed, order_view, service, shelf, usd
from tests.clock import TurnableClock


async def goes_to_confirm(alice: Alice) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.sends("3")


async def test_an_account_is_bought_in_few_taps_and_one_typed_number(
    alice: Alice, shop: FakeShop
) -> None:
    await alice.sends("/start")
    alice.sees("Welcome to Kiosk!", "Balance: $50.00")
    for tap in ("Catalog", "Accounts", "Mail", "Gmail", "Buy"):
        await alice.taps(tap)
    await alice.sends("٣")

    alice.sees("Quantity: 3", "Total: $9.99", "Balance: $50.00 → $40.01")
    card = alice.card.message_id
    await alice.taps("Confirm")

    alice.sees("Order #1", "Waiting to be placed", "Total: $9.99")
    assert alice.card.message_id == card
    assert shop.orders.cards == {1: card}
    assert shop.books.wallet_now.free == usd("40.01")


async def test_confirm_tapped_again_shows_the_same_order(alice: Alice, shop: FakeShop) -> None:
    await goes_to_confirm(alice)
    card = alice.card.message_id
    await alice.taps("Confirm")
    await alice.forges("y:1", card)

    alice.sees("Order #1")
    assert len(shop.orders.made) == 1


async def test_a_redelivered_update_does_nothing(alice: Alice, shop: FakeShop) -> None:
    await goes_to_confirm(alice)
    tap = alice.person.taps("Confirm")
    await alice.brings(tap)
    before = len(alice.world.calls)
    await alice.brings(tap)

    assert len(alice.world.calls) == before


async def test_the_stepper_shows_each_quantity_with_its_total(alice: Alice) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.taps("+")
    await alice.taps("+")

    alice.sees_button("3 · $9.99")
    await alice.taps("−")
    alice.sees_button("2 · $6.66")
    await alice.taps("Continue")
    alice.sees("Quantity: 2")


async def test_what_is_no_quantity_keeps_the_step_open_and_says_why(alice: Alice) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    for wrong in ("1.5", "-1", "1_000", "1e9", "hello", "1000", "0"):
        await alice.sends(wrong)
        alice.sees("Nothing was charged.", "from 1 to 100")
    await alice.brings(alice.person.sends_sticker())
    alice.sees("That is not a number", "from 1 to 100")
    await alice.brings(alice.person.forwards("5"))
    alice.sees("That is not a number")
    await alice.sends("5")
    alice.sees("Quantity: 5")


async def test_a_command_wins_over_an_open_step(alice: Alice) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.sends("/wallet")
    alice.sees("Balance: $50.00")
    await alice.sends("5")
    alice.sees("I did not understand that.")


async def test_a_tap_elsewhere_closes_an_open_step(alice: Alice) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.taps("Home")
    await alice.sends("5")
    alice.sees("I did not understand that.")


async def test_too_little_credit_leads_to_a_request_made_once(
    alice: Alice, shop: FakeShop
) -> None:
    shop.books.wallet_now = type(shop.books.wallet_now)(usd("5"), usd("0"))
    await goes_to_confirm(alice)

    alice.sees("Nothing was charged. You need $4.99 more.", "Pay olga in the shop.")
    alice.sees_no_button("Confirm")
    await alice.taps("Ask for a top-up of $4.99")
    await alice.forges("u:1")

    alice.sees("Your request for a top-up was sent")
    assert shop.books.asked == [usd("4.99")]
    assert shop.quotes.wishes


async def test_an_expired_price_is_asked_again(alice: Alice, clock: TurnableClock) -> None:
    await goes_to_confirm(alice)
    clock.turn(timedelta(minutes=11))
    await alice.taps("Confirm")

    alice.sees("Nothing was charged. This price has expired.")
    await alice.taps("Show today's price")
    alice.sees_button("3 · $9.99")


async def test_a_dearer_price_is_shown_before_anything_is_charged(
    alice: Alice, shop: FakeShop
) -> None:
    await goes_to_confirm(alice)
    dearer = service(row=listed(rate=usd("4").decimal))
    shop.shelf.now = shelf([dearer])
    await alice.taps("Confirm")

    alice.sees("Nothing was charged. The price changed from $9.99 to $12.00.")
    assert not shop.orders.made
    await alice.taps("Confirm")
    alice.sees("Order #1", "Total: $12.00")


async def test_when_fewer_are_left_the_quantity_is_chosen_again(
    alice: Alice, shop: FakeShop
) -> None:
    await goes_to_confirm(alice)
    shop.look.fails = SoldOut(2)
    await alice.taps("Confirm")

    alice.sees("Nothing was charged. Only 2 are left", "How many?")


async def test_an_unforeseen_failure_while_buying_is_not_called_harmless(
    alice: Alice, shop: FakeShop
) -> None:
    await goes_to_confirm(alice)
    shop.look.fails = RuntimeError("the cable was cut")
    await alice.taps("Confirm")

    alice.sees("Your money is safe, but something went wrong")


async def test_a_social_service_asks_for_its_link_and_shows_it_back(
    alice: Alice, shop: FakeShop
) -> None:
    shop.shelf.now = shelf([service(row=listed("Followers"), kind=Kind.SOCIAL)])
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.taps("Continue")
    alice.sees("Which link?")
    await alice.sends("http://example.com/me")
    alice.sees("Only links that start with https://", "Which link?")
    await alice.sends("HTTPS://Example.COM/me")
    alice.sees("Link: https://example.com/me", "Quantity: 1")


async def test_the_order_card_stays_and_its_ways_out_are_new_messages(alice: Alice) -> None:
    await goes_to_confirm(alice)
    await alice.taps("Confirm")
    card = alice.card.message_id
    await alice.taps("Home")
    assert alice.card.message_id != card
    await alice.taps("Order again", card)
    assert alice.card.message_id not in (card, card + 1)
    assert "Order #1" in alice.person.chat.messages[card].text


async def test_an_order_is_canceled_only_while_it_waits(alice: Alice, shop: FakeShop) -> None:
    await goes_to_confirm(alice)
    await alice.taps("Confirm")
    card = alice.card.message_id
    await alice.taps("Cancel the order")
    alice.sees("Not placed, refunded", "Refunded: $9.99", "You canceled this order.")
    await alice.forges("x:1:1", card)
    assert "No money moved." in alice.toast
    alice.sees("Not placed, refunded")


async def test_goods_are_shown_again_as_a_new_message(alice: Alice, shop: FakeShop) -> None:
    await goes_to_confirm(alice)
    await alice.taps("Confirm")
    order = next(iter(shop.orders.made))
    shop.orders.made[order] = order_view(id=order, delivered=2, state=State.ACTIVE)
    first = Goods(order, 1, "Gmail account", ("a@x:1",), NOON)
    shop.orders.delivered = (first, Goods(order, 2, "Gmail account", ("b@x:2",), NOON))
    await alice.sends("/orders")
    await alice.taps("#1")
    alice.sees("2 of 3 delivered")
    await alice.taps("Show goods")

    alice.sees("a@x:1", "b@x:2")


async def test_goods_that_are_not_there_are_said_so(alice: Alice) -> None:
    await goes_to_confirm(alice)
    await alice.taps("Confirm")
    await alice.forges("g:1")
    assert "no goods to show" in alice.toast


async def test_a_problem_is_reported_once(alice: Alice) -> None:
    await goes_to_confirm(alice)
    await alice.taps("Confirm")
    await alice.taps("Problem")
    assert re.match("We have been told", alice.toast)
    await alice.taps("Problem")
    assert re.match("We know about it already", alice.toast)


async def test_an_amount_typed_at_top_up_is_asked_for(alice: Alice, shop: FakeShop) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("lots")
    alice.sees("That is not an amount")
    await alice.sends("12,50")
    alice.sees("We have asked for a top-up of $12.50.")
    assert shop.books.asked == [usd("12.50")]
