"""A rented number in the chat: codes, the money back, and one tap to the next number."""

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers.numbers import (
    SmsPlan,
    canceled_by_supplier,
    code_after,
    code_at_expiry,
    codes_after,
    late_code,
    no_code,
)
from tests.conversation.human import Human
from tests.conversation.numbers.renting import copied, is_sound, rents
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))
ONE_PAID = Wallet(free=usd("9.40"), held=usd("0"))


@on_sqlite
async def test_without_a_code_the_money_comes_back_by_itself(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(no_code())
    await rents(alice)
    await shop.leaps(11, minutes=2)
    assert alice.card.text.startswith("💳 $0.60 is back in your balance.")
    alice.sees_last("No code came to this number, so order #1 costs you nothing.")
    assert await alice.wallet() == UNTOUCHED
    details = await shop.details()
    assert (details.order.state, details.order.reason) == (State.CANCELED, Reason.NO_CODE)

    await alice.taps("Same again")
    alice.sees_last("WhatsApp, 🇺🇸 United States", "Total: $0.60")
    await alice.sends("/orders")
    await alice.taps("#1")
    alice.sees_last("No code came, refunded", "Refunded: $0.60")
    await is_sound(shop, alice)


async def test_a_number_that_the_supplier_calls_off_is_refunded(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(canceled_by_supplier(30))
    await rents(alice)
    await shop.passes(seconds=60)
    assert alice.card.text.startswith("💳 $0.60 is back in your balance.")
    assert await alice.wallet() == UNTOUCHED
    await is_sound(shop, alice)


@on_sqlite
async def test_further_codes_come_one_by_one_and_cost_nothing(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(codes_after((10, "111111"), (60, "222222")))
    await rents(alice)
    card = alice.card.message_id
    await shop.passes(seconds=90)
    assert alice.times("Code: 111111") == alice.times("Code: 222222") == 1
    codes = [one for one in alice.person.messages if "Code: " in one.text]
    assert [one.reply_to for one in codes] == [card, card]
    alice.sees("More codes to this number arrive here until")
    assert await alice.wallet() == ONE_PAID
    await alice.taps("Order #1")
    await alice.taps("Show codes")
    alice.sees_last("111111", "222222", "Your verification code is 222222")
    assert copied(alice, "Copy 222222") == "222222"
    await is_sound(shop, alice)


@on_sqlite
async def test_a_code_in_the_moment_of_expiry_counts(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(code_at_expiry("555555"))
    await rents(alice)
    await shop.leaps(11, minutes=2)
    assert alice.times("Code: 555555") == 1
    assert await alice.wallet() == ONE_PAID
    await is_sound(shop, alice)


async def test_a_late_code_is_free_and_the_operator_is_told(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.hstockplus.plan_sms(late_code(180, "777777"))
    await rents(alice)
    await shop.leaps(10, minutes=3)
    alice.sees("is back in your balance.", "Code: 777777", "It came late")
    assert alice.times("Code: 777777") == 1
    assert await alice.wallet() == UNTOUCHED
    assert olga.times("a code came after the money had gone back") == 1
    await is_sound(shop, alice)


@on_sqlite
async def test_the_same_again_and_another_country_are_one_tap_from_the_code(
    shop: Shop, alice: Human
) -> None:
    await rents(alice)
    await shop.passes(seconds=20)
    code = alice.card.message_id
    await alice.taps("Same again", code)
    alice.sees_last("WhatsApp, 🇺🇸 United States", "Total: $0.60")
    await alice.taps("Another country", code)
    await alice.taps("India")
    alice.sees_last("WhatsApp, 🇮🇳 India", "Total: $0.24")
    await alice.taps("Pay")
    await shop.passes(seconds=20)
    assert await alice.wallet() == Wallet(free=usd("9.16"), held=usd("0"))
    await is_sound(shop, alice)


@on_sqlite
async def test_a_phone_that_was_had_can_be_rented_again(shop: Shop, alice: Human) -> None:
    await rents(alice)
    phone = next(iter(shop.hstockplus.numbers.values())).phone
    await shop.leaps(12, minutes=2)
    await alice.sends("/orders")
    await alice.taps("#1")
    await alice.taps("Use this number again")
    alice.sees_last("The same number again:", phone, "Total: $0.60")
    shop.hstockplus.plan_sms(SmsPlan(steps=code_after(10, "999999").steps, phone=phone))
    await alice.taps("Pay")
    await shop.passes(seconds=20)
    alice.sees_last("Code: 999999", phone)
    asked = shop.hstockplus.received_of("add_sms")[-1]
    assert asked.params["phone"] == phone
    assert await alice.wallet() == Wallet(free=usd("8.80"), held=usd("0"))
    await is_sound(shop, alice)
