"""Where a reader chose another language, no screen speaks English."""

from collections.abc import Iterator

import pytest

from bot.base.acts import Role
from bot.base.errors import ShopError
from bot.chat.errors import error_screen
from bot.chat.home.menu import customer_commands, description, operator_commands, short_description
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.screen import Screen
from bot.i18n.language import ENGLISH, LANGUAGES
from bot.i18n.texts import Texts
from bot.orders.rules.networks import NETWORKS
from tests.chat import test_screens as customer
from tests.chat.desk import test_screens as desk
from tests.chat.numbers import test_screens as numbers
from tests.chat.test_words import made, refusals
from tests.languages.english import LOCALES, left_over, shown, sources, suspects, texts, words
from tests.languages.english import catalog as read

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
ALL_LOCALES = Locales.from_texts(Texts.load(LOCALES), "USD")
NAME = "Ωμέγα 7"
"""A stranger's text that is not English."""
STRANGERS = (
    "Gmail account",
    "Your code is 123456",
    "A message without a code",
    "Ugly {total} <b>name</b>",
    ", ".join(network.name for network in NETWORKS),
)
"""What suppliers send in the facts of these screens, and what networks call themselves."""


def all_screens(_: Locale) -> Iterator[Screen]:
    yield from customer.screens(_, NAME)
    yield from numbers.screens(_, NAME)
    yield from desk.desk_screens(_)
    yield from desk.alert_screens(_)
    yield from desk.notice_screens(_)
    for kind in refusals(ShopError):
        yield from (error_screen(_, refusal) for refusal in made(kind))


@pytest.mark.parametrize("code", OTHERS)
def test_no_screen_is_left_in_english(code: str) -> None:
    found = {
        word: text
        for text in map(shown, all_screens(ALL_LOCALES.of(code)))
        for word in left_over(code, text, *STRANGERS)
    }
    assert found == {}


@pytest.mark.parametrize("code", OTHERS)
def test_what_telegram_shows_outside_the_chat_is_translated(code: str) -> None:
    _ = ALL_LOCALES.of(code)
    told = [description(_, NAME), short_description(_, NAME)]
    told += [command.description for command in customer_commands(_, numbers=True)]
    told += [command.description for command in operator_commands(_, Role.OWNER, numbers=True)]

    assert [text for text in told if left_over(code, text)] == []
    english = ALL_LOCALES.of(ENGLISH)
    assert told[0] != description(english, NAME)


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_the_english_text_again(code: str) -> None:
    copied = [
        text
        for message in read(code)
        if message.id
        for text in texts(message)
        if text in sources(message) and len(words(text)) > 1
    ]
    assert copied == []


def test_english_that_is_left_over_is_found() -> None:
    assert left_over("ru", "Заказ was refunded") == {"refunded"}
    assert left_over("ru", "Заказ выполнен, /support, https://refunded.example") == set()
    assert all(len(suspects(code)) > 300 for code in OTHERS)
