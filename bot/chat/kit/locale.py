"""One reader's language: texts, plurals, amounts and times as this person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Self

from bot.base.money import Money
from bot.chat.kit.richtext import Rich, code, styled
from bot.i18n import language
from bot.i18n.language import ENGLISH, LANGUAGES, choose_language
from bot.i18n.texts import Texts, Translator

_A_SECOND: Final = timedelta(seconds=1)
_NEAR: Final = timedelta(days=1)
_FULL_WIDTH: Final = frozenset({"zh", "ja"})
_DATE_AND_TIME: Final = "dt"
"""Telegram's short date and short time, in the reader's own time zone."""
_TIME: Final = "t"
_RELATIVE: Final = "r"
"""`5 minutes ago`, which Telegram keeps true as time passes."""


@dataclass(frozen=True, slots=True)
class Locale:
    """What screens take as `_`, so that `_("...")` and `_.n("...", "...", n)` are extracted."""

    texts: Translator
    currency: str
    is_rtl: bool
    """Whether it is written from right to left."""

    def __call__(self, message: str) -> str:
        """The text in this language; its `{places}` are filled by `richtext.fill`."""
        return self.texts.gettext(message)

    def n(self, singular: str, plural: str, count: int) -> str:
        """The form that fits the number; the number itself is still to be filled in."""
        return self.texts.ngettext(singular, plural, count)

    @property
    def code(self) -> str:
        """The language's code, one of `LANGUAGES`."""
        return self.texts.code

    @property
    def gap(self) -> str:
        """What stands between two sentences: nothing where the full stop brings its own room."""
        return "" if self.code in _FULL_WIDTH else " "

    def money(self, amount: Money) -> str:
        """An amount of the shop's currency, exact."""
        return self.iso(_money(amount.micros, self.currency, self.code))

    def number(self, number: int | Decimal) -> str:
        """A number with the reader's grouping."""
        return _number(number, self.code)

    def percent(self, percent: int) -> str:
        """A whole percentage."""
        return language.format_percent(percent, self.code)

    def change(self, percent: int) -> str:
        """A whole percentage that something grew or fell by, with its sign."""
        return self.iso(f"{'+' if percent > 0 else ''}{self.percent(percent)}")

    def days(self, first: date, last: date) -> str:
        """Days in a row, or the one day that both are."""
        return self.iso(language.format_days(first, last, self.code))

    @property
    def group_sign(self) -> str:
        """What the reader's language puts between groups of digits."""
        return next(one for one in _number(1_000_000, self.code) if not one.isdecimal())

    @property
    def currency_signs(self) -> frozenset[str]:
        """How the shop's currency may be written beside an amount, in small letters."""
        return language.currency_signs(self.currency, self.code)

    def moment(self, moment: datetime) -> Rich:
        """A time in the reader's own zone; clients that cannot do that show it in UTC."""
        return self._dated(language.format_datetime(moment, self.code), moment, _DATE_AND_TIME)

    def day(self, day: date) -> str:
        """A date as the reader writes it."""
        return self.iso(language.format_day(day, self.code))

    def month(self, day: date) -> str:
        """The month of a date, with its year."""
        return self.iso(language.format_month(day, self.code))

    def recent(self, then: datetime, now: datetime) -> Rich:
        """The same for what has happened: within a day of now as `5 minutes ago`.

        Clients that cannot do that show its time in UTC.
        """
        if abs(then - now) >= _NEAR:
            return self.moment(then)
        return self._dated(language.format_clock(then, self.code), then, _RELATIVE)

    def until(self, end: datetime, now: datetime) -> Rich:
        """The same for what ends: within a day of now as `2:20 PM (in 12 minutes)`."""
        if abs(end - now) >= _NEAR:
            return self.moment(end)
        at = self._dated(language.format_clock(end, self.code), end, _TIME)
        return at + " (" + self._dated(self.ago(end, now), end, _RELATIVE) + ")"

    def _dated(self, shown: str, moment: datetime, form: str) -> Rich:
        unix = int(moment.timestamp())
        return styled("date_time", self.iso(shown), unix_time=unix, date_time_format=form)

    def duration(self, span: timedelta) -> str:
        """`10 minutes`; what is over lasts one more second."""
        return language.duration(max(span, _A_SECOND), self.code)

    def ago(self, then: datetime, now: datetime) -> str:
        """`2 hours ago`, `in 5 minutes`; what is just happening was a second ago."""
        is_now = abs(then - now) < _A_SECOND
        return language.relative_time(now - _A_SECOND if is_now else then, now, self.code)

    def iso(self, text: str) -> str:
        """A foreign name or amount that keeps its direction; plain where nothing can turn it."""
        return language.isolate(text) if self._can_turn(text) else text

    def copied(self, text: str) -> Rich:
        """What a tap copies: as it is, with nothing inside it, and in its own direction."""
        if not self._can_turn(text):
            return code(text)
        return Rich(language.ISOLATE) + code(text) + language.ISOLATE_END

    def line(self, text: str) -> str:
        """A text that is no screen, such as a toast, which begins on this reader's side."""
        return Rich(text).from_right().text if self.is_rtl else text

    def signed(self, amount: Money) -> str:
        """An amount that came or went, with its sign."""
        return self.iso(f"{'+' if amount.micros > 0 else ''}{self.money(amount)}")

    def _can_turn(self, text: str) -> bool:
        return self.is_rtl or language.runs_from_right(text)


@dataclass(frozen=True, slots=True)
class Locales:
    """A locale for each language; `languages` are the codes that a reader may choose from."""

    languages: tuple[str, ...]
    _by_code: Mapping[str, Locale] = field(repr=False)

    @classmethod
    def from_texts(cls, texts: Texts, currency: str) -> Self:
        """A locale for each of our languages; English for those whose texts are not there."""
        by_code = {
            code: Locale(texts.for_locale(code), currency, language.is_rtl(code))
            for code in LANGUAGES
        }
        there = (
            code for code, locale in by_code.items() if code == ENGLISH or locale.texts.is_there
        )
        return cls(tuple(there), by_code)

    def of(self, code: str) -> Locale:
        """The locale for one of our codes, or for any that Telegram may send."""
        return self._by_code.get(code) or self._by_code[choose_language(code)]


_number = lru_cache(maxsize=4096)(language.format_number)
_money = lru_cache(maxsize=4096)(language.format_money)
"""Babel takes its time, and the same prices and counts are shown again and again."""
