"""The languages: names, plural rules, direction, and how numbers and times are written."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale, dates, localedata, numbers
from babel.numbers import NumberPattern

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
_RTL: Final = frozenset({"ar", "ur"})
"""Written down, because to ask babel is to load a megabyte for each language."""
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


_CODE: Final = re.compile(r"[a-z]{2}(-[A-Za-z]{2,4})?")


def is_code(word: str) -> bool:
    """Whether a word is the code of a language, ours or not: `de`, `pt-BR`; not `we`, `Hi`."""
    if not _CODE.fullmatch(word):
        return False
    return word.lower() in _BY_LOWER_CODE or localedata.exists(word.partition("-")[0])


def find_code(word: str) -> str | None:
    """Our language of this code in any case of letters, bare or with its region; None for none."""
    lower = word.lower()
    return _BY_LOWER_CODE.get(lower) or (None if "-" in lower else _BY_LANGUAGE.get(lower))


@cache
def babel_locale(code: str) -> Locale:
    """Babel's knowledge about one of our languages."""
    return Locale.parse(_FORMATS.get(code, code), sep="-")


def is_rtl(code: str) -> bool:
    """Whether the language is written from right to left."""
    return code in _RTL


_MICRO_DIGITS: Final = 6
_THOUSAND: Final = 1_000
_BIDI_CONTROLS: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_HYPHEN, _MINUS = "-", "\u2212"
_FROM_RIGHT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of the scripts that are written from right to left."""
ISOLATE, ISOLATE_END = "\u2068", "\u2069"
"""Around a part that has a direction of its own: that of its first strong sign."""


def format_money(micros: int, currency: str, locale: str) -> str:
    """An amount of micro-units (10^-6), exact; below zero with a minus sign, not a hyphen.

    It has at least the currency's usual digits, and more, up to six, only where the amount has
    them: 9.90 dollars, 0.000125 dollars, 100 yen.
    """
    digits = max(numbers.get_currency_precision(currency), _digits_needed(micros))
    written: str = _money_pattern(locale, digits).apply(
        Decimal(micros).scaleb(-_MICRO_DIGITS),
        babel_locale(locale),
        currency=currency,
        currency_digits=False,
    )
    return with_minus(written) if micros < 0 else written


def with_minus(number: str) -> str:
    """A written number: below zero with a minus sign, not a hyphen."""
    return number.replace(_HYPHEN, _MINUS, 1)


@cache
def currency_signs(currency: str, locale: str) -> frozenset[str]:
    """How a currency may be written beside an amount, in small letters: `usd`, `$`, `us$`."""
    symbols = (numbers.get_currency_symbol(currency, one) for one in ("en", babel_locale(locale)))
    return frozenset(sign.lower() for sign in (currency, *symbols))


@cache
def all_currencies() -> frozenset[str]:
    """The three letters of every currency there is or was."""
    return frozenset(numbers.list_currencies())


def format_number(number: int | Decimal, locale: str) -> str:
    """A number with the reader's grouping, exact; below zero with a minus sign."""
    written: str = numbers.format_decimal(
        number, locale=babel_locale(locale), decimal_quantization=False
    )
    return with_minus(written) if number < 0 else written


def format_datetime(moment: datetime, locale: str) -> str:
    """A date and a time in UTC, and says so: we do not know the reader's time zone."""
    written = dates.format_datetime(moment, "medium", tzinfo=UTC, locale=babel_locale(locale))
    return f"{written} UTC"


def format_month(day: date, locale: str) -> str:
    """The month of a date with its year, such as `November 2026`."""
    return dates.format_skeleton("yMMMM", day, locale=babel_locale(locale))


def format_clock(moment: datetime, locale: str) -> str:
    """The time of day in UTC, and says so."""
    return f"{dates.format_time(moment, 'short', tzinfo=UTC, locale=babel_locale(locale))} UTC"


def format_day(day: date, locale: str, skeleton: str = "yMMMd") -> str:
    """A day as it is written in the reader's language; `MMMd` leaves its year out."""
    return dates.format_skeleton(skeleton, day, locale=babel_locale(locale))


def format_days(first: date, last: date, locale: str) -> str:
    """Days in a row, such as `Nov 1 – 27, 2026`."""
    if first == last:
        return format_day(first, locale)
    return dates.format_interval(first, last, "yMMMd", locale=babel_locale(locale))


def format_percent(percent: int, locale: str) -> str:
    """A whole percentage; below zero with a minus sign."""
    written = numbers.format_percent(Decimal(percent).scaleb(-2), locale=babel_locale(locale))
    return with_minus(written) if percent < 0 else written


def format_short_money(micros: int, currency: str, locale: str) -> str:
    """About how much, for where there is little room: `$1.2K`."""
    amount = Decimal(micros).scaleb(-_MICRO_DIGITS)
    digits = 1 if abs(amount) >= _THOUSAND else numbers.get_currency_precision(currency)
    digits = 0 if amount == amount.to_integral_value() else digits
    return numbers.format_compact_currency(
        amount, currency, locale=babel_locale(locale), fraction_digits=digits
    )


def duration(span: timedelta, locale: str) -> str:
    """`10 minutes` or `2 hours`, rounded to whole units of the largest that is full."""
    return dates.format_timedelta(span, threshold=1, locale=babel_locale(locale))


def relative_time(then: datetime, now: datetime, locale: str) -> str:
    """`in 5 minutes` or `2 hours ago`, in the largest unit that is full."""
    return dates.format_timedelta(
        then - now, add_direction=True, threshold=1, locale=babel_locale(locale)
    )


def runs_from_right(text: str) -> bool:
    """Whether a part of it is written from right to left, and can turn what stands beside it."""
    return not text.isascii() and _FROM_RIGHT.search(text) is not None


def isolate(text: str) -> str:
    """A foreign name or number that keeps its own direction inside a sentence of any other.

    Direction marks inside it are dropped: an unclosed one would turn the rest of the screen.
    """
    return f"{ISOLATE}{_BIDI_CONTROLS.sub('', text)}{ISOLATE_END}"


def _digits_needed(micros: int) -> int:
    fraction = abs(micros) % 10**_MICRO_DIGITS
    return len(str(fraction).rjust(_MICRO_DIGITS, "0").rstrip("0"))


@cache
def _money_pattern(locale: str, digits: int) -> NumberPattern:
    standard = babel_locale(locale).currency_formats["standard"]
    own = numbers.parse_pattern(standard.pattern)  # the locale's own is shared: leave it alone
    own.frac_prec = (digits, digits)
    return own
