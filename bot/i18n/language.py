"""The seventeen languages, and which of them a reader gets."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale

ENGLISH: Final = "en"

LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "zh": "中文",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "ja": "日本語",
    "ko": "한국어",
    "pt": "Português",
    "pt-BR": "Português (Brasil)",
    "ru": "Русский",
    "ar": "العربية",
    "hi": "हिन्दी",
    "vi": "Tiếng Việt",
    "ur": "اردو",
    "th": "ไทย",
    "tr": "Türkçe",
    "bn-BD": "বাংলা",
}
"""Code to native name, in the suppliers' order. Source: AccPlanet API v2, "Supported codes"."""

PLURAL_FORMS: Final[Mapping[str, str]] = {
    "en": "nplurals=2; plural=(n != 1);",
    "zh": "nplurals=1; plural=0;",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "ja": "nplurals=1; plural=0;",
    "ko": "nplurals=1; plural=0;",
    "pt": "nplurals=2; plural=(n > 1);",
    "pt-BR": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
    " && (n%100<12 || n%100>14) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);",
    "hi": "nplurals=2; plural=(n > 1);",
    "vi": "nplurals=1; plural=0;",
    "ur": "nplurals=2; plural=(n != 1);",
    "th": "nplurals=1; plural=0;",
    "tr": "nplurals=2; plural=(n != 1);",
    "bn-BD": "nplurals=2; plural=(n > 1);",
}
"""Written out, because babel's differ from CLDR for ar, bn, hi, pt and tr. CLDR's "many" for whole
millions (es, fr, pt) is left out: nobody buys by the million."""

_ALIASES: Final[Mapping[str, str]] = {"bd": "bn-BD", "ptbr": "pt-BR"}
"""What the general rule would miss. Source: AccPlanet API v2, "Also accepted"."""

_FORMATS: Final[Mapping[str, str]] = {"pt": "pt-PT"}
"""Whose formats are meant: CLDR's bare `pt` is Brazil, which is a language of its own here."""
_BY_LOWER_CODE: Final = {code.lower(): code for code in LANGUAGES}
_BY_LANGUAGE: Final = {code.partition("-")[0]: code for code in reversed(tuple(LANGUAGES))}


@cache
def choose_language(telegram_code: str | None) -> str:
    """The best of our languages for a code as Telegram sends it; English where there is none.

    A regional code falls back to its language (`zh-hant`, `es-419`), and a bare one goes to the
    only region we have (`bn` to `bn-BD`), which is also what CLDR calls likely.
    """
    code = (telegram_code or "").strip().lower().replace("_", "-")
    exact = _BY_LOWER_CODE.get(code) or _ALIASES.get(code)
    return exact or _BY_LANGUAGE.get(code.partition("-")[0], ENGLISH)


@cache
def babel_locale(code: str) -> Locale:
    """Babel's knowledge about one of our languages."""
    return Locale.parse(_FORMATS.get(code, code), sep="-")


def is_rtl(code: str) -> bool:
    """Whether the language is written from right to left."""
    return babel_locale(code).text_direction == "rtl"
