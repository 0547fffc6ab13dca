"""What the timetable does for the bot's token: ask about the webhook, tell of another program."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from aiogram import Bot

from bot.chat.kit.telegram.incoming import Incoming, look_at_webhook
from bot.ops.timetable import Entry

_LOOK: Final = timedelta(seconds=30)
_WATCH: Final = timedelta(seconds=2)


def token_entries(
    bot: Bot, incoming: Incoming, watch: WatchToken, *, by_webhook: bool
) -> tuple[Entry, ...]:
    """The entries; the webhook is asked for where updates come by one."""

    async def look_for_another() -> None:
        conflict = incoming.conflict
        if conflict is not None and conflict.is_sure:
            await watch.met_another()
        elif conflict is None and incoming.answered_at is not None:
            await watch.is_alone(incoming.answered_at)

    token = Entry("token", _WATCH, look_for_another)
    if not by_webhook:
        return (token,)
    return (Entry("webhook", _LOOK, partial(look_at_webhook, bot, incoming)), token)
