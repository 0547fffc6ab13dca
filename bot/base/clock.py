"""The one place that reads the computer's clock, so that tests can turn every other one."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final, Protocol

SKEW: Final = timedelta(seconds=10)
"""How far the clocks of two replicas may differ; a stamp further ahead is from a wrong clock."""

_CLOSE: Final = timedelta(milliseconds=250)
"""Clocks this close agree."""


class Clock(Protocol):
    """Where the time comes from; pass `clock.now` where only the reading is wanted."""

    def now(self) -> datetime:
        """The present moment, with its time zone (UTC)."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock that gets injected


class SharedClock:
    """The computer's own clock, set right by that of the database that several computers share.

    A server that is slow to answer is believed as far as its answer is certain: within the time
    it took.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The present moment in UTC, as the database has it."""
        return self._clock.now() + self._ahead

    def set_by(self, theirs: datetime, took: timedelta) -> None:
        """Be set by the time that was answered at some moment of the last `took`."""
        off = theirs + took / 2 - self.now()
        if abs(off) > max(took, _CLOSE):
            self._ahead += off


def is_over(since: datetime, span: timedelta, now: datetime) -> bool:
    """Whether a span that began at `since` is over; one that begins in the future is long over."""
    return not -SKEW <= now - since < span


def not_ahead(stamp: datetime, now: datetime) -> datetime:
    """The stamp, or `now` where a clock that was wrong has put it into the future."""
    return now if stamp > now + SKEW else stamp


def day_start(now: datetime, zone: tzinfo, days_ago: int = 0) -> datetime:
    """When the day of `now`, or the one so many days before, began in a time zone; in UTC."""
    day = now.astimezone(zone).date() - timedelta(days=days_ago)
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
