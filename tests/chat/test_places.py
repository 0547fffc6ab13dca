"""Screens about places of categories fit Telegram's limits with the ugliest names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.places.named import Named
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.places.card import (
    ask_merge_screen,
    ask_name_screen,
    category_card_screen,
    merge_sure_screen,
    put_back_sure_screen,
    which_category_screen,
)
from bot.desk.categories import CategoryCard, Decided, ListedThere
from tests.chat.limits import HUGE, UGLY, fits

HERE = CategoryId(HUGE)


def screens(_: Locale, name: str) -> Iterator[Screen]:
    whose = SupplierName(name or "s")
    listed = tuple(
        ListedThere(SupplierName(f"{nth}{whose}"), HUGE, (name,) * 9) for nth in range(9)
    )
    decided = (Decided(HERE, name, whose, HUGE), Decided(HERE, name, SupplierName(""), 0)) * 9
    card = CategoryCard(HERE, (name,) * 4, listed, decided)
    near = (Named(HERE, (name,) * 5),) * 6
    for each in (card, CategoryCard(HERE, (name,), (), ())):
        yield category_card_screen(_, each, _("✅ Changed."))
        yield ask_merge_screen(_, each, near, name)
        yield ask_merge_screen(_, each, ())
        yield ask_name_screen(_, each)
        yield ask_name_screen(_, each, whose, name)
        yield merge_sure_screen(_, each, card)
        yield put_back_sure_screen(_, each, decided[0])
    for exact in (True, False):
        yield which_category_screen(_, near, exact=exact)
        yield which_category_screen(_, (), exact=exact)


@pytest.mark.long
@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_of_places_breaks_a_limit(locale: Locale, name: str) -> None:
    for screen in screens(locale, name):
        fits(screen)


def test_no_screen_of_places_leaves_a_place_unfilled(locale: Locale) -> None:
    for screen in screens(locale, "Email"):
        assert "{" not in screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)
