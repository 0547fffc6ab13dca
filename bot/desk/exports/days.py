"""The days that an export is about, as an operator writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from bot.base.digits import western_digits

_DAY: Final = timedelta(days=1)
_YEARS: Final = range(2000, 2100)
"""A year beyond is a slip of the pen: nothing was sold in it."""
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_BETWEEN: Final = re.compile(r"\s*(?:\.\.+|[…–—]|\bto\b)\s*|\s+")


class BadDaysReason(StrEnum):
    """What is wrong with days as they were written."""

    NOT_DAYS = "not_days"
    BACKWARDS = "backwards"
    FUTURE = "future"
    """They have not begun."""


class BadDays(ValueError):
    """Days that cannot be meant."""

    def __init__(self, why: BadDaysReason) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both among them; None where there is no end."""

    first: date | None = None
    last: date | None = None

    @property
    def month(self) -> date | None:
        """The first day of the month that it is, where it is a whole one."""
        if self.first is None or self.last is None or self.first.day != 1:
            return None
        return self.first if self == month_of(self.first) else None

    def moments(self, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
        """When the first day begins and the last one is over, in UTC."""
        after = None if self.last is None else self.last + _DAY
        return _begin(self.first, zone), _begin(after, zone)


ALL_DAYS: Final = Days()


def days_of(since: datetime | None, until: datetime | None, zone: tzinfo) -> Days:
    """The days again of which `moments` are these."""
    first = None if since is None else since.astimezone(zone).date()
    last = None if until is None else (until - timedelta(microseconds=1)).astimezone(zone).date()
    return Days(first, last)


def month_of(day: date) -> Days:
    """The whole month of a day."""
    first = day.replace(day=1)
    return Days(first, (first + 31 * _DAY).replace(day=1) - _DAY)


def last_months(today: date, count: int) -> tuple[date, ...]:
    """The first days of so many months, the present one first."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - _DAY).replace(day=1))
    return tuple(months)


def read_days(written: str, today: date) -> Days:
    """`2026-11-01..2026-11-27`, one side of it, a day or a month; nothing is all days.

    Raises BadDays.
    """
    text = western_digits(written).strip().lower()
    if not text:
        return ALL_DAYS
    parts = _BETWEEN.split(text)
    if len(parts) > 2 or not any(parts):  # noqa: PLR2004 - a beginning and an end
        raise BadDays(BadDaysReason.NOT_DAYS)
    begins, ends = _read(parts[0]), _read(parts[-1])
    days = Days(begins.first, ends.last)
    if days.first is not None and days.last is not None and days.last < days.first:
        raise BadDays(BadDaysReason.BACKWARDS)
    if days.first is not None and days.first > today:
        raise BadDays(BadDaysReason.FUTURE)
    return days


def _read(part: str) -> Days:
    """One day or one month. Raises BadDays."""
    if not part:
        return ALL_DAYS
    found = _DATE.fullmatch(part)
    if found is None or int(found[1]) not in _YEARS:
        raise BadDays(BadDaysReason.NOT_DAYS)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        raise BadDays(BadDaysReason.NOT_DAYS) from None
    return Days(day, day) if found[3] else month_of(day)


def _begin(day: date | None, zone: tzinfo) -> datetime | None:
    """When a day begins: where its midnight is left out or there twice, at the first moment."""
    if day is None:
        return None
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
