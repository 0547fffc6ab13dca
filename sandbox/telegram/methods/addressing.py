"""Finds the chat a call is meant for, and refuses where the bot may not go."""

from __future__ import annotations

from sandbox.telegram.messages import BotMessage, Chat, Message
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Refusal, bad_request, flood, forbidden
from sandbox.telegram.world import TelegramWorld


def load_chat(world: TelegramWorld, params: Params) -> Chat:
    """Answer the chat of `chat_id`, given as a number or, for a group, by its name."""
    given = params.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    chat_id = params.find_whole("chat_id")
    chat = None if chat_id is None else world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def load_open_chat(world: TelegramWorld, params: Params) -> Chat:
    """Answer the chat if the bot may write there."""
    chat = load_chat(world, params)
    closed = _find_closed(world, chat)
    if closed is not None:
        raise closed
    return chat


def load_chat_to_send(world: TelegramWorld, params: Params) -> Chat:
    """Answer the chat if the bot may write there, and not too fast; counts one message."""
    chat = load_open_chat(world, params)
    wait_s = world.find_wait(chat.chat_id)
    if wait_s is not None:
        raise flood(wait_s)
    return chat


def load_own_message(world: TelegramWorld, params: Params) -> BotMessage:
    """Answer the message to edit, which must be the bot's own."""
    if params.find_text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = find_message(load_chat_to_send(world, params), params)
    if message is None:
        raise bad_request("message to edit not found")
    if not isinstance(message, BotMessage) or message.other_markup:
        raise bad_request("message can't be edited")
    return message


def find_message(chat: Chat, params: Params) -> Message | None:
    """Find the message of `message_id` in a chat."""
    message_id = params.find_whole("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    return chat.messages.get(message_id)


def _find_closed(world: TelegramWorld, chat: Chat) -> Refusal | None:
    if chat.kind != "private":
        kicked = forbidden("bot was kicked from the supergroup chat")
        return kicked if chat.is_closed_to_bot else None
    person = world.people[chat.chat_id]
    if person.is_deactivated:
        return forbidden("user is deactivated")
    if person.has_blocked_bot:
        return forbidden("bot was blocked by the user")
    if not person.has_started:
        return forbidden("bot can't initiate conversation with a user")
    return None
