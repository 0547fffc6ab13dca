"""What a person wrote themselves: the one reading of a message that commands and steps share."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.filters import Command
from aiogram.types import Message


def text_of(message: Message) -> str:
    """What the person wrote; nothing for stickers, pictures and somebody else's words.

    Somebody else's are forwarded ones, and what another bot wrote in the person's name.
    """
    is_foreign = message.forward_origin is not None or message.via_bot is not None
    return "" if is_foreign else message.text or ""


def is_command(message: Message) -> bool:
    """Whether the person wrote something that starts with a slash, known or not."""
    return text_of(message).startswith("/")


class OwnCommand(Command):
    """One of these commands in any case of letters, written by the person themselves.

    aiogram's own filter obeys captions and forwarded messages too: an operator who passes on what
    a customer wrote would carry it out.
    """

    def __init__(self, *names: str) -> None:
        super().__init__(*names, ignore_case=True)

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Any]:
        """Whether it is such a command; it is handed over as `command`."""
        return is_command(message) and await super().__call__(message, bot)
