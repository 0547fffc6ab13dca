"""What `/switch` asks for: off or on, of what, and the words for customers in each language."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from bot.base.ids import SupplierName
from bot.catalog.switches.names import NUMBERS, SHOP
from bot.chat.kit.richtext import Rich
from bot.chat.kit.slicing import part_of
from bot.chat.own_words import stored_words
from bot.chat.texts.asked import read_language
from bot.people.texts.own import EVERY, OwnText, TextName
from bot.people.texts.reading import check_words

_ALIKE: Final = 0.7
"""So much alike, a word is a supplier's name with a mistake in it rather than a word."""
_LANGUAGE_LINE: Final = re.compile(r"^([a-z]{2}(?:-[A-Za-z]{2,4})?|all):[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AskedSwitch:
    """What was typed after `/switch`.

    `what` is None where the first word behind names neither a supplier nor anything else, and is
    no word for customers either; `words` begin with it then.
    """

    off: bool
    what: SupplierName | None
    words: Rich


def read_switch(words: Rich, suppliers: Collection[SupplierName]) -> AskedSwitch | None:
    """What was asked for, None for what begins with neither off nor on."""
    verb, rest = _split(words)
    if verb.lower() not in {"off", "on"}:
        return None
    off = verb.lower() == "off"
    first, behind = _split(rest)
    named = _find(first, suppliers)
    if named is not None:
        return AskedSwitch(off, named, behind)
    is_unclear = bool(first) and (not off or not behind.text or _is_alike(first, suppliers))
    return AskedSwitch(off, None if is_unclear else SHOP, rest)


def _find(word: str, suppliers: Collection[SupplierName]) -> SupplierName | None:
    if word.lower() in {"shop", "sms"}:
        return {"shop": SHOP, "sms": NUMBERS}[word.lower()]
    return next((name for name in suppliers if name.lower() == word.lower()), None)


def _is_alike(word: str, suppliers: Collection[SupplierName]) -> bool:
    return any(
        SequenceMatcher(None, word.lower(), name.lower()).ratio() >= _ALIKE for name in suppliers
    )


def read_words(words: Rich, *, needed: bool = False) -> dict[str, OwnText]:
    """The words for customers: all of them for everybody, or lines that begin with a language.

    `en: Back on Monday` and then `de: Ab Montag wieder`. None at all are fine unless they are
    `needed`. Raises BadText.
    """
    begins = list(_LANGUAGE_LINE.finditer(words.text))
    if not begins or begins[0].start() > 0:
        return _checked({EVERY: words}) if words.text or needed else {}
    ends = [*(one.start() for one in begins[1:]), len(words.text)]
    said: dict[str, Rich] = {}
    for begin, end in zip(begins, ends, strict=True):
        language = read_language(begin[1])
        said[EVERY if language is None else language] = part_of(words, begin.end(), end)
    return _checked(said)


def _checked(said: dict[str, Rich]) -> dict[str, OwnText]:
    for one in said.values():
        check_words(TextName.PAUSED, one.text, one.length)
    return {language: stored_words(one) for language, one in said.items()}


def _split(words: Rich) -> tuple[str, Rich]:
    first = next(iter(words.text.split(maxsplit=1)), "")
    begin = words.text.index(first) + len(first)
    return first, part_of(words, begin, len(words.text))
