"""Amounts as people type them: with the shop's currency before or after, or without it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from bot.base.digits import western_digits
from bot.base.money import Money, amounts_of
from bot.chat.kit.locale import Locale
from bot.i18n.language import all_currencies

GROUP: Final = re.compile(r"[0-9]{3}(?![0-9])([.,][0-9]*)?$")
"""What follows the first digits of an amount that is written with spaces."""


def typed_amounts(_: Locale, text: str) -> list[Money]:
    """Every amount above 0 that a typed text may mean: none, one, or two, the larger one first."""
    plain = _without_end(_without_begin(text, _.currency_signs), _.currency_signs)
    return [amount for amount in amounts_of(plain.strip(), _.group_sign) if amount]


def without_currency(words: Sequence[str], signs: Collection[str]) -> list[str] | None:
    """An amount and the words after it, without the shop's currency around the amount.

    None where another currency stands after it: `12 EUR` is no twelve dollars.
    """
    left = [*words[1:]] if words and words[0].lower() in signs else [*words]
    if not left:
        return left
    left[0] = _without_begin(left[0], signs)
    for at, word in enumerate(left[:2]):
        plain = _without_end(word, signs)
        if at and GROUP.match(western_digits(plain)) is None:
            break
        left[at], following = plain, left[at + 1 : at + 2]
        if plain != word or not following:
            break
        if following[0].lower() in signs:
            del left[at + 1]
            break
        if _is_foreign(following[0], is_last=at + 2 == len(left)):
            return None
    return left


def _is_foreign(word: str, *, is_last: bool) -> bool:
    """Whether it names a currency; small letters do where nothing follows them."""
    return word in all_currencies() or (is_last and word.upper() in all_currencies())


def _without_begin(text: str, signs: Collection[str]) -> str:
    """The text without the sign that it begins with, the longest one."""
    low = text.strip().lower()
    found = max((one for one in signs if low.startswith(one)), key=len, default="")
    return text.strip()[len(found) :]


def _without_end(text: str, signs: Collection[str]) -> str:
    """The same at its end."""
    plain = text.strip()
    found = max((one for one in signs if plain.lower().endswith(one)), key=len, default="")
    return plain[: len(plain) - len(found)]
