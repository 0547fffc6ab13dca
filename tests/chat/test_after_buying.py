"""What an order offers once it is there, and asking for credit."""

from __future__ import annotations

from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import says, usd


async def buys(alice: Human) -> None:
    """Three of the one service."""
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.sends("3")
    await alice.taps("Pay")


async def test_the_order_card_stays_and_its_ways_out_are_new_messages(alice: Human) -> None:
    await buys(alice)
    card = alice.card.message_id
    await alice.taps("Home")
    assert alice.card.message_id != card
    await alice.taps("Order again", card)
    assert alice.card.message_id not in (card, card + 1)
    assert "Order #1" in alice.person.chat.messages[card].text


async def test_an_order_is_canceled_only_while_it_waits(alice: Human, shop: SmallShop) -> None:
    await buys(alice)
    card = alice.card.message_id
    await alice.taps("Cancel the order")
    alice.sees("Not placed, refunded", "Refunded: $9.99", "You canceled this order.")
    await alice.forges("x:1:1", card)
    assert "No money moved." in alice.toast
    alice.sees("Not placed, refunded")


async def test_goods_are_shown_again_as_a_new_message(alice: Human, shop: SmallShop) -> None:
    await buys(alice)
    assert await shop.books.accepts(await shop.books.sends())
    due = await shop.books.polls_one()
    await shop.books.hears(due, says("In progress", "a@x:1"))
    await shop.books.hears(due, says("In progress", "a@x:1", "b@x:2"))
    await alice.sends("/orders")
    await alice.taps("#1")
    alice.sees("2 of 3 delivered")
    await alice.taps("Show goods")

    alice.sees("a@x:1", "b@x:2")


async def test_goods_that_are_not_there_are_said_so(alice: Human) -> None:
    await buys(alice)
    await alice.forges("g:1")
    assert "no goods to show" in alice.toast


async def test_a_problem_is_reported_once(alice: Human) -> None:
    await buys(alice)
    card = alice.card.message_id
    await alice.taps("Problem")
    alice.sees("What is wrong with order #1?")
    await alice.taps("Something else")
    await alice.taps("Continue")
    await alice.sends("It is late")
    await alice.taps("Send the report")
    alice.sees("✅ Your report was sent.", "It is late")
    await alice.taps("Problem", card)
    alice.sees("Your report on order #1", "It is late")
    assert "Order #1" in alice.person.chat.messages[card].text


async def test_an_amount_typed_at_top_up_is_asked_for(alice: Human, shop: SmallShop) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("lots")
    alice.sees("That is not an amount")
    await alice.sends("12,50")
    alice.sees("Request sent: top-up of $12.50.")
    assert await shop.books.sql("SELECT amount FROM topup_requests") == [(usd("12.50").micros,)]
