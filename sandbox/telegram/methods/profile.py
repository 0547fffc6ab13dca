"""How the bot introduces itself: commands, name, descriptions and the menu button."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.params import Params
from sandbox.telegram.profile import Command, checked_commands, checked_language, checked_length
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.world import TelegramWorld

_NAME_MAX: Final = 64
_DESCRIPTION_MAX: Final = 512
_SHORT_MAX: Final = 120
_WIDE_SCOPES: Final = frozenset(
    ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"),
)
_CHAT_SCOPES: Final = frozenset(("chat", "chat_administrators", "chat_member"))


def set_my_commands(world: TelegramWorld, params: Params) -> bool:
    """Replace a menu."""
    given = params.find_array("commands")
    if given is None:
        raise bad_request("expected an Array of BotCommand")
    world.profile.commands[_menu(world, params)] = checked_commands(given)
    return True


def get_my_commands(world: TelegramWorld, params: Params) -> list[Command]:
    """Answer a menu, empty when there is none for exactly this scope and language."""
    return world.profile.commands.get(_menu(world, params), [])


def delete_my_commands(world: TelegramWorld, params: Params) -> bool:
    """Remove a menu."""
    world.profile.commands.pop(_menu(world, params), None)
    return True


def set_my_name(world: TelegramWorld, params: Params) -> bool:
    """Rename the bot in one language; an empty name falls back to the common one."""
    name = checked_length(params.text("name"), _NAME_MAX, "BOT_TITLE_INVALID")
    language = checked_language(params.text("language_code"))
    if name or language:
        world.profile.names[language] = name
    return True


def get_my_name(world: TelegramWorld, params: Params) -> dict[str, str]:
    """Answer the name in one language."""
    return {"name": world.profile.shown_name(checked_language(params.text("language_code")))}


def set_my_description(world: TelegramWorld, params: Params) -> bool:
    """Describe the bot to those who open an empty chat with it."""
    text = checked_length(params.text("description"), _DESCRIPTION_MAX, "DESCRIPTION_TOO_LONG")
    world.profile.descriptions[checked_language(params.text("language_code"))] = text
    return True


def get_my_description(world: TelegramWorld, params: Params) -> dict[str, str]:
    """Answer the description in one language."""
    texts, language = world.profile.descriptions, checked_language(params.text("language_code"))
    return {"description": texts.get(language) or texts.get("", "")}


def set_my_short_description(world: TelegramWorld, params: Params) -> bool:
    """Describe the bot on its profile page."""
    text = checked_length(params.text("short_description"), _SHORT_MAX, "ABOUT_TOO_LONG")
    world.profile.short_descriptions[checked_language(params.text("language_code"))] = text
    return True


def get_my_short_description(world: TelegramWorld, params: Params) -> dict[str, str]:
    """Answer the short description in one language."""
    texts = world.profile.short_descriptions
    language = checked_language(params.text("language_code"))
    return {"short_description": texts.get(language) or texts.get("", "")}


def set_chat_menu_button(world: TelegramWorld, params: Params) -> bool:
    """Choose what the button beside the input field does, for everybody."""
    world.profile.menu_button = params.find_object("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(world: TelegramWorld, _: Params) -> dict[str, Any]:
    """Answer what the button beside the input field does."""
    return world.profile.menu_button


def _menu(world: TelegramWorld, params: Params) -> tuple[str, str]:
    """Answer the key of a menu: its scope and its language."""
    scope = params.find_object("scope") or {"type": "default"}
    kind = str(scope.get("type"))
    language = checked_language(params.text("language_code"))
    if kind in _WIDE_SCOPES:
        return kind, language
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat_id = str(scope.get("chat_id"))
    if not chat_id.removeprefix("-").isdecimal() or int(chat_id) not in world.chats:
        raise bad_request("chat not found")
    user_id = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat_id}{user_id}", language


METHODS: Final = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
