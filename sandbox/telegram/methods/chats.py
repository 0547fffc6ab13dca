"""What the bot may ask about itself, its chats, their people and their files."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.methods.addressing import find_message, load_chat, load_open_chat
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.wire import (
    Wire,
    bot_wire,
    chat_wire,
    download_wire,
    message_wire,
    person_wire,
)
from sandbox.telegram.world import TelegramWorld

DOWNLOAD_MAX: Final = 20 * 1024 * 1024
_GIFTS: Final = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(world: TelegramWorld, _: Params) -> Wire:
    """Tell the bot who it is."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": world.can_read_all_group_messages,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**bot_wire(world), **abilities}


def log_out(_world: TelegramWorld, _params: Params) -> bool:
    """Agree: there is no other server to move to."""
    return True


def get_chat(world: TelegramWorld, params: Params) -> Wire:
    """Tell all about a chat."""
    chat = load_chat(world, params)
    wire: Wire = {
        **chat_wire(world, chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        wire["pinned_message"] = message_wire(world, chat.messages[chat.pinned[-1]])
    return wire


def get_chat_member(world: TelegramWorld, params: Params) -> Wire:
    """Tell how somebody stands in a chat."""
    chat = load_chat(world, params)
    user_id = params.find_whole("user_id")
    if user_id == world.bot_id:
        return {"status": "member", "user": bot_wire(world)}
    is_stranger = chat.kind == "private" and user_id != chat.chat_id
    if user_id is None or user_id not in world.people or is_stranger:
        raise bad_request("member not found")
    return {"status": "member", "user": person_wire(world.people[user_id])}


def pin_chat_message(world: TelegramWorld, params: Params) -> bool:
    """Keep a message at the top of a chat."""
    chat = load_open_chat(world, params)
    message = find_message(chat, params)
    if message is None:
        raise bad_request("message to pin not found")
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    return True


def unpin_chat_message(world: TelegramWorld, params: Params) -> bool:
    """Let go a pinned message, the newest unless it is named."""
    chat = load_open_chat(world, params)
    newest = chat.pinned[-1] if chat.pinned else None
    message_id = params.find_whole("message_id") or newest
    if message_id not in chat.pinned or message_id is None:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def get_file(world: TelegramWorld, params: Params) -> Wire:
    """Tell where a file can be downloaded."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_MAX:
        raise bad_request("file is too big")
    return download_wire(file)


METHODS: Final[dict[str, Any]] = {
    "getMe": get_me,
    "logOut": log_out,
    "close": log_out,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "getFile": get_file,
}
