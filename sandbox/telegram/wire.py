"""Writes people, chats and messages the way the Bot API does."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.telegram.keyboards import keyboard_wire
from sandbox.telegram.messages import BotMessage, Chat, Message, StoredFile

if TYPE_CHECKING:
    from sandbox.telegram.people import Person
    from sandbox.telegram.world import TelegramWorld

Wire = dict[str, Any]


def unix(moment: datetime) -> int:
    """Answer whole seconds since 1970."""
    return int(moment.timestamp())


def bot_wire(world: TelegramWorld) -> Wire:
    """Write the bot as a user."""
    return {
        "id": world.bot_id,
        "is_bot": True,
        "first_name": world.profile.shown_name(""),
        "username": world.bot_username,
    }


def person_wire(person: Person) -> Wire:
    """Write a person as a user."""
    known = {"username": person.username, "language_code": person.language_code}
    return {
        "id": person.user_id,
        "is_bot": False,
        "first_name": person.first_name,
        **{name: value for name, value in known.items() if value},
    }


def chat_wire(world: TelegramWorld, chat: Chat) -> Wire:
    """Write a chat; a private one carries the name of its person."""
    if chat.kind != "private":
        return {"id": chat.chat_id, "type": chat.kind, "title": chat.title}
    person = world.people[chat.chat_id]
    username = {"username": person.username} if person.username else {}
    return {
        "id": chat.chat_id,
        "type": "private",
        "first_name": person.first_name,
        **username,
    }


def message_wire(world: TelegramWorld, message: Message) -> Wire:
    """Write a message as it looks now."""
    if not isinstance(message, BotMessage):
        return message.wire
    chat = world.chats[message.chat_id]
    wire: Wire = {
        "message_id": message.message_id,
        "from": bot_wire(world),
        "chat": chat_wire(world, chat),
        "date": unix(message.sent_at),
        **_body_wire(message),
    }
    if message.topic is not None:
        wire |= {"message_thread_id": message.topic, "is_topic_message": True}
    if message.edited_at is not None:
        wire["edit_date"] = unix(message.edited_at)
    if message.keyboard:
        wire["reply_markup"] = keyboard_wire(message.keyboard)
    if message.is_protected:
        wire["has_protected_content"] = True
    if message.effect_id:
        wire["effect_id"] = message.effect_id
    if message.reply_to in chat.messages:
        replied = message_wire(world, chat.messages[message.reply_to])
        wire["reply_to_message"] = {
            name: value for name, value in replied.items() if name != "reply_to_message"
        }
    return wire


def inaccessible_wire(world: TelegramWorld, chat: Chat, message_id: int) -> Wire:
    """Write a message that is gone: only its place is known, and its date is zero."""
    return {"chat": chat_wire(world, chat), "message_id": message_id, "date": 0}


def _body_wire(message: BotMessage) -> Wire:
    if not message.has_file:
        entities = {"entities": message.entities} if message.entities else {}
        return {"text": message.text, **entities}
    wire: Wire = {}
    if message.document is not None:
        wire["document"] = document_wire(message.document)
    if message.photo is not None:
        wire["photo"] = [photo_wire(message.photo)]
    if message.text:
        wire["caption"] = message.text
    if message.entities:
        wire["caption_entities"] = message.entities
    return wire


def _file_wire(file: StoredFile) -> Wire:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
    }


def document_wire(file: StoredFile) -> Wire:
    """Write a file as a document."""
    return {**_file_wire(file), "file_name": file.name, "mime_type": file.mime}


def photo_wire(file: StoredFile) -> Wire:
    """Write a file as the one size of a photo."""
    width, height = file.size_px or (1, 1)
    return {**_file_wire(file), "width": width, "height": height}


def download_wire(file: StoredFile) -> Wire:
    """Write a file as something to download."""
    return {**_file_wire(file), "file_path": file.path}
