"""Screens about price rules fit Telegram's limits with the ugliest names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.money import LARGEST, Money
from bot.base.page import page_of
from bot.catalog.places.named import Named
from bot.catalog.places.tree import Category
from bot.catalog.prices.errors import BadPrice, BadPriceReason
from bot.catalog.prices.preview import PriceMove, PricePreview
from bot.catalog.prices.rules import NO_RULE, PriceRule
from bot.catalog.prices.typed import RulePart
from bot.catalog.selection.selection import SHOP, Selection
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.prices.preview import preview_screen
from bot.chat.prices.rules import (
    ask_price_screen,
    choose_screen,
    price_screen,
    prices_screen,
    which_screen,
)
from bot.chat.prices.taps import ChoosePriced
from bot.chat.prices.words import bad_price_text
from bot.desk.prices import NamedRule, PriceCard
from tests.chat.limits import HUGE, UGLY, fits
from tests.chat.samples import PRICING, shelf

MOST = Money(LARGEST)
EVERYTHING = PriceRule(Decimal("-99.999999"), None, MOST, MOST)
AMOUNT = PriceRule(None, MOST, MOST, MOST)


def screens(_: Locale, name: str) -> Iterator[Screen]:
    parts = (
        SHOP,
        Selection.supplier(SupplierName(name or "s")),
        Selection.category(CategoryId(HUGE)),
        Selection.service(ServiceId(HUGE)),
    )
    named = tuple(NamedRule(one, (name,) * 5, EVERYTHING) for one in parts)
    yield prices_screen(_, page_of(named * 9, 3), PRICING, name)
    yield prices_screen(_, page_of((), 0), PRICING)
    move = PriceMove(ServiceId(1), name, MOST, MOST, 1000)
    seen = PricePreview(HUGE, HUGE, (move,) * 5, HUGE, (name,) * 5, HUGE, "k" * 12)
    for one in named:
        for rule in (EVERYTHING, AMOUNT, NO_RULE):
            card = PriceCard(NamedRule(one.selection, one.path, rule), named * 3, PRICING, HUGE)
            yield price_screen(_, card, name, HUGE)
            yield preview_screen(_, card, AMOUNT, seen, "m" * 12, name)
            for part in RulePart:
                yield ask_price_screen(_, card, part, name)
    nothing = PricePreview(0, 0, (), 0, (), 0, "k")
    card = PriceCard(named[0], (), PRICING, 0)
    yield preview_screen(_, card, NO_RULE, nothing, "m")
    near = (Named(CategoryId(HUGE), (name,) * 5),) * 6
    categories = (Category(CategoryId(HUGE), name, None, english=name),) * 30
    whose = [SupplierName(f"{nth}{name}") for nth in range(9)]
    for here in (ChoosePriced(), ChoosePriced(category=HUGE, page=2)):
        yield choose_screen(_, whose, page_of(categories, here.page), here, name)
    yield which_screen(_, shelf(()), (SHOP, *(one.selection for one in named)), near)
    yield which_screen(_, shelf(()), (), near)
    yield which_screen(_, shelf(()), (), ())


@pytest.mark.long
@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_of_prices_breaks_a_limit(locale: Locale, name: str) -> None:
    for screen in screens(locale, name):
        fits(screen)


def test_no_screen_of_prices_leaves_a_place_unfilled(locale: Locale) -> None:
    for screen in screens(locale, "Email"):
        assert "{" not in screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


def test_every_reason_has_words_of_its_own(locale: Locale) -> None:
    said = [bad_price_text(locale, BadPrice(why, Money(10_000))).text for why in BadPriceReason]
    assert len(set(said)) == len(said)
