"""What each update was, how it ended and how long it took, for whoever counts them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject, Update

from bot.chat.kit.text_of import is_command


class UpdateKind(StrEnum):
    """What came."""

    TAP = "tap"
    COMMAND = "command"
    TEXT = "text"
    MEMBER = "member"
    OTHER = "other"


class UpdateOutcome(StrEnum):
    """What became of it. `ok` is whatever a screen answers, a polite no among it.

    repeated: it had come before. outside: a group's, a bot's, or somebody who left. refused: the
    shop's no, explained. closed: the database could not be used. blocked: the person cannot be
    reached. not_shown: Telegram did not take the answer. failed: a fault of ours.
    """

    OK = "ok"
    REPEATED = "repeated"
    OUTSIDE = "outside"
    REFUSED = "refused"
    CLOSED = "closed"
    BLOCKED = "blocked"
    NOT_SHOWN = "not_shown"
    FAILED = "failed"


CountUpdate = Callable[[UpdateKind, UpdateOutcome, float], None]
"""Is told the kind, the outcome and the seconds of each update."""
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
_OUTCOME: Final = "update_outcome"


def uncounted(_kind: UpdateKind, _outcome: UpdateOutcome, _seconds: float) -> None:
    """Count nothing."""


def note_outcome(data: dict[str, Any], outcome: UpdateOutcome) -> None:
    """Say how the update ended; called where it is decided, for the middleware around it all."""
    data[_OUTCOME] = outcome


@dataclass(frozen=True, slots=True)
class CountUpdates(BaseMiddleware):
    """The outermost middleware: from an update's arrival to its last answer."""

    count: CountUpdate

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the update on and count it; one that is cancelled did not end."""
        assert isinstance(event, Update)  # noqa: S101 - registered for updates only
        began = time.perf_counter()
        done = await handler(event, data)
        self.count(_kind(event), _outcome(data), time.perf_counter() - began)
        return done


def _outcome(data: dict[str, Any]) -> UpdateOutcome:
    noted: UpdateOutcome | None = data.get(_OUTCOME)
    if noted is not None:
        return noted
    return UpdateOutcome.OK if "context" in data else UpdateOutcome.OUTSIDE


def _kind(update: Update) -> UpdateKind:
    if update.callback_query is not None:
        return UpdateKind.TAP
    if update.message is not None:
        return _kind_of_message(update.message)
    return UpdateKind.OTHER if update.my_chat_member is None else UpdateKind.MEMBER


def _kind_of_message(message: Message) -> UpdateKind:
    if is_command(message):
        return UpdateKind.COMMAND
    return UpdateKind.OTHER if message.text is None else UpdateKind.TEXT
