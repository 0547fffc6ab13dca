"""Countries: their codes, flags, and names in every language, where suppliers say only English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from bot.i18n.language import ENGLISH, LANGUAGES, babel_locale

_CODE_LETTERS: Final = 2
_MORE: Final = frozenset("0123456789()[]/+#")
"""Signs of a title that tells one kind of numbers of a country from another."""
_ALSO: Final[Mapping[str, str]] = {
    "bolivia, plurinational state of": "BO",
    "bosnia": "BA",
    "brunei darussalam": "BN",
    "cape verde": "CV",
    "congo": "CG",
    "czech republic": "CZ",
    "democratic republic of the congo": "CD",
    "dr congo": "CD",
    "england": "GB",
    "great britain": "GB",
    "hong kong": "HK",
    "ivory coast": "CI",
    "iran, islamic republic of": "IR",
    "korea": "KR",
    "lao pdr": "LA",
    "macao": "MO",
    "macau": "MO",
    "macedonia": "MK",
    "myanmar": "MM",
    "moldova, republic of": "MD",
    "palestine": "PS",
    "republic of the congo": "CG",
    "republic of korea": "KR",
    "russian federation": "RU",
    "swaziland": "SZ",
    "syrian arab republic": "SY",
    "tanzania, united republic of": "TZ",
    "timor-leste": "TL",
    "turkey": "TR",
    "turkiye": "TR",
    "uae": "AE",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "viet nam": "VN",
}
"""What countries are called beside CLDR's names for them."""


_REGION_A: Final = 0x1F1E6
"""The first of the signs that make a flag, two for each code."""
_NO_COUNTRY: Final = frozenset({"EZ", "QO", "XA", "XB", "ZZ"})
"""Codes of CLDR that are no country's and have no flag."""
_SAID: Final[Mapping[str, str]] = {"&": " and ", "’": "'", "`": "'"}
_FIRST_WORDS: Final = re.compile(r"^(?:the|st\.?) ")
_WORDS_MAX: Final = 100


def country_name(title: str, country: str, language: str) -> str:
    """What a country is called in a language, by CLDR; the title where it is not known there.

    `country` is the supplier's id of it. It counts only where the title is no English name of a
    country nor says more than that, and where it is a code of two letters: there are dial codes.
    """
    code = _code_of(title, country)
    if code is None or (language == ENGLISH and title.strip() not in {"", country.upper()}):
        return title
    return _names(language).get(code, title)


def country_code(title: str, country: str) -> str:
    """Which country a title names, perhaps beside more (`USA (virtual)`); empty for none."""
    said = re.split(r"[0-9()\[\]/+#]", title, maxsplit=1)[0]
    code = _code_of(title, country) or (_CODES_BY_NAME.get(as_read(said)) if said else None)
    return "" if code is None or code in _NO_COUNTRY else code


def country_key(title: str, country: str) -> str:
    """What tells one country of a list from another, whatever its suppliers call it."""
    return _code_of(title, country) or as_read(title)


def flag_of(code: str) -> str:
    """The flag of a country by its code; empty where there is none."""
    return "".join(chr(_REGION_A + ord(letter) - ord("A")) for letter in code)


def with_flag(name: str, code: str) -> str:
    """A country's name after its flag, which stands there once."""
    flag = flag_of(code)
    return f"{flag} {name}" if flag and not name.startswith(flag) else name


@lru_cache(maxsize=4096)
def as_read(name: str) -> str:
    """A name as names are compared and sorted: without case, accents, flags and first words."""
    for sign, said in _SAID.items():
        name = name.replace(sign, said)
    signs = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(
        one for one in signs if unicodedata.category(one) != "Mn" and not _is_flag(one)
    )
    words = " ".join(letters.split())
    return _FIRST_WORDS.sub(lambda first: "saint " if first[0].startswith("st") else "", words)


def find_codes(words: str) -> frozenset[str]:
    """The countries that have every one of these words in their name, in any of our languages.

    A code and a flag name their country too.
    """
    said = words[:_WORDS_MAX]
    letters = "".join(chr(ord(one) - _REGION_A + ord("A")) for one in said if _is_flag(one))
    if letters or said.strip().upper() in _names(ENGLISH):
        return frozenset({letters or said.strip().upper()})
    wanted = as_read(said).split()
    return frozenset(
        code
        for code, names in _all_names().items()
        if wanted and any(all(word in name for word in wanted) for name in names)
    )


def _is_flag(sign: str) -> bool:
    return _REGION_A <= ord(sign) < _REGION_A + 26


@cache
def _all_names() -> Mapping[str, frozenset[str]]:
    """Every country with its names in all languages, as they are read."""
    found: dict[str, set[str]] = {}
    for name, code in _ALSO.items():
        found.setdefault(code, set()).add(name)
    for language in LANGUAGES:
        for code, name in _names(language).items():
            found.setdefault(code, set()).add(as_read(name))
    return {code: frozenset(names) for code, names in found.items() if code not in _NO_COUNTRY}


def _code_of(title: str, country: str) -> str | None:
    code = _CODES_BY_NAME.get(as_read(title))
    if code is None and title.isascii() and _MORE.isdisjoint(title):
        code = _as_code(country)
    return code


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
    **{as_read(name): code for code, name in _names(ENGLISH).items()},
}
