"""What a person wrote themselves: the one reading of a message that commands and steps share."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(slots=True)
class Typed:
    """A message that was typed for a step.

    Attributes:
        message: its id.
        is_text: it is the person's own text, and nothing else.
        is_kept: it stays in the chat; any other is deleted once it is answered.
        is_below: something stands under the card: the answer goes below it, as the card.
        is_passing: an answer to what is typed next takes the place of the answer to this.
        is_overtaken: something newer was taken meanwhile, perhaps by another process.
    """

    message: int
    is_text: bool = False
    is_kept: bool = False
    is_below: bool = False
    is_passing: bool = False
    is_overtaken: bool = False


def typed_of(message: Message, *, is_kept: bool) -> Typed:
    """What was typed; somebody else's words and all that is no text stay in the chat."""
    is_text = bool(text_of(message))
    return Typed(message.message_id, is_text=is_text, is_kept=is_kept or not is_text)


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
