"""A day begins and ends when the clocks of the shop's zone say so, however often they are set."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.orders.sales.days import begin_of, day_of, moment_at, runs_of


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("Asia/Beirut", "2026-03-29", 23),
        ("America/Havana", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("UTC", "2026-03-29", 24),
    ],
)
def test_every_moment_of_a_day_of_any_length_is_in_it(zone: str, day: str, hours: float) -> None:
    info, number = ZoneInfo(zone), datetime.fromisoformat(day).toordinal()
    begin, end = begin_of(number, info), begin_of(number + 1, info)

    assert end - begin == timedelta(hours=hours)
    moment = begin
    while moment < end:
        assert day_of(moment, info) == number
        moment += timedelta(minutes=15)
    assert day_of(end, info) == number + 1
    assert day_of(begin - timedelta(microseconds=1), info) == number - 1


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30+00:00"),  # the first of two
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30+00:00"),  # there is none
        ("UTC", "2026-03-29", "09:00", "2026-03-29T09:00+00:00"),
    ],
)
def test_an_hour_that_comes_twice_or_never_is_one_moment(
    zone: str, day: str, at: str, moment: str
) -> None:
    hour, minute = map(int, at.split(":"))
    number = datetime.fromisoformat(day).toordinal()
    found = moment_at(number, timedelta(hours=hour, minutes=minute), ZoneInfo(zone))

    assert found == datetime.fromisoformat(moment)


def test_days_without_a_gap_are_one_run() -> None:
    assert list(runs_of({5, 1, 2, 3, 9, 8})) == [(1, 3), (5, 5), (8, 9)]
    assert list(runs_of(())) == []
