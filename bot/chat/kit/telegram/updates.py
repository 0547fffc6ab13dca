"""Updates as they come: a tap is read as far as handlers look, everything else is aiogram's."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import msgspec
from aiogram import Bot
from aiogram.types import Update


class Sender(msgspec.Struct, frozen=True):
    """Who tapped."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None


class TappedChat(msgspec.Struct, frozen=True):
    """The chat of the card that was tapped."""

    id: int
    type: str


class TappedCard(msgspec.Struct, frozen=True):
    """The message that was tapped; Telegram dates one that it no longer knows with 0."""

    message_id: int
    chat: TappedChat
    date: int = 0


class Tapped(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A tap, as far as it is read."""

    id: str
    sender: Sender
    data: str = ""
    message: TappedCard | None = None


class TapUpdate(msgspec.Struct, frozen=True):
    """An update that is a tap; it has the names that middlewares look for in any update."""

    update_id: int
    callback_query: Tapped

    message: ClassVar[None] = None
    my_chat_member: ClassVar[None] = None


AnyUpdate = TapUpdate | Update

_TAPS = msgspec.json.Decoder(TapUpdate)
_BATCHES = msgspec.json.Decoder(list[msgspec.Raw])


def read_batch(result: msgspec.Raw) -> list[msgspec.Raw]:
    """The updates of an answered getUpdates, each unread. Raises ValueError."""
    return _BATCHES.decode(result)


def read_update(raw: bytes | msgspec.Raw, bot: Bot) -> AnyUpdate:
    """One update. Raises ValueError for what is none."""
    try:
        return _TAPS.decode(raw)
    except msgspec.MsgspecError:
        return Update.model_validate(json.loads(bytes(raw)), context={"bot": bot})


def as_tap(update: Update) -> TapUpdate:
    """A tap that aiogram has read."""
    plain: dict[str, Any] = update.model_dump(mode="json", by_alias=True, exclude_none=True)
    return msgspec.convert(plain, TapUpdate)
