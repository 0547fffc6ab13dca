"""Time as an argument: everything in the sandbox asks a `Now`, and a test may turn it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]
"""Answers the present moment as an aware UTC datetime."""

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
"""Where a turnable clock stands unless told otherwise: a Monday, far from any edge."""


def wall_clock() -> datetime:
    """Read the machine's clock; nothing else in the sandbox does."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the real clock


class TurnableClock:
    """A clock that stands still until somebody turns it."""

    def __init__(self, start: datetime = NOON) -> None:
        if start.tzinfo is None:
            msg = "a clock needs an aware datetime"
            raise ValueError(msg)
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Answer where the hands stand."""
        return self._now

    def __call__(self) -> datetime:
        """Make the clock itself a `Now`."""
        return self._now

    def advance(self, **parts: float) -> datetime:
        """Turn forward by `timedelta(**parts)` and answer the new time."""
        step = timedelta(**parts)
        if step < timedelta(0):
            msg = "time does not run backwards"
            raise ValueError(msg)
        self._now += step
        return self._now
