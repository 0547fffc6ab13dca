"""Screens of SMS numbers fit Telegram's limits with the ugliest names, phones and codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.callbacks import OpenCountries, OpenNumbers, RentNumber, ReuseNumber
from bot.chat.forms import NumbersSearchForm, decode, encode
from bot.chat.screen import Screen
from bot.chat.screens.codes import as_goods, code_screen, codes_screen
from bot.chat.screens.confirm import dearer, expired_screen, shortfall_screen
from bot.chat.screens.goods import plain_goods_screen
from bot.chat.screens.home import Ways, home_screen
from bot.chat.screens.notices import ended_screen, in_doubt_screen, needs_person_screen
from bot.chat.screens.number_confirm import number_confirm_screen, number_gone_screen
from bot.chat.screens.numbers import countries_screen, in_order, numbers_screen
from bot.chat.screens.orders import order_screen, orders_screen
from bot.chat.voice import Voice, Voices
from bot.domain.catalog import MOST_NUMBERS, Kind, NumberId
from bot.domain.ids import OrderId, QuoteId, ServiceId
from bot.domain.money import LARGEST, ZERO, Money
from bot.domain.offers import Offer
from bot.domain.order import Reason, State
from bot.domain.projects import Project, gather, key_of
from bot.domain.quantity import Span
from bot.domain.rental import Code, RentalState
from bot.domain.shelf import Page, Sort, page_of
from bot.shop.views import OrderView, QuoteView, RentalView
from tests.chat_customer.fakes import NOON, listed, offer, order_view, quote_view, service, usd
from tests.chat_customer.test_screens import HUGE, UGLY, fits

PHONE = "+15550100001"
SPAN = Span(1, MOST_NUMBERS)
CODES = (
    Code("123456", "Your code is 123456"),
    Code("", "A message without a code"),
    Code("123456", ""),
    Code("x" * 300, "long"),
    Code("1\n2", "two\nlines"),
    Code("7", "y" * 5_000),
    Code("\u202e\x00", "odd"),
    Code(" 12 ", " padded "),
)


def number_offer(number: int, name: str, country: str, price: str = "0.50") -> Offer:
    row = listed(
        name,
        remote_id=NumberId(str(number), "us").remote_id,
        category="SMS",
        subcategory=country,
        rate=usd(price).decimal,
        most=MOST_NUMBERS,
        stock=None,
        type="sms",
    )
    return offer(service(number, row, kind=Kind.NUMBER))


def whatsapp() -> Project:
    offers = [
        number_offer(1, "WhatsApp", "United States", "0.60"),
        number_offer(2, "WhatsApp", "Germany", "0.90"),
        number_offer(3, "WhatsApp", "India", "0.20"),
    ]
    return gather(offers).rows[0]


def rental(**changes: object) -> RentalView:
    view = RentalView(
        order=OrderId(12),
        phone=PHONE,
        country="United States",
        state=RentalState.WAITING,
        rented_at=NOON,
        expires_at=NOON + timedelta(minutes=20),
        codes=0,
    )
    return replace(view, **changes)  # type: ignore[arg-type] # the changes are the test's own


def number(**changes: object) -> OrderView:
    usual: dict[str, object] = {
        "service_name": "WhatsApp",
        "kind": Kind.NUMBER,
        "quantity": 1,
        "total": usd("0.60"),
        "rental": rental(),
    }
    return order_view(**(usual | changes))


def number_quote(**changes: object) -> QuoteView:
    usual: dict[str, object] = {
        "service_name": "WhatsApp",
        "kind": Kind.NUMBER,
        "quantity": 1,
        "unit_price": usd("0.60"),
        "total": usd("0.60"),
    }
    return quote_view(**(usual | changes))


def quotes(name: str) -> Iterator[QuoteView]:
    yield number_quote(id=QuoteId(HUGE), service=ServiceId(HUGE), service_name=name, quantity=10)
    yield number_quote(service_name=name, reuse=OrderId(HUGE), phone=name)
    yield number_quote(service_name=name, total=Money(LARGEST))


def numbers(name: str) -> Iterator[OrderView]:
    stands = [(None, None), *((None, one) for one in RentalState)]
    whys = [(reason, RentalState.WAITING) for reason in Reason]
    for state in State:
        for reason, standing in (*stands, *whys):
            here = standing and rental(phone=name, country=name, state=standing)
            more = {"state": state, "reason": reason, "rental": here}
            yield number(id=OrderId(HUGE), service_name=name, delivered=1, **more)


def screens(_: Voice, name: str) -> Iterator[Screen]:
    one = number_offer(2**62, name, name)
    shown = Project(key_of(name), name, (one,))
    yield home_screen(_, name, Money(LARGEST), Ways(numbers=True))
    for words in ("", name):
        yield numbers_screen(_, Page((shown,) * 8, 10**6, 10**6 + 5, 10**7), words)
        yield numbers_screen(_, Page((), 0, 1, 0), words)
    for sort in Sort:
        tap = OpenCountries(project=shown.key, page=10**6, sort=sort)
        yield countries_screen(_, name, Page((one,) * 8, 10**6, 10**6 + 5, 10**7), tap)
    yield number_gone_screen(_)
    yield number_gone_screen(_, name=name)
    for quote in quotes(name):
        yield number_confirm_screen(_, quote, name, SPAN, dearer(_, ZERO, Money(LARGEST)))
        yield expired_screen(_, quote)
        yield shortfall_screen(_, quote, name)
    for order in numbers(name):
        yield order_screen(_, order, live=True)
        yield order_screen(_, order)
        yield ended_screen(_, order)
    order = number(service_name=name, rental=rental(phone=name, country=name))
    yield in_doubt_screen(_, order)
    yield needs_person_screen(_, order)
    yield orders_screen(_, Page((order,) * 8, 1, 3, 20))
    for code in (*CODES, Code(name, name), Code("1", name), Code(name, "")):
        yield code_screen(_, order, code)
        yield codes_screen(_, order, (code,) * 12)


@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_of_numbers_breaks_a_limit(voice: Voice, name: str) -> None:
    for screen in screens(voice, name):
        fits(screen)
        assert screen.document is None or screen.text.length <= 1024


def test_no_screen_of_numbers_leaves_a_place_unfilled(voice: Voice) -> None:
    for screen in screens(voice, "WhatsApp"):
        assert "{" not in screen.text.text, screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


def test_every_screen_of_numbers_leads_home(english: Voice) -> None:
    for screen in list(screens(english, "WhatsApp"))[1:]:
        assert screen.rows[-1][-1].label == "🏠 Home"


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def test_the_menu_has_numbers_only_when_somebody_sells_them(english: Voice) -> None:
    assert "📱 SMS numbers" in labels(home_screen(english, "Kiosk", ZERO, Ways(numbers=True)))
    assert "📱 SMS numbers" not in labels(home_screen(english, "Kiosk", ZERO))


def test_a_service_shows_its_lowest_price(english: Voice) -> None:
    screen = numbers_screen(english, page_of((whatsapp(),), 0))
    assert labels(screen)[0] == "WhatsApp · from $0.20"
    assert screen.rows[0][0].tap == OpenCountries(project=whatsapp().key)


def test_pages_of_a_search_stay_within_it(english: Voice) -> None:
    screen = numbers_screen(english, Page((whatsapp(),) * 8, 0, 2, 9), "whats")
    assert OpenNumbers(page=1, found=True) in [one.tap for row in screen.rows for one in row]
    assert "All services" in labels(screen)


def test_countries_are_sorted_by_price_or_by_name() -> None:
    def shown(sort: Sort) -> list[str]:
        found = in_order(whatsapp().offers, sort)
        return [one.service.listed.subcategory for one in found]

    assert shown(Sort.PRICE) == ["India", "United States", "Germany"]
    assert shown(Sort.NAME) == ["Germany", "India", "United States"]


def test_the_confirm_card_says_the_rule_and_offers_quantities(english: Voice) -> None:
    screen = number_confirm_screen(english, number_quote(), "United States", SPAN)
    assert "You pay only if a code arrives" in screen.text.text
    assert labels(screen)[:5] == ["✓ 1", "2", "3", "5", "10"]
    assert screen.rows[0][4].tap == RentNumber(service=1, quantity=10)


def test_a_phone_that_was_had_is_rented_alone(english: Voice) -> None:
    quote = number_quote(reuse=OrderId(3), phone=PHONE)
    screen = number_confirm_screen(english, quote, "United States", SPAN)
    assert PHONE in screen.text.text
    assert "2" not in labels(screen)
    assert expired_screen(english, quote).rows[0][0].tap == ReuseNumber(order=3)


def test_a_waiting_number_has_its_phone_to_copy_and_a_live_deadline(english: Voice) -> None:
    screen = order_screen(english, number(), live=True)
    assert screen.rows[0][0].copy == PHONE
    kinds = [one.type for one in screen.text.entities]
    assert "code" in kinds
    times = [dict(one.more)["unix_time"] for one in screen.text.entities if one.more]
    assert int((NOON + timedelta(minutes=20)).timestamp()) in times


@pytest.mark.parametrize("phone", ["", "   ", "x" * 300, "1\n2", "\u202e"])
def test_what_is_no_phone_is_not_offered_for_copying(english: Voice, phone: str) -> None:
    screen = order_screen(english, number(rental=rental(phone=phone)))
    assert not any(button.copy for row in screen.rows for button in row)


def test_the_number_is_offered_again_once_nothing_comes_to_it_by_itself(english: Voice) -> None:
    def offered(state: State, stands: RentalState) -> bool:
        order = number(state=state, rental=rental(state=stands))
        return "♻️ Use this number again" in labels(order_screen(english, order))

    assert not offered(State.ACTIVE, RentalState.WAITING)
    assert not offered(State.COMPLETED, RentalState.RECEIVED)
    assert offered(State.COMPLETED, RentalState.CLOSED)
    assert offered(State.CANCELED, RentalState.EXPIRED)


def test_a_code_comes_with_a_copy_button_and_every_word_of_its_message(english: Voice) -> None:
    screen = code_screen(english, number(), Code("4242", "Your code: 4242. Tell nobody."))
    assert screen.text.text.startswith("🔑 Code: 4242")
    assert "Your code: 4242. Tell nobody." in screen.text.text
    assert (screen.rows[0][0].label, screen.rows[0][0].copy) == ("📋 Copy 4242", "4242")


def test_a_message_without_a_code_is_shown_as_it_came(english: Voice) -> None:
    screen = code_screen(english, number(), Code("", "Call us"))
    assert "A message came" in screen.text.text
    assert "Call us" in screen.text.text


@pytest.mark.parametrize("code", [Code("7", "y" * 5_000), Code("x" * 300), Code("\x00", "odd")])
def test_a_code_that_a_message_would_alter_comes_as_a_file(english: Voice, code: Code) -> None:
    screen = code_screen(english, number(), code)
    assert screen.document is not None
    assert code.code in screen.document.content.decode()
    assert code.text in screen.document.content.decode()


def test_a_refused_code_can_be_sent_as_a_plain_file(english: Voice) -> None:
    screen = plain_goods_screen(english, as_goods(number(), (Code("1", "one"),), 2))
    assert screen.document is not None
    assert screen.document.content == b"1\none\n"


def test_a_late_code_says_that_it_is_free(english: Voice) -> None:
    late = number(state=State.CANCELED, reason=Reason.NO_CODE, released=usd("0.60"), delivered=1)
    assert "It came late" in code_screen(english, late, Code("1")).text.text
    assert "A code came late" in order_screen(english, late).text.text


def test_the_end_without_a_code_says_first_that_the_money_is_back(english: Voice) -> None:
    order = number(state=State.CANCELED, reason=Reason.NO_CODE, released=usd("0.60"))
    screen = ended_screen(english, order)
    assert screen.text.text.startswith("💳 $0.60 is back in your balance.")
    assert labels(screen)[:2] == ["🔁 Same again", "🌍 Another country"]


def test_phones_keep_their_direction_in_right_to_left_languages(voices: Voices) -> None:
    arabic = voices.of("ar")
    assert f"\u2068{PHONE}\u2069" in order_screen(arabic, number()).text.text


def test_what_was_searched_for_survives_a_restart() -> None:
    form = NumbersSearchForm(words="whats <app>")
    assert decode(encode(form)) == form
