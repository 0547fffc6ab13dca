"""Screens of SMS numbers fit Telegram's limits with the ugliest names, phones and codes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.base.ids import OrderId, QuoteId, ServiceId
from bot.base.money import LARGEST, ZERO, Money
from bot.base.page import Page
from bot.catalog.listing import Sort
from bot.catalog.projects import Project, key_of
from bot.catalog.rules import Offer
from bot.chat.home.home import Ways, home_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.numbers.codes import code_screen, codes_screen
from bot.chat.numbers.confirm import number_confirm_screen, number_gone_screen
from bot.chat.numbers.countries import countries_screen, numbers_screen
from bot.chat.numbers.taps import ListOffers, OpenCountries
from bot.chat.orders.confirm import dearer
from bot.chat.orders.notices import in_doubt_screen, needs_person_screen
from bot.chat.orders.order import orders_screen
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView, QuoteView, RentalState
from bot.suppliers.words import Code
from tests.chat.kinds import ended_screen, expired_screen, order_screen, shortfall_screen
from tests.chat.limits import HUGE, UGLY, fits
from tests.chat.number_samples import SPAN, number, number_offer, number_quote, rental
from tests.chat.samples import NOON

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


def found(_: Locale, name: str, one: Offer, sort: Sort) -> Iterator[Screen]:
    """The countries that a typed name left, and what is dearer."""
    for more in (True, False):
        tap = ListOffers(project=key_of(name), page=10**6, sort=sort, more=more, found=True)
        for rows in ((one,) * 8, ()):
            page = Page(rows, 10**6, 10**6 + 5, 10**7)
            yield countries_screen(_, name, page, tap, words=name, more=10**7)
            yield countries_screen(_, name, page, tap, more=10**7)


def screens(_: Locale, name: str) -> Iterator[Screen]:
    one = number_offer(2**62, name, name)
    shown = Project(key_of(name), name, (one,))
    yield home_screen(_, name, Money(LARGEST), Ways(numbers=True))
    for words in ("", name):
        yield numbers_screen(_, Page((shown,) * 8, 10**6, 10**6 + 5, 10**7), words)
        yield numbers_screen(_, Page((), 0, 1, 0), words)
    for sort in Sort:
        tap = OpenCountries(project=shown.key, page=10**6, sort=sort)
        yield countries_screen(_, name, Page((one,) * 8, 10**6, 10**6 + 5, 10**7), tap)
        yield from found(_, name, one, sort)
    yield number_gone_screen(_)
    yield number_gone_screen(_, name=name)
    for quote in quotes(name):
        yield number_confirm_screen(_, quote, name, SPAN, NOON, dearer(_, ZERO, Money(LARGEST)))
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


@pytest.mark.long
@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_of_numbers_breaks_a_limit(locale: Locale, name: str) -> None:
    for screen in screens(locale, name):
        fits(screen)
        assert screen.document is None or screen.text.length <= 1024


def test_no_screen_of_numbers_leaves_a_place_unfilled(locale: Locale) -> None:
    for screen in screens(locale, "WhatsApp"):
        assert "{" not in screen.text.text, screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


def test_every_screen_of_numbers_leads_home(english: Locale) -> None:
    for screen in list(screens(english, "WhatsApp"))[1:]:
        assert screen.rows[-1][-1].label == "🏠 Home"
