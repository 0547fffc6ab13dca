"""How amounts, numbers and times are written for the reader: exact, and never a float."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Final

from babel import dates, numbers
from babel.numbers import NumberPattern

from bot.i18n.language import babel_locale

_MICRO_DIGITS: Final = 6
_BIDI_CONTROLS: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def format_money(micros: int, currency: str, locale: str) -> str:
    """An amount of micro-units (10^-6), exact.

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
    return written


def format_number(number: int | Decimal, locale: str) -> str:
    """A number with the reader's grouping, exact."""
    return numbers.format_decimal(number, locale=babel_locale(locale), decimal_quantization=False)


def format_datetime(moment: datetime, locale: str) -> str:
    """A date and a time in UTC, and says so: we do not know the reader's time zone."""
    written = dates.format_datetime(moment, "medium", tzinfo=UTC, locale=babel_locale(locale))
    return f"{written} UTC"


def relative_time(then: datetime, now: datetime, locale: str) -> str:
    """`in 5 minutes` or `2 hours ago`, in the largest unit that is full."""
    return dates.format_timedelta(
        then - now, add_direction=True, threshold=1, locale=babel_locale(locale)
    )


def isolate(text: str) -> str:
    """A foreign name or number that keeps its own direction inside a sentence of any other.

    Direction marks inside it are dropped: an unclosed one would turn the rest of the screen.
    """
    return f"{_FIRST_STRONG_ISOLATE}{_BIDI_CONTROLS.sub('', text)}{_POP_ISOLATE}"


def _digits_needed(micros: int) -> int:
    fraction = abs(micros) % 10**_MICRO_DIGITS
    return len(str(fraction).rjust(_MICRO_DIGITS, "0").rstrip("0"))


@cache
def _money_pattern(locale: str, digits: int) -> NumberPattern:
    standard = babel_locale(locale).currency_formats["standard"]
    own = numbers.parse_pattern(standard.pattern)  # the locale's own is shared: leave it alone
    own.frac_prec = (digits, digits)
    return own
