"""Updates as they come: taps and inline queries as far as handlers look, the rest by aiogram."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import msgspec
from aiogram import Bot
from aiogram.types import Update


class Sender(msgspec.Struct, frozen=True):
    """Who tapped or typed."""

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
    photo: list[object] | None = None


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

    inline_query: ClassVar[None] = None
    message: ClassVar[None] = None
    my_chat_member: ClassVar[None] = None


class TypedInline(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """What stands behind `@bot` in some chat; Telegram sends it anew after each letter.

    `offset` is what the page before named as its next, `chat_type` what kind of chat it is.
    """

    id: str
    sender: Sender
    query: str = ""
    offset: str = ""
    chat_type: str = ""


class InlineUpdate(msgspec.Struct, frozen=True):
    """An update that is an inline query; it has no chat, and names like `TapUpdate`."""

    update_id: int
    inline_query: TypedInline

    callback_query: ClassVar[None] = None
    message: ClassVar[None] = None
    my_chat_member: ClassVar[None] = None


AnyUpdate = TapUpdate | InlineUpdate | Update

_TAPS = msgspec.json.Decoder(TapUpdate)
_INLINE = msgspec.json.Decoder(InlineUpdate)
_BATCHES = msgspec.json.Decoder(list[msgspec.Raw])


def read_batch(result: msgspec.Raw) -> list[msgspec.Raw]:
    """The updates of an answered getUpdates, each unread. Raises ValueError."""
    return _BATCHES.decode(result)


def read_update(raw: bytes | msgspec.Raw, bot: Bot) -> AnyUpdate:
    """One update. Raises ValueError for what is none."""
    for decoder in (_TAPS, _INLINE):
        try:
            return decoder.decode(raw)
        except msgspec.MsgspecError:
            continue
    return Update.model_validate(json.loads(bytes(raw)), context={"bot": bot})


def as_read(update: Update) -> AnyUpdate:
    """A tap or an inline query that aiogram has read, as it is read here; others as they are."""
    if update.callback_query is not None:
        return msgspec.convert(_plain(update), TapUpdate)
    if update.inline_query is not None:
        return msgspec.convert(_plain(update), InlineUpdate)
    return update


def _plain(update: Update) -> dict[str, Any]:
    return update.model_dump(mode="json", by_alias=True, exclude_none=True)
