"""When each worker last ended a round, so that one that hangs or keeps failing is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Round:
    """One worker (several may share a name), its longest round, and when the last one ended."""

    worker: str
    within: timedelta
    ended_at: datetime


class Rounds:
    """The rounds of all workers of this process."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._rounds: list[Round] = []

    def join(self, worker: str, within: timedelta) -> Callable[[], None]:
        """Begin to watch a worker; what is returned is called at the end of each good round."""
        joined = Round(worker, within, self._now())
        self._rounds.append(joined)

        def ended() -> None:
            joined.ended_at = self._now()

        return ended

    def late(self) -> tuple[Round, ...]:
        """The workers whose last good round is too long ago."""
        now = self._now()
        return tuple(one for one in self._rounds if now - one.ended_at > one.within)
