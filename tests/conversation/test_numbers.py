"""A number is rented in a few taps; its code comes by itself, and without one nothing is paid."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.base.ids import CustomerId
from bot.chat.numbers.taps import OpenCountries, RentNumber, ReuseNumber
from bot.chat.orders.taps import CancelOrder, Confirm, OpenOrder, ShowGoods
from bot.money.ledger import Wallet
from bot.orders import read
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.numbers import (
    SmsPlan,
    SmsProject,
    canceled_by_supplier,
    code_after,
    code_at_expiry,
    codes_after,
    late_code,
    no_code,
)
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, Human, person
from tests.conversation.opening import on_sqlite, open_shop, sqlite_at
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))
ONE_PAID = Wallet(free=usd("9.40"), held=usd("0"))


def project(name: str, country: str, title: str, price: str, number: str = "7") -> SmsProject:
    return SmsProject(
        project_id=number,
        name=name,
        price=Decimal(price),
        country_id=country,
        country_title=title,
    )


PROJECTS = (
    project("WhatsApp", "us", "United States", "0.50"),
    project("WhatsApp", "de", "Germany", "0.80"),
    project("WhatsApp", "in", "India", "0.20", number="9"),
    project("Telegram", "us", "United States", "1.00", number="8"),
    project("Any other", "us", "United States", "0.10", number="1"),
)


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    """The shop, with numbers on sale."""
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    return shop


async def reads_numbers(shop: Shop) -> None:
    for supplier in shop.kiosk.shop.suppliers.values():
        if supplier.rents_numbers:
            await shop.kiosk.shop.refresh.numbers(supplier)
    await shop.kiosk.shop.load_shelf()


async def goes_to_confirm(human: Human, *labels: str) -> None:
    await human.sends("/start")
    for label in ("SMS numbers", *(labels or ("WhatsApp", "United States"))):
        await human.taps(label)


async def rents(human: Human, *labels: str) -> None:
    await goes_to_confirm(human, *labels)
    await human.taps("Confirm")
    await human.shop.works()


def copied(human: Human, label: str) -> str:
    """What a button puts into the reader's clipboard."""
    button = human.card.find_button(label)
    assert button is not None
    assert button.copy_text is not None
    return button.copy_text


def labels_of(human: Human) -> list[str]:
    return [label for row in human.card.labels for label in row]


async def orders_of(shop: Shop) -> int:
    page = await shop.kiosk.shop.store.db.read(
        read.list_orders, CustomerId(ALICE), 0, only_open=False
    )
    return page.total


async def is_sound(shop: Shop, human: Human) -> None:
    assert await shop.proof() == ()
    assert not shop.trouble()
    assert human.person.unanswered == ()


