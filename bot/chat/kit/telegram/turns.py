"""The updates of one chat are answered in the order in which they came, those of others meanwhile.

A process orders what it hears itself. Across processes the database decides, as it does for taps.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware
from aiogram.types import Message

from bot.chat.kit.telegram.incoming import Handler
from bot.chat.kit.telegram.updates import AnyUpdate
from bot.chat.kit.text_of import is_command

log = structlog.stdlib.get_logger(__name__)

_LONGEST_WAIT_S: Final = 5.0
"""Whoever hangs for longer is overtaken: a chat must not wait for what may never end."""
_TURN: Final = "turn"
_AT_ONCE: Final = 100
"""How many messages Telegram deletes by one call."""


@dataclass(slots=True, eq=False)
class Turn:
    """The place of one update among those of its chat.

    `message` is the id of what was sent, 0 for a tap; `is_typed` where it is a text.
    """

    before: Turn | None = None
    message: int = 0
    is_typed: bool = False
    within_s: float = _LONGEST_WAIT_S
    after: Turn | None = None
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    _left: list[int] = field(default_factory=list)
    """What was typed before and is still to be deleted."""

    async def come(self) -> None:
        """Wait until what came before is answered, for `within_s` at most."""
        before, self.before = self.before, None
        if before is None:
            return
        try:
            async with asyncio.timeout(self.within_s):
                await before.wait_for_end()
        except TimeoutError:
            log.warning("an update has not waited any longer for the one before")

    async def wait_for_end(self) -> None:
        """Wait until it is answered."""
        await self._ended.wait()

    def end(self) -> None:
        """It is answered."""
        self._ended.set()

    @property
    def is_followed(self) -> bool:
        """Whether something newer is typed already, whose answer takes the place of this one."""
        return self._find_next_typed() is not None

    def deletes_now(self, message: int | None) -> list[int]:
        """What to delete in the chat: `message` and what came before it, or nothing yet.

        Whatever is typed next deletes it all at once.
        """
        self._left += [] if message is None else [message]
        following = self._find_next_typed()
        if following is None:
            return self._left[-_AT_ONCE:]
        following._left += self._left  # noqa: SLF001 - of the same class
        return []

    def _find_next_typed(self) -> Turn | None:
        later = self.after
        while later is not None and not (later.is_typed and later.message > self.message):
            later = later.after
        return later


class Turns(BaseMiddleware):
    """Gives each update its turn; who handles it waits for that turn where order matters."""

    def __init__(self, within_s: float = _LONGEST_WAIT_S) -> None:
        self._within_s = within_s
        self._last: dict[int, Turn] = {}
        """The newest update of each person with one under way."""

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> Any:
        """Pass the update on with its turn, which ends with it."""
        user = data.get("event_from_user")
        if user is None:
            return await handler(event, data)
        before = self._last.get(user.id)
        turn = self._last[user.id] = data[_TURN] = self._turn(before, event)
        if before is not None:
            before.after = turn
        try:
            return await handler(event, data)
        finally:
            turn.end()
            if self._last.get(user.id) is turn:
                del self._last[user.id]

    def _turn(self, before: Turn | None, update: AnyUpdate) -> Turn:
        message, within_s = update.message, self._within_s
        if not isinstance(message, Message):
            return Turn(before, within_s=within_s)
        is_typed = bool(message.text) and not is_command(message)
        return Turn(before, message.message_id, is_typed, within_s)


def turn_of(data: dict[str, Any]) -> Turn:
    """The turn that an update was given; one that has come where it was given none."""
    turn: Turn | None = data.get(_TURN)
    return Turn() if turn is None else turn
