"""The one module that sends: screens go out, and Telegram's refusals come back as typed words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import msgspec
import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramRetryAfter,
)
from aiogram.filters.callback_data import CallbackData
from aiogram.types import BufferedInputFile, FSInputFile, InputFile, InputMediaPhoto

from bot.chat.kit.richtext import Entity
from bot.chat.kit.screen import Button, Document, Picture, Screen
from bot.chat.kit.sharing import share_address
from bot.chat.kit.telegram.connection import TROUBLES, is_too_old
from bot.chat.kit.telegram.refusal import A_MOMENT, AskedToWait, CannotEdit, translated
from bot.chat.kit.telegram.session import session_of

log = structlog.stdlib.get_logger(__name__)

_LONGEST_ANSWER: Final = 200
_SEPARATOR: Final = ":"
_LONGEST_TAP: Final = 64
"""In bytes."""
_FILE_WITHIN_S: Final = 300
"""Fifty megabytes through a thin line take minutes."""
_NO_PREVIEW: Final = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Presenter:
    """Shows screens in chats.

    Every method but `answer` raises Blocked or AskedToWait, and FileGone for a file that somebody
    sent before; other refusals are mistakes of ours and are raised as they came.
    """

    bot: Bot

    async def show(self, chat_id: int, screen: Screen, message_id: int | None = None) -> int:
        """Turn the message into this screen, or send it anew; the id of the message it is in."""
        if message_id is None or screen.document is not None or screen.file is not None:
            return await self.send(chat_id, screen)
        try:
            await self.edit(chat_id, screen, message_id)
        except CannotEdit:
            return await self.send(chat_id, screen)
        return message_id

    async def send(self, chat_id: int, screen: Screen, topic: int | None = None) -> int:
        """A new message, in a `topic` of a group where one is named; its id."""
        with translated():
            if screen.document is not None:
                return await self._send_document(chat_id, screen, screen.document)
            if screen.picture is not None:
                return await self._send_picture(chat_id, screen, screen.picture, topic)
            sent = await self._call(*_new_message(chat_id, screen, topic))
        try:
            return _SENT.decode(sent).message_id
        except msgspec.DecodeError as failure:
            raise AskedToWait(A_MOMENT) from failure

    async def _send_document(self, chat_id: int, screen: Screen, document: Document) -> int:
        message, text = message_of(screen), screen.text.text
        sent = await self.bot.send_document(
            chat_id,
            _file(document),
            caption=text or None,
            parse_mode=None,
            caption_entities=message.get("entities"),
            reply_markup=message.get("reply_markup"),
            request_timeout=_FILE_WITHIN_S if document.path else None,
            **_reply(screen),
        )
        return sent.message_id

    async def _send_picture(
        self, chat_id: int, screen: Screen, picture: Picture, topic: int | None
    ) -> int:
        message = message_of(screen)
        sent = await self.bot.send_photo(
            chat_id,
            BufferedInputFile(picture.content, picture.name),
            message_thread_id=topic,
            caption=screen.text.text or None,
            parse_mode=None,
            caption_entities=message.get("entities"),
            reply_markup=message.get("reply_markup"),
            **_reply(screen),
        )
        return sent.message_id

    async def edit(self, chat_id: int, screen: Screen, message_id: int) -> None:
        """Turn the message into this screen. Raises CannotEdit."""
        if screen.picture is not None:
            await self._edit_picture(chat_id, screen, screen.picture, message_id)
            return
        message = {"chat_id": chat_id, "message_id": message_id, **message_of(screen)}
        with translated():
            await self._call("editMessageText", message)

    async def _edit_picture(
        self, chat_id: int, screen: Screen, picture: Picture, message_id: int
    ) -> None:
        """Telegram puts a picture into a text's place too, but no text into a picture's."""
        message = message_of(screen)
        shown = InputMediaPhoto(
            media=BufferedInputFile(picture.content, picture.name),
            caption=screen.text.text or None,
            parse_mode=None,
            caption_entities=message.get("entities"),
        )
        with translated():
            await self.bot.edit_message_media(
                shown,
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=message.get("reply_markup"),
            )

    async def delete(self, chat_id: int, messages: Sequence[int]) -> None:
        """Delete messages; one that stays does no harm, so whatever is refused is ignored."""
        fields = {"chat_id": chat_id, "message_ids": messages}
        with suppress(*TROUBLES, TelegramAPIError):
            await self._call("deleteMessages", fields)

    async def answer(self, callback_id: str, text: str = "", *, alert: bool = False) -> bool:
        """Stop the spinner of a tap; whether Telegram did. What it refuses is ignored or logged.

        It is stopped before what was tapped for is done, and a refusal must not prevent that.
        """
        fields: dict[str, object] = {"callback_query_id": callback_id}
        if text:
            fields |= {"text": text[:_LONGEST_ANSWER], "show_alert": alert}
        try:
            await self._call("answerCallbackQuery", fields)
        except (*TROUBLES, TelegramRetryAfter):
            return False
        except TelegramAPIError as refusal:
            if not is_too_old(refusal):
                log.warning("tap_not_answered", said=refusal.message)
            return False
        return True

    async def _call(self, name: str, fields: Mapping[str, object]) -> msgspec.Raw:
        return await session_of(self.bot).call(self.bot, name, fields)

    async def is_answered(self) -> bool:
        """Whether Telegram answers at all."""
        try:
            await self._call("getMe", {})
        except (*TROUBLES, TelegramAPIError):
            return False
        return True

    async def find_username(self, person: int) -> str | None:
        """What somebody is called now; None where Telegram does not say."""
        try:
            return (await self.bot.get_chat(person)).username
        except (*TROUBLES, TelegramAPIError):
            return None

    async def link(self, start: str = "") -> str:
        """The address of the private chat, with a deep link's payload."""
        me = await self.bot.me()
        return f"https://t.me/{me.username}" + (f"?start={start}" if start else "")

    async def share(self, start: str, words: str) -> str:
        """An address that lets a person send the deep link on to somebody, with these words."""
        return share_address(await self.link(start), words)


