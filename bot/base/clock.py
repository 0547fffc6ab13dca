"""The one place that reads the computer's clock, so that tests can turn every other one."""

from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

SKEW: Final = timedelta(seconds=10)
"""How far the clocks of two replicas may differ; a stamp further ahead is from a wrong clock."""


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


def is_over(since: datetime, span: timedelta, now: datetime) -> bool:
    """Whether a span that began at `since` is over; one that begins in the future is long over."""
    return not -SKEW <= now - since < span


def not_ahead(stamp: datetime, now: datetime) -> datetime:
    """The stamp, or `now` where a clock that was wrong has put it into the future."""
    return now if stamp > now + SKEW else stamp
