"""People and messages as the page draws them."""

from __future__ import annotations

from typing import Any

from sandbox.telegram import BotMessage, HumanMessage, Person, TelegramWorld
from sandbox.telegram.messages import Message, StoredFile
from sandbox.telegram.wire import unix

View = dict[str, Any]

_PER_CHAT = 1000
"""How many messages of a chat a page gets when it opens."""


def person_view(person: Person, operators: frozenset[int]) -> View:
    """Somebody with a phone."""
    return {
        "id": person.user_id,
        "name": person.first_name,
        "username": person.username,
        "language": person.language_code,
        "role": "operator" if person.user_id in operators else "customer",
        "started": person.has_started,
        "blocked": person.has_blocked_bot,
    }


def chat_view(person: Person) -> list[View]:
    """The newest messages of a person's chat, oldest first."""
    messages = list(person.chat.messages.values())[-_PER_CHAT:]
    return [message_view(message) for message in messages]


def message_view(message: Message) -> View:
    """A message as it looks now."""
    if isinstance(message, HumanMessage):
        return _from_person(message)
    return {
        "id": message.message_id,
        "mine": False,
        "at": unix(message.sent_at),
        "edited": unix(message.edited_at) if message.edited_at else None,
        "text": message.text,
        "entities": message.entities,
        "keyboard": [[button.as_wire() for button in row] for row in message.keyboard],
        "file": _file_view(message),
        "reply_to": message.reply_to,
        "silent": message.is_silent,
    }


def _from_person(message: HumanMessage) -> View:
    wire = message.wire
    return {
        "id": message.message_id,
        "mine": True,
        "at": unix(message.sent_at),
        "edited": wire.get("edit_date"),
        "text": message.text,
        "entities": wire.get("entities", []) if "via_bot" in wire else [],
        "keyboard": wire.get("reply_markup", {}).get("inline_keyboard", []),
        "via": wire.get("via_bot", {}).get("username"),
        "file": None,
        "sticker": wire.get("sticker", {}).get("emoji"),
        "photo": "photo" in wire,
        "contact": wire.get("contact", {}).get("phone_number"),
        "forwarded": wire.get("forward_origin", {}).get("sender_user_name"),
    }


def _file_view(message: BotMessage) -> View | None:
    file = message.document or message.photo
    if file is None:
        return None
    return {"name": file.name, "size": len(file.content), **_address(file)}


def _address(file: StoredFile) -> View:
    shown = {"picture": True, "box": file.size_px} if file.size_px else {"picture": False}
    return {"url": f"/api/files/{file.file_id}", **shown}


def bot_view(world: TelegramWorld) -> View:
    """How the bot introduces itself, and the menus by scope and language."""
    profile = world.profile
    return {
        "username": world.bot_username,
        "names": profile.names,
        "descriptions": profile.descriptions,
        "commands": [
            {"scope": scope, "language": language, "commands": commands}
            for (scope, language), commands in profile.commands.items()
        ],
    }
