"""A clock that stands still until a test turns it."""

from datetime import UTC, datetime, timedelta


class TurnableClock:
    """Fits `bot.base.clock.Clock`; pass `clock.now` where only the reading is wanted."""

    def __init__(self, start: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def turn(self, span: timedelta) -> datetime:
        """Move on by a span and read the time."""
        self._now += span
        return self._now
