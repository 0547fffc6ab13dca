"""Watch the bot's token: operators are told once of another program on it, and of its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.base.clock import Clock
from bot.base.keys import SHARED_CAUSE
from bot.outbox.notices import TokenShared
from bot.outbox.tell import Alerts

_QUIET: Final = timedelta(minutes=5)
"""Another program that is back so soon is not news."""
_CALM: Final = timedelta(minutes=2)
"""How long no process may have met the other program before it is said to be gone."""


@dataclass(frozen=True, slots=True)
class WatchToken:
    """Tells operators, over all processes of the shop once each."""

    alerts: Alerts
    clock: Clock

    async def met_another(self) -> None:
        """Another program takes the updates; may be said again and again."""
        await self.alerts.begin(SHARED_CAUSE, TokenShared(), quiet=_QUIET)

    async def is_alone(self, answered_at: datetime) -> None:
        """Updates come to this process; they came at `answered_at`."""
        calm_since = min(self.clock.now() - _CALM, answered_at)
        over = TokenShared(over=True)
        await self.alerts.end(SHARED_CAUSE, over, unless_seen_since=calm_since)
