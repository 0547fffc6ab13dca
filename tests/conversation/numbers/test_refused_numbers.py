"""What cannot be rented, or not by this person: explained, and nothing is paid."""

from bot.chat.numbers.taps import OpenCountries, RentNumber, ReuseNumber
from bot.chat.orders.taps import CancelOrder, Confirm, OpenOrder, ShowGoods
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.numbers import code_after
from tests.conversation.human import Human
from tests.conversation.numbers.renting import goes_to_confirm, is_sound, labels_of, project, rents
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))
ONE_PAID = Wallet(free=usd("9.40"), held=usd("0"))


@on_sqlite
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
    assert await alice.count_orders() == 1
    await is_sound(shop, boris)


@on_sqlite
async def test_forged_quantities_and_projects_are_explained(shop: Shop, alice: Human) -> None:
    await goes_to_confirm(alice)
    service = RentNumber.unpack(alice.button("2")).service
    for quantity in (0, 11, 10**9):
        await alice.forges(RentNumber(service=service, quantity=quantity).pack())
        alice.sees_last("Nothing was charged.", "from 1 to 10", "1 number")
    await alice.forges(RentNumber(service=10**12).pack())
    alice.sees_last("Nothing was charged. This is no longer sold")
    await alice.sends("/start")
    await alice.forges(OpenCountries(project="nobody").pack())
    alice.sees_last("Nothing was charged. These numbers are no longer sold.")
    await alice.taps("SMS numbers")
    alice.sees_last("What is the code for?")
    assert await alice.wallet() == UNTOUCHED
    await is_sound(shop, alice)


async def test_a_hundred_taps_on_one_confirm_rent_once(shop: Shop, alice: Human) -> None:
    await goes_to_confirm(alice)
    await alice.taps("3")
    confirm, card = alice.button("Pay"), alice.card.message_id
    for _ in range(100):
        alice.person.taps_raw(confirm, card)
    await shop.hears()
    await shop.works()
    await alice.forges(confirm, card)
    await shop.works()
    assert await alice.count_orders() == 3
    assert len(shop.hstockplus.numbers) == 3
    assert alice.times("Waiting for the code") == 3
    assert await alice.wallet() == Wallet(free=usd("8.20"), held=usd("1.80"))
    await is_sound(shop, alice)


@on_sqlite
async def test_a_price_that_rose_is_shown_again_and_nothing_is_charged(
    shop: Shop, alice: Human
) -> None:
    await goes_to_confirm(alice)
    shop.hstockplus.projects[0] = project("WhatsApp", "us", "United States", "0.60")
    await shop.leaps(1, seconds=70)
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. The price changed from $0.60 to $0.72.")
    assert await alice.wallet() == UNTOUCHED
    await alice.taps("Pay")
    await shop.passes(seconds=20)
    assert await alice.wallet() == Wallet(free=usd("9.28"), held=usd("0"))
    await is_sound(shop, alice)


@on_sqlite
async def test_a_country_that_is_gone_is_not_charged_and_others_are_one_tap_away(
    shop: Shop, alice: Human
) -> None:
    await goes_to_confirm(alice)
    confirm = alice.card.message_id
    del shop.hstockplus.projects[0]
    await shop.leaps(1, seconds=70)
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. This is no longer sold")
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
    boris.sees_last("WhatsApp, 🇺🇸 United States", "Total: $0.60")
    await boris.taps("Pay")
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
