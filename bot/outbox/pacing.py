"""How fast messages leave: one a second into a chat after a short burst, 25 a second in all.

Source: Telegram's limits (1 message/s a chat with short bursts, about 30/s overall).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aiolimiter import AsyncLimiter

from bot.base.ids import CustomerId

_KNOWN_AT_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast a sender may go. `carry_within` bounds one carrying, whatever hangs.

    It is shorter than the lease of a claimed row (a minute), or a slow message would go out twice.
    """

    overall_per_s: int = 25
    chat_every: timedelta = timedelta(seconds=1)
    chat_burst: int = 3
    carry_within: timedelta = timedelta(seconds=40)


class Pace:
    """The pace of one bot, shared by all lanes that send for it."""

    def __init__(self, limits: Limits) -> None:
        self._every = limits.chat_every
        self._slack = limits.chat_every * (limits.chat_burst - 1)
        self._overall = AsyncLimiter(1, 1 / limits.overall_per_s)
        self._even_at: OrderedDict[CustomerId, datetime] = OrderedDict()

    def ready_at(self, chat: CustomerId, now: datetime, keeps: int = 0) -> datetime:
        """When the chat may get its next message; not after `now` when it may get it now.

        Args:
            chat: the one that gets it.
            now: the moment.
            keeps: how many messages of the burst must be left to the chat after this one.
        """
        even_at = self._even_at.get(chat)
        return now if even_at is None else max(now, even_at - self._slack + self._every * keeps)

    async def take(self, chat: CustomerId, now: datetime) -> None:
        """Use one message of the chat's pace, and wait for our turn among all chats."""
        self._even_at[chat] = max(now, self._even_at.get(chat, now)) + self._every
        self._even_at.move_to_end(chat)
        while len(self._even_at) > _KNOWN_AT_MOST:
            self._even_at.popitem(last=False)
        await self._overall.acquire()
