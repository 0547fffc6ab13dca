"""Which days an operator means: `week`, `2026-11-01..2026-11-27`, one day alone."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Final

from bot.base.digits import western_digits
from bot.chat.figures.taps import DAY, MONTH, WEEK
from bot.desk.stats.read import MOST_DAYS, Span

EARLIEST: Final = date(2010, 1, 1).toordinal()
"""Before that there was no chat to sell in."""
_WORDS: Final = {"day": DAY, "today": DAY, "week": WEEK, "month": MONTH}
_DATE: Final = r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})"
_DATES: Final = re.compile(rf"{_DATE}(?:\s*(?:\.{{2,3}}|…|–|—|-|to|\s)\s*{_DATE})?")


class NoPeriodReason(StrEnum):
    """Why something typed names no days."""

    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    BACKWARDS = "backwards"
    FUTURE = "future"
    TOO_LONG = "too_long"
    TOO_EARLY = "too_early"


class NoPeriod(ValueError):
    """What was typed names no days whose figures can be shown."""

    def __init__(self, reason: NoPeriodReason) -> None:
        super().__init__(reason)
        self.reason = reason


def read_period(typed: str, today: int) -> Span:
    """The days that are meant, none of them after today. Raises NoPeriod."""
    words = western_digits(typed).strip().lower()
    if words in _WORDS:
        return span_of(_WORDS[words], today, today)
    found = _DATES.fullmatch(words)
    if found is None:
        raise NoPeriod(NoPeriodReason.UNREADABLE)
    first, last = (
        _day(found.groups()[:3]),
        _day(found.groups()[3:] if found[4] else found.groups()[:3]),
    )
    refused = (
        (last < first, NoPeriodReason.BACKWARDS),
        (first > today, NoPeriodReason.FUTURE),
        (first < EARLIEST, NoPeriodReason.TOO_EARLY),
        (min(last, today) - first >= MOST_DAYS, NoPeriodReason.TOO_LONG),
    )
    for is_wrong, reason in refused:
        if is_wrong:
            raise NoPeriod(reason)
    return Span(first, min(last, today))


def span_of(days: int, last: int, today: int) -> Span:
    """So many days up to the last one, or to today where that is 0 or lies ahead.

    A forged tap is cut to what there can be.
    """
    end = min(max(last, EARLIEST), today) if last else today
    return Span(end - min(max(days, DAY), MOST_DAYS) + 1, end)


def _day(parts: tuple[str, ...]) -> int:
    try:
        return date(*map(int, parts)).toordinal()
    except ValueError:
        raise NoPeriod(NoPeriodReason.NO_SUCH_DAY) from None