async def test_a_number_is_rented_in_four_taps_and_its_code_comes_by_itself(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.plan_sms(code_after(15, "424242"))
    await goes_to_confirm(alice)
    alice.sees_last("WhatsApp, United States", "You pay only if a code arrives")
    alice.sees_last("Total: $0.60", "$10.00 → $9.40")
    await alice.taps("Confirm")
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
        alice.sees_last("No numbers are on sale right now.")
        await is_sound(shop, alice)


@on_sqlite
async def test_a_typed_name_searches_and_what_was_used_last_stands_on_top(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("/numbers")
    assert labels_of(alice)[:3] == [
        "Any other · from $0.12",
        "Telegram · from $1.20",
        "WhatsApp · from $0.24",
    ]
    await alice.sends("whats")
    assert labels_of(alice)[0] == "WhatsApp · from $0.24"
    assert not any("Telegram" in label for label in labels_of(alice))
    await alice.sends("nothing like that")
    alice.sees_last("Nothing here is called “nothing like that”.")
    await alice.sends("teleg")
    await alice.taps("Telegram")
    await alice.taps("United States")
    await alice.taps("Confirm")
    await shop.passes(seconds=20)
    await alice.sends("/numbers")
    assert labels_of(alice)[0] == "Telegram · from $1.20"
    await is_sound(shop, alice)


@on_sqlite
async def test_countries_come_the_cheapest_first_or_by_name(shop: Shop, alice: Human) -> None:
    await goes_to_confirm(alice, "WhatsApp")
    shown = [label for label in labels_of(alice) if "$" in label]
    assert shown == ["India · $0.24", "United States · $0.60", "Germany · $0.96"]
    await alice.taps("Name")
    shown = [label for label in labels_of(alice) if "$" in label]
    assert shown == ["Germany · $0.96", "India · $0.24", "United States · $0.60"]


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
    await alice.taps("Confirm")
    await shop.works()
    assert await orders_of(shop) == 3
    assert await alice.wallet() == Wallet(free=usd("8.20"), held=usd("1.80"))
    phones = [one.phone for one in shop.hstockplus.numbers.values()]
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
        ("-1", "Less than nothing cannot be ordered."),
        ("1.5", "Parts cannot be ordered."),
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


@on_sqlite
async def test_without_a_code_the_money_comes_back_by_itself(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(no_code())
    await rents(alice)
    await shop.leaps(11, minutes=2)
    assert alice.card.text.startswith("💳 $0.60 is back in your balance.")
    alice.sees_last("No code came to this number, so order #1 costs you nothing.")
    assert await alice.wallet() == UNTOUCHED
    dossier = await shop.dossier()
    assert (dossier.order.state, dossier.order.reason) == (State.CANCELED, Reason.NO_CODE)

    await alice.taps("Same again")
    alice.sees_last("WhatsApp, United States", "Total: $0.60")
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


async def test_further_codes_come_one_by_one_and_cost_nothing(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(codes_after((10, "111111"), (60, "222222")))
    await rents(alice)
    await shop.passes(seconds=90)
    assert alice.times("Code: 111111") == alice.times("Code: 222222") == 1
    alice.sees("More codes to this number arrive here until")
    assert await alice.wallet() == ONE_PAID
    await alice.taps("Order #1")
    await alice.taps("Show codes")
    alice.sees_last("111111", "222222", "Your verification code is 222222")
    assert copied(alice, "Copy 222222") == "222222"
    await is_sound(shop, alice)


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
    alice.sees_last("WhatsApp, United States", "Total: $0.60")
    await alice.taps("Another country", code)
    await alice.taps("India")
    alice.sees_last("WhatsApp, India", "Total: $0.24")
    await alice.taps("Confirm")
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
    await alice.taps("Confirm")
    await shop.passes(seconds=20)
    alice.sees_last("Code: 999999", phone)
    asked = shop.hstockplus.received_of("add_sms")[-1]
    assert asked.params["phone"] == phone
    assert await alice.wallet() == Wallet(free=usd("8.80"), held=usd("0"))
    await is_sound(shop, alice)


async def test_somebody_elses_number_shows_and_moves_nothing(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await rents(alice)
    await shop.passes(seconds=20)
    phone = next(iter(shop.hstockplus.numbers.values())).phone
    forged = (
        OpenOrder(order=1),
        ShowGoods(order=1),
        ReuseNumber(order=1),
        CancelOrder(order=1),
        Confirm(quote=1),
    )
    for one in forged:
        await boris.sends("/start")
        await boris.forges(one.pack())
        boris.sees_nothing_of(phone, "123456", "WhatsApp")
    assert await orders_of(shop) == 1
    await is_sound(shop, boris)


@on_sqlite
async def test_forged_quantities_and_projects_are_explained(shop: Shop, alice: Human) -> None:
    await goes_to_confirm(alice)
    service = RentNumber.unpack(alice.button("2")).service
    for quantity in (0, 11, 10**9):
        await alice.forges(RentNumber(service=service, quantity=quantity).pack())
        alice.sees_last("Nothing was charged.", "from 1 to 10", "1 number")
    await alice.forges(RentNumber(service=10**12).pack())
    alice.sees_last("Nothing was charged. This is not for sale any more")
    await alice.sends("/start")
    await alice.forges(OpenCountries(project="nobody").pack())
    alice.sees_last("Nothing was charged. These numbers are not for sale any more.")
    await alice.taps("SMS numbers")
    alice.sees_last("What is the code for?")
    assert await alice.wallet() == UNTOUCHED
    await is_sound(shop, alice)


async def test_a_hundred_taps_on_one_confirm_rent_once(shop: Shop, alice: Human) -> None:
    await goes_to_confirm(alice)
    await alice.taps("3")
    confirm, card = alice.button("Confirm"), alice.card.message_id
    for _ in range(100):
        alice.person.taps_raw(confirm, card)
    await shop.hears()
    await shop.works()
    await alice.forges(confirm, card)
    await shop.works()
    assert await orders_of(shop) == 3
    assert len(shop.hstockplus.numbers) == 3
    assert alice.times("Waiting for the code") == 3
    assert await alice.wallet() == Wallet(free=usd("8.20"), held=usd("1.80"))
    await is_sound(shop, alice)


@on_sqlite
async def test_a_price_that_rose_is_shown_again_and_nothing_is_charged(
    shop: Shop, alice: Human
) -> None:
    await goes_to_confirm(alice)
    shop.hstockplus.projects[0] = project("WhatsApp", "us", "United States", "0.75")
    await shop.leaps(1, seconds=70)
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. The price changed from $0.60 to $0.90.")
    assert await alice.wallet() == UNTOUCHED
    await alice.taps("Confirm")
    await shop.passes(seconds=20)
    assert await alice.wallet() == Wallet(free=usd("9.10"), held=usd("0"))
    await is_sound(shop, alice)


@on_sqlite
async def test_a_country_that_is_gone_is_not_charged_and_others_are_one_tap_away(
    shop: Shop, alice: Human
) -> None:
    await goes_to_confirm(alice)
    confirm = alice.card.message_id
    del shop.hstockplus.projects[0]
    await shop.leaps(1, seconds=70)
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. This is not for sale any more")
    assert alice.card.message_id == confirm
    assert await alice.wallet() == UNTOUCHED
    await alice.taps("Another country")
    assert any("India" in label for label in labels_of(alice))
    assert not any("United States" in label for label in labels_of(alice))
    await is_sound(shop, alice)


@on_sqlite
async def test_without_credit_the_missing_amount_is_asked_for(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await goes_to_confirm(boris)
    boris.sees_last("Nothing was charged. You need $0.60 more.", "WhatsApp")
    await boris.taps("Ask for a top-up")
    await shop.works()
    await olga.taps("Approve")
    await shop.works()
    await boris.taps("Buy WhatsApp")
    boris.sees_last("WhatsApp, United States", "Total: $0.60")
    await boris.taps("Confirm")
    await shop.passes(seconds=20)
    boris.sees_last("Code: 123456")
    await is_sound(shop, boris)


async def test_a_lost_answer_is_parked_and_the_desk_sees_that_it_is_a_number(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.hstockplus.faults.next("add_sms", wire_faults.server_error(500))
    await rents(alice)
    assert await shop.state() is State.IN_DOUBT
    alice.sees("being checked")
    olga.sees("A phone number for codes", "An order is in doubt")
    await olga.taps("Not placed: refund")
    await olga.taps("Yes")
    await shop.works()
    assert await alice.wallet() == UNTOUCHED
    await is_sound(shop, alice)


@on_sqlite
async def test_operators_see_the_phone_and_where_the_number_stands(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await rents(alice)
    phone = next(iter(shop.hstockplus.numbers.values())).phone
    await olga.sends("/order 1")
    olga.sees_last("A phone number for codes", phone, "United States", "waits for a code")


async def test_a_restart_forgets_no_number(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(code_after(60, "424242"))
    await rents(alice)
    await shop.restarts()
    await shop.passes(seconds=70)
    assert alice.times("Code: 424242") == 1
    assert await alice.wallet() == ONE_PAID
    await is_sound(shop, alice)
