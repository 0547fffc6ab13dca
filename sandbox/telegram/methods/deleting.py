"""Messages that go away: only young ones, and in groups only the bot's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sandbox.telegram.calls import Change
from sandbox.telegram.messages import BotMessage, Chat, Message
from sandbox.telegram.methods.addressing import find_message, load_open_chat
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Refusal, bad_request
from sandbox.telegram.world import TelegramWorld

DELETABLE: Final = timedelta(hours=48)
_AT_ONCE_MAX: Final = 100


def delete_message(world: TelegramWorld, params: Params) -> bool:
    """Delete one message."""
    chat = load_open_chat(world, params)
    message = find_message(chat, params)
    if message is None:
        raise bad_request("message to delete not found")
    stuck = _find_stuck(world, chat, message)
    if stuck is not None:
        raise stuck
    _drop(world, chat, message)
    return True


def delete_messages(world: TelegramWorld, params: Params) -> bool:
    """Delete several messages; those that cannot be found are skipped."""
    chat = load_open_chat(world, params)
    message_ids = params.find_array("message_ids") or []
    if not 1 <= len(message_ids) <= _AT_ONCE_MAX:
        raise bad_request("there must be from 1 to 100 messages to delete")
    found = [chat.messages[number] for number in message_ids if number in chat.messages]
    for message in found:
        if _find_stuck(world, chat, message) is None:
            _drop(world, chat, message)
    return True


def _find_stuck(world: TelegramWorld, chat: Chat, message: Message) -> Refusal | None:
    if chat.kind != "private" and not isinstance(message, BotMessage):
        return bad_request("message can't be deleted")
    if world.now() - message.sent_at > DELETABLE:
        return bad_request("message can't be deleted for everyone")
    return None


def _drop(world: TelegramWorld, chat: Chat, message: Message) -> None:
    del chat.messages[message.message_id]
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    world.changed(Change("deleted", chat.chat_id, message))


METHODS: Final = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
