"""From /start to an order, over the real dispatcher, the books and Telegram's own rules."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.errors import PerhapsDone
from bot.money.ledger import Wallet
from tests.chat.samples import listed
from tests.clock import TurnableClock
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE, usd


async def orders_of(shop: SmallShop) -> int:
    """How many orders there are."""
    return len(await shop.books.sql("SELECT id FROM orders"))


async def goes_to_confirm(alice: Human) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.sends("3")


async def test_an_account_is_bought_in_few_taps_and_one_typed_number(
    alice: Human, shop: SmallShop
) -> None:
    await alice.sends("/start")
    alice.sees("Welcome to Kiosk!", "Balance: $50.00")
    for tap in ("Catalog", "Accounts", "Gmail", "Buy"):
        await alice.taps(tap)
    await alice.sends("٣")

    alice.sees("Gmail account × 3", "Total: $9.99", "Balance: $50.00 → $40.01")
    card = alice.card.message_id
    await alice.taps("Pay")

    alice.sees("Order #1", "Waiting to be placed", "Total: $9.99")
    assert alice.card.message_id == card
    assert await shop.books.sql("SELECT id, card FROM orders") == [(1, card)]
    assert await shop.books.wallet() == Wallet(usd("40.01"), usd("9.99"))


async def test_confirm_tapped_again_shows_the_same_order(alice: Human, shop: SmallShop) -> None:
    await goes_to_confirm(alice)
    card = alice.card.message_id
    await alice.taps("Pay")
    await alice.forges("y:1", card)

    alice.sees("Order #1")
    assert await orders_of(shop) == 1


async def test_a_redelivered_update_does_nothing(alice: Human, shop: SmallShop) -> None:
    await goes_to_confirm(alice)
    tap = alice.person.taps("Pay")
    await alice.brings(tap)
    before = len(shop.telegram.calls)
    await alice.brings(tap)

    assert len(shop.telegram.calls) == before
    assert await orders_of(shop) == 1


async def test_the_signs_of_the_stepper_keep_their_places_and_the_largest_preset_is_named(
    alice: Human,
) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    *presets, stepper, ready, _ = alice.card.labels
    before = len(alice.person.messages)

    assert (stepper, ready) == (("−", "+"), ("1 · $3.33 ▸ Continue",))
    named = [label for row in presets for label in row]
    assert named[-1].startswith("Max · ")
    assert not any(label.startswith("1 · ") for label in named)
    await alice.taps("−")
    assert alice.toast == "The smallest quantity you can order is 1."
    assert len(alice.person.messages) == before
    await alice.taps("+")
    assert alice.card.labels[-2] == ("2 · $6.66 ▸ Continue",)


async def test_the_stepper_shows_each_quantity_with_its_total(alice: Human) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.taps("+")
    await alice.taps("+")

    alice.sees_button("3 · $9.99")
    await alice.taps("−")
    alice.sees_button("2 · $6.66")
    await alice.taps("Continue")
    alice.sees("× 2\n")


async def test_what_is_no_quantity_keeps_the_step_open_and_says_why(alice: Human) -> None:
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
    alice.sees("× 5")


async def test_a_command_wins_over_an_open_step(alice: Human) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.sends("/wallet")
    alice.sees("Balance: $50.00")
    await alice.sends("5")
    alice.sees("Nothing found for “5”.")


async def test_a_tap_elsewhere_closes_an_open_step(alice: Human) -> None:
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.taps("Home")
    await alice.sends("5")
    alice.sees("Nothing found for “5”.")


async def test_too_little_credit_leads_to_a_request_made_once(
    alice: Human, shop: SmallShop
) -> None:
    await shop.books.takes(ALICE, "45")
    await goes_to_confirm(alice)

    alice.sees("Nothing was charged. You need $4.99 more.", "Pay olga in the shop.")
    alice.sees_no_button("Pay")
    await alice.taps("Ask for a top-up of $4.99")
    await alice.forges("u:1")

    alice.sees("Your request for $4.99 is still open.")
    assert await shop.books.sql("SELECT amount FROM topup_requests") == [(usd("4.99").micros,)]
    wish = "SELECT wish_service, wish_quantity FROM customers"
    assert await shop.books.sql(wish) == [(1, 3)]


async def test_an_expired_price_is_asked_again(alice: Human, clock: TurnableClock) -> None:
    await goes_to_confirm(alice)
    clock.turn(timedelta(minutes=11))
    await alice.taps("Pay")

    alice.sees("Nothing was charged. This price has expired.")
    await alice.taps("Show today's price")
    alice.sees_button("3 · $9.99")


async def test_a_dearer_price_is_shown_before_anything_is_charged(
    alice: Human, shop: SmallShop
) -> None:
    await goes_to_confirm(alice)
    shop.supplier.sells(listed(rate=Decimal(4)))
    await alice.taps("Pay")

    alice.sees("Nothing was charged. The price changed from $9.99 to $12.00.")
    assert await orders_of(shop) == 0
    await alice.taps("Pay")
    alice.sees("Order #1", "Total: $12.00")


async def test_when_fewer_are_left_the_quantity_is_chosen_again(
    alice: Human, shop: SmallShop
) -> None:
    await goes_to_confirm(alice)
    shop.supplier.sells(listed(stock=2))
    await alice.taps("Pay")

    alice.sees("Nothing was charged. Only 2 are left", "How many?")


@pytest.mark.parametrize(
    "failure", [RuntimeError("the cable was cut"), PerhapsDone("cut off at the commit")], ids=repr
)
async def test_an_unforeseen_failure_while_buying_is_not_called_harmless(
    alice: Human, shop: SmallShop, failure: Exception
) -> None:
    await goes_to_confirm(alice)
    shop.supplier.fails("find_service", failure)
    await alice.taps("Pay")

    alice.sees("Your money is safe, but something went wrong")


async def test_a_social_service_asks_for_its_link_and_shows_it_back(
    alice: Human, shop: SmallShop
) -> None:
    await shop.sells(listed("Followers", entity_type="service"))
    await alice.sends("/start s_1")
    await alice.taps("Buy")
    await alice.taps("Continue")
    alice.sees("Which link?")
    await alice.sends("http://example.com/me")
    alice.sees("Only links that start with https://", "Which link?")
    await alice.sends("HTTPS://Example.COM/me")
    alice.sees("Link: https://example.com/me", "× 1")
