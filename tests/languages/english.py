"""Finds English that was left over in what a reader of another language sees."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.chat.kit.screen import Screen
from bot.i18n.language import ENGLISH
from bot.i18n.texts import po_file, read_catalog

LOCALES = Path(__file__).parents[2] / "locales"
_WORD = re.compile(r"(?<![\w/{@.])[A-Za-z]{4,}(?![\w}])")
_ADDRESS = re.compile(r"https?://\S+")
_COMMAND = re.compile(r"^[\u2066-\u2069]?/.*$", re.MULTILINE)
"""A line that shows how a command is written, its English words included."""
_NOT_OURS = frozenset(
    {"english", "start", "https", "kiosk", "accplanet", "hstockplus", "olga", "alice"}
)
"""Names, a language's own among them, addresses, and the word on Telegram's own button."""


@cache
def catalog(code: str) -> Catalog:
    with po_file(LOCALES, code).open("rb") as file:
        return read_catalog(file, code)


def words(text: str) -> set[str]:
    """The Latin words of a text, without commands, addresses and `{places}`."""
    return {word.lower() for word in _WORD.findall(_COMMAND.sub(" ", _ADDRESS.sub(" ", text)))}


def texts(message: Message) -> Iterator[str]:
    given = message.string or ()
    yield from (given,) if isinstance(given, str) else given


def sources(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


@cache
def suspects(code: str) -> frozenset[str]:
    """Every word that the shop says in English and never says in this language."""
    english = {word for one in catalog(ENGLISH) for text in sources(one) for word in words(text)}
    own = {word for one in catalog(code) if one.id for text in texts(one) for word in words(text)}
    return frozenset(english - own - _NOT_OURS)


def left_over(code: str, text: str, *strangers: str) -> set[str]:
    """The English words in a text of another language, except in what strangers wrote."""
    for said in strangers:
        text = text.replace(said, " ")
    return words(text) & suspects(code)


def shown(screen: Screen) -> str:
    """All that a person reads on a screen."""
    labels = [button.label for row in screen.rows for button in row]
    return "\n".join([screen.text.text, *labels])
