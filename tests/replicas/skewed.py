"""The bot with a clock that goes wrong by as many seconds as its environment says."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta

from bot.app.command_line import main
from bot.app.kiosk import Overrides
from bot.base.clock import SharedClock, SystemClock

AHEAD = "CLOCK_AHEAD_S"


class _Skewed:
    """The computer's clock, ahead or behind."""

    def __init__(self, ahead: timedelta) -> None:
        self._clock = SystemClock()
        self._ahead = ahead

    def now(self) -> datetime:
        return self._clock.now() + self._ahead


if __name__ == "__main__":
    skewed = _Skewed(timedelta(seconds=float(os.environ.get(AHEAD, "0"))))
    sys.exit(main(Overrides(SharedClock(skewed))))
