"""Names of countries in the reader's language, where a supplier says only English ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.i18n.language import ENGLISH, babel_locale

_CODE_LETTERS: Final = 2
_MORE: Final = frozenset("0123456789()[]/+#")
"""Signs of a title that tells one kind of numbers of a country from another."""
_ALSO: Final[Mapping[str, str]] = {
    "bosnia and herzegovina": "BA",
    "brunei darussalam": "BN",
    "cape verde": "CV",
    "congo": "CG",
    "czech republic": "CZ",
    "dr congo": "CD",
    "england": "GB",
    "great britain": "GB",
    "hong kong": "HK",
    "ivory coast": "CI",
    "korea": "KR",
    "macao": "MO",
    "macau": "MO",
    "macedonia": "MK",
    "myanmar": "MM",
    "palestine": "PS",
    "republic of korea": "KR",
    "russian federation": "RU",
    "swaziland": "SZ",
    "the netherlands": "NL",
    "timor-leste": "TL",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "viet nam": "VN",
}
"""What countries are called beside CLDR's names for them."""


def country_name(title: str, country: str, language: str) -> str:
    """What a country is called in a language, by CLDR; the title where it is not known there.

    `country` is the supplier's id of it. It counts only where the title is no English name of a
    country nor says more than that, and where it is a code of two letters: there are dial codes.
    """
    code = _CODES_BY_NAME.get(title.casefold())
    if code is None and title.isascii() and _MORE.isdisjoint(title):
        code = _as_code(country)
    if code is None or (language == ENGLISH and title.strip() not in {"", country.upper()}):
        return title
    return _names(language).get(code, title)


def _as_code(country: str) -> str | None:
    code = country.upper()
    is_code = len(code) == _CODE_LETTERS and code.isascii() and code.isalpha()
    return code if is_code and code in _names(ENGLISH) else None


@cache
def _names(language: str) -> Mapping[str, str]:
    territories = babel_locale(language).territories
    return {code: name for code, name in territories.items() if code.isalpha()}


_CODES_BY_NAME: Final[Mapping[str, str]] = {
    **_ALSO,
    **{name.casefold(): code for code, name in _names(ENGLISH).items()},
}
