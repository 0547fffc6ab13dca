"""What screens of SMS numbers say and offer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.base.ids import OrderId
from bot.base.money import ZERO
from bot.base.page import Page, page_of
from bot.catalog.listing import Sort
from bot.chat.home.home import Ways, home_screen
from bot.chat.kit.forms import Forms
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.screen import Screen
from bot.chat.numbers.by_country import in_order
from bot.chat.numbers.codes import as_goods, code_screen, codes_screen
from bot.chat.numbers.confirm import number_confirm_screen
from bot.chat.numbers.countries import numbers_screen
from bot.chat.numbers.taps import (
    NumbersSearchForm,
    OpenCountries,
    OpenNumbers,
    RentNumber,
    ReuseNumber,
)
from bot.chat.orders.goods import plain_goods_screen
from bot.chat.orders.taps import LinkForm, QuantityForm
from bot.orders.rules.moves import Reason, State
from bot.orders.views import RentalState
from bot.suppliers.words import Code
from tests.chat.kinds import ended_screen, expired_screen, order_screen
from tests.chat.number_samples import PHONE, SPAN, number, number_quote, rental, whatsapp
from tests.chat.samples import NOON
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE, usd


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def test_the_menu_has_numbers_only_when_somebody_sells_them(english: Locale) -> None:
    assert "📱 SMS numbers" in labels(home_screen(english, "Kiosk", ZERO, Ways(numbers=True)))
    assert "📱 SMS numbers" not in labels(home_screen(english, "Kiosk", ZERO))


def test_a_service_shows_its_lowest_price(english: Locale) -> None:
    screen = numbers_screen(english, page_of((whatsapp(),), 0))
    assert labels(screen)[0] == "💬 WhatsApp · from $0.20"
    assert screen.rows[0][0].tap == OpenCountries(project=whatsapp().key)


def test_pages_of_a_search_stay_within_it(english: Locale) -> None:
    screen = numbers_screen(english, Page((whatsapp(),) * 8, 0, 2, 9), "whats")
    assert OpenNumbers(page=1, found=True) in [one.tap for row in screen.rows for one in row]
    assert "All services" in labels(screen)


def test_countries_are_sorted_by_price_or_by_name() -> None:
    def shown(sort: Sort) -> list[str]:
        found = in_order(whatsapp().offers, sort)
        return [one.service.listed.subcategory for one in found]

    assert shown(Sort.PRICE) == ["India", "United States", "Germany"]
    assert shown(Sort.NAME) == ["Germany", "India", "United States"]


def test_the_confirm_card_says_the_rule_and_offers_quantities(english: Locale) -> None:
    screen = number_confirm_screen(english, number_quote(), "United States", SPAN, NOON)
    assert "You pay only if a code arrives" in screen.text.text
    assert labels(screen)[:5] == ["✓ 1", "2", "3", "5", "10"]
    assert screen.rows[0][4].tap == RentNumber(service=1, quantity=10)


def test_a_phone_that_was_had_is_rented_alone(english: Locale) -> None:
    quote = number_quote(reuse=OrderId(3), phone=PHONE)
    screen = number_confirm_screen(english, quote, "United States", SPAN, NOON)
    assert PHONE in screen.text.text
    assert "2" not in labels(screen)
    assert expired_screen(english, quote).rows[0][0].tap == ReuseNumber(order=3)


def test_a_waiting_number_has_its_phone_to_copy_and_a_live_deadline(english: Locale) -> None:
    screen = order_screen(english, number(), live=True)
    assert screen.rows[0][0].copy == PHONE
    kinds = [entity.type for entity in screen.text.entities]
    assert "code" in kinds
    times = [dict(entity.more)["unix_time"] for entity in screen.text.entities if entity.more]
    assert int((NOON + timedelta(minutes=20)).timestamp()) in times


@pytest.mark.parametrize("phone", ["", "   ", "x" * 300, "1\n2", "\u202e", "+1\u033f5"])
def test_what_is_no_phone_is_not_offered_for_copying(english: Locale, phone: str) -> None:
    screen = order_screen(english, number(rental=rental(phone=phone)))
    assert not any(button.copy for row in screen.rows for button in row)


def test_the_number_is_offered_again_once_nothing_comes_to_it_by_itself(english: Locale) -> None:
    def offered(state: State, stands: RentalState) -> bool:
        order = number(state=state, rental=rental(state=stands))
        return "♻️ Use this number again" in labels(order_screen(english, order))

    assert not offered(State.ACTIVE, RentalState.WAITING)
    assert not offered(State.COMPLETED, RentalState.RECEIVED)
    assert offered(State.COMPLETED, RentalState.CLOSED)
    assert offered(State.CANCELED, RentalState.EXPIRED)


def test_a_code_comes_with_a_copy_button_and_every_word_of_its_message(english: Locale) -> None:
    screen = code_screen(english, number(), Code("4242", "Your code: 4242. Tell nobody."))
    assert screen.text.text.startswith("🔑 Code: 4242")
    assert "Your code: 4242. Tell nobody." in screen.text.text
    assert (screen.rows[0][0].label, screen.rows[0][0].copy) == ("📋 Copy 4242", "4242")


def test_a_message_without_a_code_is_shown_as_it_came(english: Locale) -> None:
    screen = code_screen(english, number(), Code("", "Call us"))
    assert "A message came" in screen.text.text
    assert "Call us" in screen.text.text


@pytest.mark.parametrize("code", [Code("7", "y" * 5_000), Code("x" * 300), Code("\x00", "odd")])
def test_a_code_that_a_message_would_alter_comes_as_a_file(english: Locale, code: Code) -> None:
    screen = code_screen(english, number(), code)
    assert screen.document is not None
    assert code.code in screen.document.content.decode()
    assert code.text in screen.document.content.decode()


def test_a_code_whose_message_would_be_altered_is_there_to_copy_with_a_file_beside_it(
    english: Locale,
) -> None:
    came = Code("4242", "\u202bرمزك 4242\u202c")
    screen = code_screen(english, number(), came)
    assert screen.text.text.startswith("🔑 Code: 4242")
    assert (screen.rows[0][0].label, screen.rows[0][0].copy) == ("📋 Copy 4242", "4242")
    assert screen.document is not None
    assert screen.document.content.decode() == f"4242\n{came.text}\n"


def test_codes_shown_again_in_a_file_are_there_to_copy(english: Locale) -> None:
    codes = (Code("11", "one\u202c"), Code("", "no code\ttold"), Code("22", "two"))
    screen = codes_screen(english, number(), codes)
    assert [button.copy for row in screen.rows for button in row if button.copy] == ["11", "22"]
    assert screen.document is not None
    assert screen.document.content.decode() == (
        "===== 1/3 =====\n11\none\u202c\n===== 2/3 =====\nno code\ttold\n"
        "===== 3/3 =====\n22\ntwo\n"
    )


def test_a_refused_code_can_be_sent_as_a_plain_file(english: Locale) -> None:
    screen = plain_goods_screen(english, as_goods(number(), (Code("1", "one"),), 2))
    assert screen.document is not None
    assert screen.document.content == b"1\none\n"


def test_a_late_code_says_that_it_is_free(english: Locale) -> None:
    late = number(state=State.CANCELED, reason=Reason.NO_CODE, released=usd("0.60"), delivered=1)
    assert "It came late" in code_screen(english, late, Code("1")).text.text
    assert "A code came late" in order_screen(english, late).text.text


def test_the_end_without_a_code_says_first_that_the_money_is_back(english: Locale) -> None:
    order = number(state=State.CANCELED, reason=Reason.NO_CODE, released=usd("0.60"))
    screen = ended_screen(english, order)
    assert screen.text.text.startswith("💳 $0.60 is back in your balance.")
    assert labels(screen)[:2] == ["🔁 Same again", "🌍 Another country"]


def test_phones_keep_their_direction_in_right_to_left_languages(locales: Locales) -> None:
    arabic = locales.of("ar")
    assert f"\u2068{PHONE}\u2069" in order_screen(arabic, number()).text.text


async def test_what_was_searched_for_survives_a_restart(shop: SmallShop) -> None:
    form = NumbersSearchForm(words="whats <app>")
    await Forms(shop.books.db, (NumbersSearchForm,)).open(ALICE, form)
    assert await Forms(shop.books.db, (NumbersSearchForm,)).find(ALICE) == form


async def test_a_form_of_another_version_is_not_open(shop: SmallShop) -> None:
    await Forms(shop.books.db, (NumbersSearchForm,)).open(ALICE, NumbersSearchForm())
    assert await Forms(shop.books.db, (QuantityForm, LinkForm)).find(ALICE) is None
