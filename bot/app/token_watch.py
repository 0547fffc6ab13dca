"""The bot's token: whether updates come, and whether another program takes them.

Operators are told once of another program, over all processes of the shop, and once of its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from aiogram import Bot

from bot.base.clock import Clock
from bot.base.keys import SHARED_CAUSE
from bot.chat.kit.telegram.incoming import Incoming, look_at_webhook
from bot.ops.timetable import Entry
from bot.outbox.notices import TokenShared
from bot.outbox.tell import Alerts

_LOOK: Final = timedelta(seconds=30)
_WATCH: Final = timedelta(seconds=2)
_QUIET: Final = timedelta(minutes=5)
"""Another program that is back so soon is not news."""
_CALM: Final = timedelta(minutes=2)
"""How long no process may have met the other program before it is said to be gone."""


@dataclass(frozen=True, slots=True)
class WatchToken:
    """Tells operators, over all processes of the shop once each."""

    alerts: Alerts
    clock: Clock

    async def look(self, incoming: Incoming) -> None:
        """Tell of another program that takes the updates, or that they come to this process."""
        conflict, answered_at = incoming.conflict, incoming.answered_at
        if conflict is not None and conflict.is_sure:
            await self.alerts.begin(SHARED_CAUSE, TokenShared(), quiet=_QUIET)
        elif conflict is None and answered_at is not None:
            calm_since = min(self.clock.now() - _CALM, answered_at)
            over = TokenShared(over=True)
            await self.alerts.end(SHARED_CAUSE, over, unless_seen_since=calm_since)


def token_entries(
    bot: Bot, incoming: Incoming, watch: WatchToken, *, by_webhook: bool
) -> tuple[Entry, ...]:
    """The entries; the webhook is asked for where updates come by one."""
    token = Entry("token", _WATCH, partial(watch.look, incoming))
    if not by_webhook:
        return (token,)
    return (Entry("webhook", _LOOK, partial(look_at_webhook, bot, incoming)), token)
