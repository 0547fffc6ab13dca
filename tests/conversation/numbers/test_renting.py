"""A number is rented in a few taps; its code comes by itself, and without one nothing is paid."""

from pathlib import Path

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers.numbers import code_after, no_code
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, Human, person
from tests.conversation.numbers.renting import copied, goes_to_confirm, is_sound, labels_of
from tests.conversation.opening import on_sqlite, open_shop, sqlite_at
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))
ONE_PAID = Wallet(free=usd("9.40"), held=usd("0"))


async def test_a_number_is_rented_in_four_taps_and_its_code_comes_by_itself(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.plan_sms(code_after(15, "424242"))
    await goes_to_confirm(alice)
    alice.sees_last("WhatsApp, 🇺🇸 United States", "You pay only if a code arrives")
    alice.sees_last("Total: $0.60", "$10.00 → $9.40")
    await alice.taps("Pay")
    await shop.works()
    phone = next(iter(shop.hstockplus.numbers.values())).phone
    alice.sees_last(phone, "Waiting for the code", "The code can come until")
    assert copied(alice, "Copy the number") == phone
    assert await alice.wallet() == Wallet(free=usd("9.40"), held=usd("0.60"))

    await shop.passes(seconds=20)
    alice.sees_last("Code: 424242", "Your verification code is 424242", phone)
    assert copied(alice, "Copy 424242") == "424242"
    assert await shop.state() is State.COMPLETED
    assert await alice.wallet() == ONE_PAID
    assert alice.times("Code: 424242") == 1
    await is_sound(shop, alice)


@on_sqlite
async def test_numbers_stand_apart_from_the_catalog(shop: Shop, alice: Human) -> None:
    await alice.sends("/start")
    assert any("SMS numbers" in label for label in labels_of(alice))
    await alice.sends("/catalog")
    assert not any("SMS" in label or "United" in label for label in labels_of(alice))


async def test_numbers_are_offered_only_where_a_supplier_sells_them(
    tmp_path: Path, clock: TurnableClock
) -> None:
    async with open_shop(sqlite_at(tmp_path), clock) as shop:
        alice = person(shop, ALICE, "Alice")
        await alice.sends("/start")
        assert not any("SMS numbers" in label for label in labels_of(alice))
        await alice.sends("/numbers")
        alice.sees_last("No numbers are for sale right now.")
        await is_sound(shop, alice)


@on_sqlite
async def test_a_typed_name_searches_and_what_was_used_last_stands_on_top(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("/numbers")
    assert labels_of(alice)[:3] == [
        "Any other service · from $0.12",
        "💬 Viber · from $1.20",
        "💬 WhatsApp · from $0.24",
    ]
    await alice.sends("whats")
    assert labels_of(alice)[0] == "💬 WhatsApp · from $0.24"
    assert not any("Viber" in label for label in labels_of(alice))
    await alice.sends("nothing like that")
    alice.sees_last("Nothing found for “nothing like that”.")
    await alice.sends("vibe")
    await alice.taps("Viber")
    await alice.taps("United States")
    await alice.taps("Pay")
    await shop.passes(seconds=20)
    await alice.sends("/numbers")
    assert labels_of(alice)[0] == "💬 Viber · from $1.20"
    await is_sound(shop, alice)


@on_sqlite
async def test_countries_come_the_cheapest_first_or_by_name(shop: Shop, alice: Human) -> None:
    await goes_to_confirm(alice, "WhatsApp")
    shown = [label for label in labels_of(alice) if "$" in label]
    assert shown == ["🇮🇳 India · $0.24", "🇺🇸 United States · $0.60", "🇩🇪 Germany · $0.96"]
    await alice.taps("Name")
    shown = [label for label in labels_of(alice) if "$" in label]
    assert shown == ["🇩🇪 Germany · $0.96", "🇮🇳 India · $0.24", "🇺🇸 United States · $0.60"]


@on_sqlite
async def test_several_numbers_are_rented_at_once_and_settled_one_by_one(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.plan_sms(code_after(15, "111111"))
    shop.hstockplus.plan_sms(no_code())
    shop.hstockplus.plan_sms(code_after(30, "333333"))
    await goes_to_confirm(alice)
    await alice.taps("3")
    alice.sees_last("3 numbers", "Price: $0.60 each", "Total: $1.80")
    await alice.taps("Pay")
    await shop.works()
    assert await alice.count_orders() == 3
    assert await alice.wallet() == Wallet(free=usd("8.20"), held=usd("1.80"))
    phones = [number.phone for number in shop.hstockplus.numbers.values()]
    assert all(alice.times(phone) == 1 for phone in phones)
    assert alice.times("Waiting for the code") == 3

    await shop.passes(seconds=40)
    alice.sees("Code: 111111", "Code: 333333")
    await shop.leaps(12, minutes=2)
    assert alice.times("costs you nothing") == 1
    assert await alice.wallet() == Wallet(free=usd("8.80"), held=usd("0"))
    await is_sound(shop, alice)


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0", "That is too few."),
        ("11", "That is too many."),
        ("-1", "The quantity must be above zero."),
        ("1.5", "That is not a whole number."),
        ("three", "That is not a number."),
    ],
)
async def test_a_typed_quantity_that_cannot_be_had_is_refused_with_the_range(
    shop: Shop, alice: Human, typed: str, why: str
) -> None:
    await goes_to_confirm(alice)
    await alice.sends(typed)
    alice.sees_last(f"Nothing was charged. {why}", "from 1 to 10")
    await alice.sends("٤")
    alice.sees_last("4 numbers", "Total: $2.40")
    assert await alice.wallet() == UNTOUCHED
    await is_sound(shop, alice)
