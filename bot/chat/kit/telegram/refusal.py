"""What Telegram refuses, as typed words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
)

from bot.chat.kit.telegram.connection import TROUBLES

A_MOMENT: Final = timedelta(seconds=3)
"""How long Telegram is left alone when it did not say."""
_UNCHANGED: Final = "message is not modified"
_UNEDITABLE: Final = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)
_NOBODY_THERE: Final = ("chat not found", "user not found", "peer_id_invalid")
_NO_FILE: Final = (
    "wrong file identifier",
    "wrong remote file identifier",
    "file reference",
    "can't use file of type",
)
_NOT_HERE: Final = (
    "topic_closed",
    "topic_deleted",
    "thread not found",
    "not enough rights",
    "no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "need administrator rights",
)
"""What Telegram says of a group or topic in which the bot may not write."""


class Refusal(Exception):
    """The root of Telegram's refusals."""


class Blocked(Refusal):
    """The person cannot be reached: blocked the bot, left Telegram, or never started it.

    Or a group does not let the bot write.
    """


@dataclass(eq=False)
class AskedToWait(Refusal):
    """Telegram cannot take it now: it may go out after `wait`, and may have gone out already.

    `is_told` where Telegram named the wait itself and takes nothing for the chat before.
    """

    wait: timedelta
    is_told: bool = False


class CannotEdit(Refusal):
    """The message is gone or is of another kind: a new one has to be sent."""


class FileGone(Refusal):
    """Telegram does not give out this file any more, or never gave it to this bot."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise Telegram's refusals as ours; an unchanged message counts as done."""
    try:
        yield
    except TelegramForbiddenError as refusal:
        raise Blocked from refusal
    except TelegramRetryAfter as refusal:
        raise AskedToWait(timedelta(seconds=refusal.retry_after), is_told=True) from refusal
    except TROUBLES as refusal:
        raise AskedToWait(A_MOMENT) from refusal
    except (TelegramBadRequest, TelegramNotFound) as refusal:
        _bad_request(refusal)


def _bad_request(refusal: TelegramBadRequest | TelegramNotFound) -> None:
    if _says(refusal, (_UNCHANGED,)):
        return
    if _says(refusal, _UNEDITABLE):
        raise CannotEdit from refusal
    if _says(refusal, (*_NOBODY_THERE, *_NOT_HERE)):
        raise Blocked from refusal
    if _says(refusal, _NO_FILE):
        raise FileGone from refusal
    raise refusal


def _says(refusal: TelegramBadRequest | TelegramNotFound, words: tuple[str, ...]) -> bool:
    said = refusal.message.lower()
    return any(word in said for word in words)
