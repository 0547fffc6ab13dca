"""The newest typed value that fits wins, also when the card to confirm is shown already."""

import asyncio

import pytest

from bot.money.ledger import Wallet
from sandbox.telegram import WaitFor
from tests.conversation.desk.decisions.parked import in_doubt
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite


async def to_the_followers(alice: Human) -> None:
    await alice.sends("/catalog")
    for label in ("Instagram (1)", "Followers ·", "Buy"):
        await alice.taps(label)
    await alice.sends("100")


async def test_five_typed_after_three_is_the_order(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    three, card = alice.button("Pay"), alice.card.message_id
    await alice.sends("5")
    alice.sees_last("Please check your order", "× 5\n", "Total: $0.60")
    assert alice.card.message_id == card

    await alice.forges(three)
    alice.sees_last("Nothing was charged.", "changed this order", "× 5\n")
    assert await alice.count_orders() == 0
    await alice.taps("Pay")
    await shop.works()
    assert await alice.count_orders() == 1
    alice.sees("Order #1", "Aged account × 5", "Total: $0.60")
    assert await alice.wallet() == Wallet(free=usd("9.40"), held=usd("0.60"))
    assert await shop.proof() == ()


async def test_what_does_not_fit_leaves_the_price_as_it_is(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    three = alice.button("Pay")
    for wrong in ("abc", "0", "101", "1.5"):
        await alice.sends(wrong)
        alice.sees_last("Nothing was charged.", "Please check your order", "× 3\n")
        assert alice.button("Pay") == three
    await alice.taps("Pay")
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))


@pytest.mark.parametrize("first", ["tap", "number"])
async def test_a_tap_on_pay_and_a_newer_number_at_once_are_one_order(
    shop: Shop, alice: Human, first: str
) -> None:
    await alice.goes_to_confirm()
    if first == "tap":
        alice.person.taps("Pay")
        alice.person.sends("5")
    else:
        alice.person.sends("5")
        alice.person.taps("Pay")
    await shop.hears()
    orders = await alice.count_orders()
    assert orders == (1 if first == "tap" else 0)
    if not orders:
        alice.sees_last("changed this order", "× 5\n")
        await alice.taps("Pay")
    await shop.works()
    assert await alice.count_orders() == 1
    assert await shop.proof() == ()


async def test_a_tap_waits_for_the_number_typed_before_it(shop: Shop, alice: Human) -> None:
    """What was tapped is the older price, which ends with the newer one."""
    await alice.goes_to_confirm()
    hung = WaitFor()
    shop.telegram.faults.next("editMessageText", hung)
    alice.person.sends("5")  # its answer hangs in Telegram
    alice.person.taps("Pay")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(shop.hears())
        await hung.reached.wait()
        hung.event.set()
    await shop.works()
    assert await alice.count_orders() == 0
    alice.sees_last("× 5\n")


async def test_numbers_within_a_moment_are_one_answer_the_newest(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    calls = len(shop.telegram.calls)
    for typed in ("4", "7", "6", "nonsense", "5"):
        alice.person.sends(typed)
    await shop.hears()
    edits = [one for one in shop.telegram.calls[calls:] if one.method == "editMessageText"]
    assert len(edits) == 1
    alice.sees_last("Please check your order", "× 5\n")


async def test_a_newer_link_replaces_the_one_on_the_card(shop: Shop, alice: Human) -> None:
    await to_the_followers(alice)
    await alice.sends("@alice")
    first = alice.button("Pay")
    await alice.sends("@boris")
    alice.sees_last("Please check your order", "Link: https://instagram.com/boris\n")
    await alice.sends("https://evil.com/x")
    alice.sees_last("This service works on Instagram", "Link: https://instagram.com/boris\n")

    await alice.forges(first)
    alice.sees_last("changed this order", "Link: https://instagram.com/boris\n")
    await alice.taps("Pay")
    await shop.works()
    assert shop.hstockplus.last_order.link == "https://instagram.com/boris"
    assert await alice.count_orders() == 1


async def test_a_number_at_the_link_step_is_the_newer_quantity(shop: Shop, alice: Human) -> None:
    await to_the_followers(alice)
    await alice.sends("200")
    alice.sees_last("Which link?", "Quantity: 200\n")
    await alice.sends("@alice")
    alice.sees_last("Please check your order", "× 200\n")
    await alice.sends("300")
    alice.sees_last("× 300\n", "Link: https://instagram.com/alice\n")
    await alice.sends("1")
    alice.sees_last("That is too few.", "× 300\n", "Link: https://instagram.com/alice\n")


async def test_a_smaller_number_helps_where_the_credit_was_short(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm(quantity="100")
    alice.sees_last("You need")
    await alice.sends("3")
    alice.sees_last("Please check your order", "× 3\n")


async def test_an_order_of_before_is_never_replaced(shop: Shop, alice: Human) -> None:
    await alice.buys()
    await shop.works()
    await alice.sends("5")
    assert await alice.count_orders() == 1
    alice.sees_last("Nothing found for “5”.")


async def test_another_amount_after_the_request_is_asked_back(shop: Shop, alice: Human) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("10")
    alice.sees_last("Request sent: top-up of $10.00")
    await alice.sends("20")
    alice.sees_last("You asked for $10.00.", "or the number of your payment?")
    await alice.taps("Change to $20.00")
    alice.sees_last("you now ask for $20.00")


async def test_of_two_amounts_after_the_request_neither_is_a_proof(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    for amount in ("10", "20", "30"):
        await alice.sends(amount)
    alice.sees_last("You asked for $10.00.", "or the number of your payment?")
    await alice.taps("Change to $30.00")
    alice.sees_last("you now ask for $30.00")
    alice.sees_nothing_of("we have your proof")


async def test_a_short_number_of_a_payment_is_a_proof(shop: Shop, alice: Human) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("10")
    await alice.sends("4711")
    await alice.taps("the number of my payment")
    alice.sees_last("we have your proof of payment", "“4711”")


async def test_an_operators_newer_id_replaces_the_one_to_confirm(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends("111")
    olga.sees_last("111")
    card = olga.card.message_id
    await olga.sends("222")
    olga.sees_last("222")
    await olga.sends("no id, surely")
    olga.sees_last("That cannot be an order number", "222")
    assert olga.card.message_id == card