def _file(document: Document) -> InputFile:
    """What is uploaded; a file on the disk is never in memory as a whole."""
    if document.path is not None:
        return FSInputFile(document.path, document.name)
    return BufferedInputFile(document.content, document.name)


class _Sent(msgspec.Struct):
    """What is read of a message that was sent."""

    message_id: int


_SENT: Final = msgspec.json.Decoder(_Sent)


def _new_message(chat_id: int, screen: Screen, topic: int | None) -> tuple[str, dict[str, Any]]:
    """The call that sends a screen, and what it says."""
    message = {"chat_id": chat_id, **message_of(screen), **_reply(screen)}
    if topic is not None:
        message["message_thread_id"] = topic
    if screen.file is None:
        return "sendMessage", message
    kind, (caption, entities) = (
        screen.file.kind,
        (message.pop("text"), message.pop("entities", ())),
    )
    message |= {kind.value: screen.file.id, "caption": caption, "caption_entities": entities}
    del message["link_preview_options"]
    return f"send{kind.capitalize()}", message


def _reply(screen: Screen) -> dict[str, Any]:
    """Which message a new one answers; where that was deleted it is sent all the same."""
    if screen.reply_to is None:
        return {}
    answered = {"message_id": screen.reply_to, "allow_sending_without_reply": True}
    return {"reply_parameters": answered}


def message_of(screen: Screen) -> dict[str, Any]:
    """A screen's text, entities and buttons as Telegram takes them.

    A message that is edited without buttons loses those it had.
    """
    message: dict[str, Any] = {"text": screen.text.text, "link_preview_options": _NO_PREVIEW}
    if screen.text.entities:
        message["entities"] = [_entity(one) for one in screen.text.entities]
    rows = [[_button(button) for button in row] for row in screen.rows if row]
    if rows:
        message["reply_markup"] = {"inline_keyboard": rows}
    return message


def _entity(one: Entity) -> dict[str, Any]:
    return {"type": one.type, "offset": one.offset, "length": one.length, **dict(one.more)}


def _button(button: Button) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": button.label}
    if button.tap is not None:
        shown["callback_data"] = packed(button.tap)
    if button.url is not None:
        shown["url"] = button.url
    if button.copy is not None:
        shown["copy_text"] = {"text": button.copy}
    if button.share is not None:
        shown["switch_inline_query"] = button.share
    if button.style is not None:
        shown["style"] = button.style
    return shown


def packed(tap: CallbackData) -> str:
    """What the button carries: as aiogram's `pack` writes it, at a tenth of its price.

    A screen has a dozen buttons, and a dump of each by pydantic costs more than its words.
    """
    parts = (tap.__prefix__, *map(_written, tap.__dict__.values()))
    written = _SEPARATOR.join(parts)
    if len(written.encode()) > _LONGEST_TAP or written.count(_SEPARATOR) != len(parts) - 1:
        return tap.pack()  # which says what is wrong with it
    return written


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    return str(int(value)) if isinstance(value, bool) else str(value)
