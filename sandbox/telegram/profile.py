"""What the bot tells about itself: its name, its descriptions and its menu, by language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.telegram.refusals import bad_request
from sandbox.telegram.text import utf16_length

COMMANDS_MAX: Final = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_DESCRIPTION_MAX: Final = 256

Command = dict[str, str | bool]


@dataclass
class BotProfile:
    """Each text is kept by language code; the empty code is everybody else."""

    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Command]] = field(default_factory=dict)
    """The menus by scope (`default`, `chat:7`, ...) and language."""
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})

    def shown_name(self, language: str) -> str:
        """Answer the name for a language, or the one for everybody."""
        return self.names.get(language) or self.names[""]


def checked_language(code: str) -> str:
    """Answer the code; only two letters, or none at all, will do."""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def checked_length(text: str, longest: int, refusal: str) -> str:
    """Answer the text, or refuse it with the words given."""
    if utf16_length(text) > longest:
        raise bad_request(refusal)
    return text


def checked_commands(given: list[Any]) -> list[Command]:
    """Answer the menu with only the fields Telegram keeps."""
    if len(given) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(command) for command in given]


def _checked_command(given: Any) -> Command:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = str(given.get("command", "")), str(given.get("description", ""))
    name = name.removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description.strip()) <= _DESCRIPTION_MAX:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    command: Command = {"command": name, "description": description}
    return command | ({"is_ephemeral": True} if given.get("is_ephemeral") else {})
