"""Changes to messages of the bot; an edit that would change nothing is refused."""

from __future__ import annotations

from typing import Final

from sandbox.telegram.calls import Change
from sandbox.telegram.keyboards import Keyboard
from sandbox.telegram.messages import BotMessage
from sandbox.telegram.methods.addressing import load_own_message
from sandbox.telegram.methods.content import (
    Written,
    read_caption,
    read_inline_markup,
    read_photo,
    read_text,
)
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import NOT_MODIFIED, bad_request
from sandbox.telegram.wire import Wire, message_wire
from sandbox.telegram.world import TelegramWorld


def edit_message_text(world: TelegramWorld, params: Params) -> Wire:
    """Replace text and keyboard; a keyboard left out is removed."""
    written, keyboard = read_text(params), read_inline_markup(params)
    message = load_own_message(world, params)
    if message.has_file:
        raise bad_request("there is no text in the message to edit")
    return _changed(world, message, written, keyboard)


def edit_message_caption(world: TelegramWorld, params: Params) -> Wire:
    """Replace the words under a file, and the keyboard."""
    written, keyboard = read_caption(params), read_inline_markup(params)
    message = load_own_message(world, params)
    if not message.has_file:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, message, written, keyboard)


def edit_message_reply_markup(world: TelegramWorld, params: Params) -> Wire:
    """Replace the keyboard alone."""
    keyboard = read_inline_markup(params)
    message = load_own_message(world, params)
    return _changed(world, message, Written(message.text, message.entities), keyboard)


def _changed(
    world: TelegramWorld,
    message: BotMessage,
    written: Written,
    keyboard: Keyboard,
) -> Wire:
    before = (message.text, message.entities, message.keyboard)
    if before == (written.text, written.entities, keyboard):
        raise bad_request(NOT_MODIFIED)
    if message.text != written.text:
        message.edits.append(message.text)
    message.text, message.entities, message.keyboard = written.text, written.entities, keyboard
    message.edited_at = world.now()
    world.changed(Change("edited", message.chat_id, message))
    return message_wire(world, message)


def edit_message_media(world: TelegramWorld, params: Params) -> Wire:
    """Put a picture into the place of another, or above what was a text."""
    media = dict(params.find_object("media") or {})
    if media.pop("type", None) != "photo":
        raise bad_request("can't parse InputMedia: only pictures are known here")
    of_media = params.part({"photo": media.pop("media", None), **media})
    written, keyboard = read_caption(of_media), read_inline_markup(params)
    message = load_own_message(world, params)
    message.photo, message.document = read_photo(world, of_media), None
    return _changed(world, message, written, keyboard)


METHODS: Final = {
    "editMessageText": edit_message_text,
    "editMessageMedia": edit_message_media,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
