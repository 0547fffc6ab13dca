"""What `/text` asks for: which text, in which language, and the words or a way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from bot.chat.kit.richtext import Rich
from bot.chat.kit.slicing import part_of
from bot.i18n.language import find_code, is_code
from bot.people.texts.own import EVERY, TextName
from bot.people.texts.reading import BadText, BadTextReason, read_until

_ALL: Final = "all"
"""Stands for every language, so that a word that looks like one is not taken for it."""
_RESET: Final = "reset"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed after `/text`; `language` is None where none was named.

    `name` is None for an unknown text, which `words` then begin with.
    """

    name: TextName | None
    language: str | None = None
    words: Rich = Rich()  # noqa: RUF009 - it cannot be changed
    until: datetime | None = None
    is_reset: bool = False


def read_asked(words: Rich, now: datetime, zone: tzinfo) -> Asked:
    """What was asked for. Raises BadText for an unknown language and a bad end."""
    first = _first(words.text)
    if first.lower() not in set(TextName):
        return Asked(None, words=words)
    name, rest = TextName(first.lower()), _behind(words, first)
    language = read_language(_first(rest.text))
    if language is not None:
        rest = _behind(rest, _first(rest.text))
    if rest.text.lower() == _RESET:
        return Asked(name, language, is_reset=True)
    until, signs = read_until(rest.text, now, zone) if name is TextName.PINNED else (None, 0)
    return Asked(name, language, part_of(rest, signs, len(rest.text)), until)


def read_language(word: str) -> str | None:
    """The language that a word names, `EVERY` for all, None for a word. Raises BadText."""
    if word == _ALL:
        return EVERY
    if not is_code(word):
        return None
    code = find_code(word)
    if code is None:
        raise BadText(BadTextReason.LANGUAGE, language=word)
    return code


def _first(text: str) -> str:
    return next(iter(text.split(maxsplit=1)), "")


def _behind(words: Rich, first: str) -> Rich:
    return part_of(words, words.text.index(first) + len(first), len(words.text))
