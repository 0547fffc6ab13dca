"""The days of an export as people write them, and those that cannot be meant."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.desk.exports.days import (
    ALL_DAYS,
    BadDays,
    BadDaysReason,
    Days,
    days_of,
    last_months,
    read_days,
)

TODAY = date(2026, 11, 28)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("", ALL_DAYS),
        ("2026-11-01..2026-11-27", Days(FIRST, LAST)),
        ("2026-11-01 .. 2026-11-27", Days(FIRST, LAST)),
        ("2026-11-1…2026-11-27", Days(FIRST, LAST)),
        ("2026-11-01 2026-11-27", Days(FIRST, LAST)),
        ("2026-11-01 – 2026-11-27", Days(FIRST, LAST)),
        ("2026-11-01 to 2026-11-27", Days(FIRST, LAST)),
        ("٢٠٢٦-١١-٠١..٢٠٢٦-١١-٢٧", Days(FIRST, LAST)),
        ("2026-11-01..", Days(FIRST, None)),
        ("..2026-11-27", Days(None, LAST)),
        ("2026-11-27", Days(LAST, LAST)),
        ("2026-11", Days(FIRST, date(2026, 11, 30))),
        ("2026-02..2026-03", Days(date(2026, 2, 1), date(2026, 3, 31))),
    ],
)
def test_days_are_read_as_they_are_written(written: str, days: Days) -> None:
    assert read_days(written, TODAY) == days


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("yesterday", BadDaysReason.NOT_DAYS),
        ("2026-02-30", BadDaysReason.NOT_DAYS),
        ("2026-13", BadDaysReason.NOT_DAYS),
        ("0001-01-01..2026-11-01", BadDaysReason.NOT_DAYS),
        ("9999-12-31", BadDaysReason.NOT_DAYS),
        ("2026-11-01..2026-11-02..2026-11-03", BadDaysReason.NOT_DAYS),
        ("..", BadDaysReason.NOT_DAYS),
        ("01.11.2026", BadDaysReason.NOT_DAYS),
        ("2026-11-27..2026-11-01", BadDaysReason.BACKWARDS),
        ("2026-12-01..2026-12-31", BadDaysReason.FUTURE),
    ],
)
def test_days_that_cannot_be_meant_say_why(written: str, why: BadDaysReason) -> None:
    with pytest.raises(BadDays) as bad:
        read_days(written, TODAY)
    assert bad.value.why is why


def test_a_day_with_two_half_past_twos_is_an_hour_longer() -> None:
    berlin, day = ZoneInfo("Europe/Berlin"), date(2026, 10, 25)
    since, until = Days(day, day).moments(berlin)
    assert since == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert until == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert days_of(since, until, berlin) == Days(day, day)


def test_the_last_months_begin_with_this_one() -> None:
    assert last_months(date(2026, 2, 28), 3) == (
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 12, 1),
    )
    assert Days(FIRST, date(2026, 11, 30)).month == FIRST
    assert Days(FIRST, LAST).month is None
