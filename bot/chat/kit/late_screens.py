"""Screens that Telegram did not take at once: the newest of each chat is shown as soon as it does.

They answer a tap or a word of a moment ago and live in the memory of the process that heard it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.base.clock import Clock
from bot.base.ids import CustomerId
from bot.chat.kit.present import Presenter
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.kit.telegram.refusal import AskedToWait, Blocked

log = structlog.stdlib.get_logger(__name__)

_AT_ONCE: Final = 10
"""How many chats one step shows a screen in."""
_CHATS_AT_MOST: Final = 10_000
_TRIES: Final = 200
_WITHIN_S: Final = 20.0
_LONGEST_IDLE_S: Final = 5.0
_LONGEST_WAIT: Final = timedelta(seconds=30)

Pace = Callable[[CustomerId, datetime], Awaitable[None]]
"""Waits for the turn of a chat's message among all that the bot sends."""


@dataclass(slots=True, eq=False)
class _Late:
    """A screen that waits since `asked_at`.

    Where Telegram named the `wait` itself the chat `is_closed`: it is not asked before.
    """

    screen: Screen
    card: int | None
    asked_at: datetime
    wait: timedelta
    is_closed: bool
    tries: int = 1

    def left(self, now: datetime) -> timedelta:
        """How long it still has to wait; nothing when the clock has been set back."""
        return self.asked_at + self.wait - now if self.asked_at <= now else timedelta()


class LateScreens:
    """Shows each chat its newest screen, now or as soon as Telegram takes it."""

    def __init__(self, presenter: Presenter, clock: Clock, wake: Callable[[], None]) -> None:
        self.presenter = presenter
        self._clock = clock
        self._wake = wake
        self._waiting: OrderedDict[int, _Late] = OrderedDict()
        self._begun = 0
        self._newest: dict[int, int] = {}
        """Of each chat with a screen on its way, which of all screens is its newest."""

    def is_waiting(self, chat: int) -> bool:
        """Whether a screen of this chat is late."""
        return chat in self._waiting

    async def show(self, chat: int, screen: Screen, card: int | None = None) -> int | None:
        """Show a screen on the card, or as a new message, in the place of any that waits.

        The message that it is in or will be in; None for a new one that comes later. Raises
        Blocked.
        """
        if self._takes_place(chat, screen, card):
            return card
        self._waiting.pop(chat, None)
        self._begun += 1
        mine = self._newest[chat] = self._begun
        try:
            return await self.presenter.show(chat, screen, card)
        except AskedToWait as refusal:
            if self._newest.get(chat) == mine:
                self._keep(chat, screen, card, refusal)
        finally:
            if self._newest.get(chat) == mine:
                del self._newest[chat]
        return card

    async def answer(self, chat: int, tap: str, text: str, *, alert: bool = False) -> None:
        """Answer a tap; what Telegram does not show above the screen comes as a message."""
        if await self.presenter.answer(tap, text, alert=alert) or not text:
            return
        screen = Screen(Rich(text))
        if not self._takes_place(chat, screen, None):
            self._keep(chat, screen, None, AskedToWait(timedelta()))

    def _takes_place(self, chat: int, screen: Screen, card: int | None) -> bool:
        """Put a screen in the place of one whose chat has to wait; whether there is one."""
        late = self._waiting.get(chat)
        if late is None or not late.is_closed or late.left(self._clock.now()) <= timedelta():
            return False
        late.screen, late.card = screen, card
        return True

    def _keep(self, chat: int, screen: Screen, card: int | None, why: AskedToWait) -> None:
        wait = why.wait if why.is_told else _growing(0)
        self._waiting[chat] = _Late(screen, card, self._clock.now(), wait, why.is_told)
        self._waiting.move_to_end(chat)
        while len(self._waiting) > _CHATS_AT_MOST:
            self._waiting.popitem(last=False)
        log.info("a screen is late", wait_s=wait.total_seconds())
        self._wake()

    async def step(self, pace: Pace) -> int:
        """Try some that may be shown by now, each chat apart from the others; how many."""
        now = self._clock.now()
        due = [chat for chat, late in self._waiting.items() if late.left(now) <= timedelta()]
        async with asyncio.TaskGroup() as tasks:
            for chat in due[:_AT_ONCE]:
                tasks.create_task(self._try_again(chat, self._waiting[chat], pace))
        return len(due[:_AT_ONCE])

    async def _try_again(self, chat: int, late: _Late, pace: Pace) -> None:
        try:
            async with asyncio.timeout(_WITHIN_S):
                await pace(CustomerId(chat), self._clock.now())
                shown = late.screen
                if self._waiting.get(chat) is late:
                    await self.presenter.show(chat, shown, late.card)
        except AskedToWait as refusal:
            self._postpone(chat, late, refusal)
        except TimeoutError:
            self._postpone(chat, late, AskedToWait(timedelta()))
        except Blocked:
            self._forget(chat, late)
        except Exception:  # one screen that cannot be shown must not hold up the others
            log.exception("a late screen was not shown")
            self._forget(chat, late)
        else:
            if late.screen is shown:
                self._forget(chat, late)

    def _forget(self, chat: int, late: _Late) -> None:
        if self._waiting.get(chat) is late:
            del self._waiting[chat]

    def _postpone(self, chat: int, late: _Late, why: AskedToWait) -> None:
        late.asked_at, late.is_closed = self._clock.now(), why.is_told
        late.wait = why.wait if why.is_told else _growing(late.tries)
        late.tries += 1
        if late.tries > _TRIES:
            log.warning("a screen was not shown", tries=late.tries)
            self._forget(chat, late)

    def is_due(self) -> bool:
        """Whether any may be shown now."""
        return self._next_in() == timedelta()

    async def idle_s(self) -> float:
        """How long to wait when nothing is due, in seconds."""
        left = self._next_in()
        return _LONGEST_IDLE_S if left is None else min(left.total_seconds(), _LONGEST_IDLE_S)

    def _next_in(self) -> timedelta | None:
        now = self._clock.now()
        waits = (max(timedelta(), late.left(now)) for late in self._waiting.values())
        return min(waits, default=None)


def _growing(tries: int) -> timedelta:
    """1 s, 2 s, 4 s and so on, at most half a minute."""
    return min(_LONGEST_WAIT, timedelta(seconds=2 ** min(tries, 10)))
