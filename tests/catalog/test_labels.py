"""A list of categories names them by its order alone, so little of it is believed."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from bot.base.ids import CategoryId
from bot.base.money import Money
from bot.catalog.labels import Labels
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.shelf import Shelf

ENGLISH = {"Mail": ("Gmail", "Outlook"), "Games": ()}
MAIL, GMAIL, OUTLOOK, GAMES = (CategoryId(number) for number in (1, 2, 3, 4))


@pytest.fixture
def labels() -> Labels:
    known = {
        MAIL: Category(MAIL, "Mail", None),
        GMAIL: Category(GMAIL, "Gmail", MAIL),
        OUTLOOK: Category(OUTLOOK, "Outlook", MAIL),
        GAMES: Category(GAMES, "Games", None),
    }
    return Labels(Shelf((), known, Pricing(Decimal(0), Money(10_000)), {}))


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ({"Почта": ("Джимейл", "Outlook"), "Игры": ()}, {1: "Почта", 2: "Джимейл", 4: "Игры"}),
        ({"Игры": (), "Почта": ("Джимейл", "Outlook")}, {}),
        ({"Почта": ("Outlook", "Джимейл"), "Игры": ()}, {}),
        ({"Почта": ("Джимейл",), "Игры": ()}, {}),
        (ENGLISH, {}),
        ({}, {}),
    ],
    ids=["in order", "of another shape", "in another order", "cut", "English", "empty"],
)
def test_only_a_list_in_the_same_order_names_categories(
    labels: Labels, said: Mapping[str, tuple[str, ...]], chosen: Mapping[int, str]
) -> None:
    labels.note_categories(ENGLISH, said)
    assert labels.chosen() == chosen


def test_where_rows_say_otherwise_the_list_is_not_believed(labels: Labels) -> None:
    labels.votes[MAIL]["Письма"] += 1
    labels.note_categories(ENGLISH, {"Почта": ("Джимейл", "Аутлук"), "Игры": ()})
    assert labels.chosen() == {MAIL: "Письма"}
