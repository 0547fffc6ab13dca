"""The days of the shop: each has a number, and begins when the clocks of its zone say so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Self


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, numbered as by `date.toordinal`; `bounds` are where they begin and end.

    A day has 23 or 25 hours where the clocks are set, and may have two half past twos.
    """

    first: int
    last: int
    bounds: tuple[datetime, ...]

    @classmethod
    def of(cls, first: int, last: int, zone: tzinfo) -> Self:
        """The days from `first` to `last`, both among them."""
        return cls(first, last, tuple(begin_of(day, zone) for day in range(first, last + 2)))

    def find(self, moment: datetime) -> int:
        """The day of a moment that lies within."""
        return self.first + bisect_right(self.bounds, moment) - 1

    @property
    def begin(self) -> datetime:
        """The moment in which the first begins."""
        return self.bounds[0]

    @property
    def end(self) -> datetime:
        """The moment in which the last ends."""
        return self.bounds[-1]


def begin_of(day: int, zone: tzinfo) -> datetime:
    """When a day begins, in UTC: at its first midnight, or where that is left out right after."""
    return datetime.combine(date.fromordinal(day), time.min, tzinfo=zone).astimezone(UTC)


def day_of(moment: datetime, zone: tzinfo) -> int:
    """The number of a moment's day."""
    day = moment.astimezone(zone).date().toordinal()
    return day if begin_of(day, zone) <= moment else day - 1


def zone_name(zone: tzinfo) -> str:
    """What a zone is called in the IANA list."""
    return str(zone)


def runs_of(days: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Days as runs without a gap: the first and the last of each."""
    first = last = None
    for day in sorted(days):
        if first is None or last is None:
            first = last = day
        elif day == last + 1:
            last = day
        else:
            yield first, last
            first = last = day
    if first is not None and last is not None:
        yield first, last


def moment_at(day: int, at: timedelta, zone: tzinfo) -> datetime:
    """When the clocks first show so much after midnight on a day, in UTC.

    Where they skip it, that is the moment in which they would have shown it.
    """
    shown = datetime.combine(date.fromordinal(day), time.min) + at
    return shown.replace(tzinfo=zone).astimezone(UTC)
