"""New messages: texts, files, pictures, and the hint that one is being written."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from sandbox.telegram.keyboards import Keyboard
from sandbox.telegram.messages import BotMessage, Chat
from sandbox.telegram.methods.addressing import load_chat_to_send, load_open_chat
from sandbox.telegram.methods.content import (
    Written,
    read_caption,
    read_file,
    read_markup,
    read_photo,
    read_reply,
    read_text,
)
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.wire import Wire, message_wire
from sandbox.telegram.world import TelegramWorld

_ACTIONS: Final = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ),
)


def send_message(world: TelegramWorld, params: Params) -> Wire:
    """Send a text."""
    written, markup = read_text(params), read_markup(params)
    chat = load_chat_to_send(world, params)
    return _sent(world, _message(world, params, chat, (written, *markup)))


def send_document(world: TelegramWorld, params: Params) -> Wire:
    """Send a file of any kind."""
    written, markup = read_caption(params), read_markup(params)
    chat = load_chat_to_send(world, params)
    file = read_file(world, params, "document")
    message = _message(world, params, chat, (written, *markup))
    return _sent(world, dataclasses.replace(message, document=file))


def send_photo(world: TelegramWorld, params: Params) -> Wire:
    """Send a picture, which must be a PNG or a JPEG."""
    written, markup = read_caption(params), read_markup(params)
    chat = load_chat_to_send(world, params)
    photo = read_photo(world, params)
    message = _message(world, params, chat, (written, *markup))
    return _sent(world, dataclasses.replace(message, photo=photo))


def send_chat_action(world: TelegramWorld, params: Params) -> bool:
    """Show that something is being prepared."""
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    load_open_chat(world, params)
    return True


def _message(
    world: TelegramWorld,
    params: Params,
    chat: Chat,
    content: tuple[Written, Keyboard, dict[str, Any] | None],
) -> BotMessage:
    written, keyboard, other = content
    topic = params.find_whole("message_thread_id")
    if topic in chat.closed_topics:
        raise bad_request("TOPIC_CLOSED")
    return BotMessage(
        message_id=world.next_message_id(),
        chat_id=chat.chat_id,
        text=written.text,
        entities=written.entities,
        sent_at=world.now(),
        keyboard=keyboard,
        other_markup=other,
        reply_to=read_reply(chat, params),
        topic=topic,
        is_silent=params.flag("disable_notification"),
        is_protected=params.flag("protect_content"),
        effect_id=params.find_text("message_effect_id"),
    )


def _sent(world: TelegramWorld, message: BotMessage) -> Wire:
    world.place(message)
    return message_wire(world, message)


METHODS: Final = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
}
