"""The bot tells Telegram who it is: commands and descriptions, in every language and scope."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import (
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import (
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from bot.base.ids import CustomerId
from bot.chat.home.menu import customer_commands, description, operator_commands, short_description
from bot.chat.kit.locale import Voice, Voices
from bot.chat.kit.telegram.connection import until_telegram_answers
from bot.i18n.language import ENGLISH

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Introduction:
    """What there is to tell. `numbers` where SMS numbers are sold."""

    shop_name: str
    operators: tuple[CustomerId, ...]
    numbers: bool


async def introduce(bot: Bot, voices: Voices, told: Introduction, stopping: asyncio.Event) -> None:
    """Tell Telegram everything; a refusal is logged, the shop works without."""
    await _say(bot, _to_everybody(voices, told), stopping)
    for operator in told.operators:
        await _say(bot, _to_operator(voices, told, operator), stopping)


async def _say(bot: Bot, calls: Iterable[TelegramMethod[bool]], stopping: asyncio.Event) -> None:
    """Make the calls in turn; after a refusal the rest would be refused too.

    An operator who has never pressed Start is one: Telegram does not know that chat yet.
    """
    for call in calls:
        try:
            await until_telegram_answers(partial(bot, call), stopping)
        except TelegramAPIError as refusal:
            log.warning("not_introduced", call=type(call).__name__, why=type(refusal).__name__)
            return


def _to_everybody(voices: Voices, told: Introduction) -> Iterator[TelegramMethod[bool]]:
    scope, shop = BotCommandScopeAllPrivateChats(), told.shop_name
    for voice, code in _spoken(voices):
        commands = customer_commands(voice, numbers=told.numbers)
        yield SetMyCommands(commands=commands, scope=scope, language_code=code)
        yield SetMyDescription(description=description(voice, shop), language_code=code)
        short = short_description(voice, shop)
        yield SetMyShortDescription(short_description=short, language_code=code)
    yield SetChatMenuButton(menu_button=MenuButtonCommands())


def _to_operator(
    voices: Voices, told: Introduction, operator: CustomerId
) -> Iterator[TelegramMethod[bool]]:
    scope = BotCommandScopeChat(chat_id=operator)
    for voice, code in _spoken(voices):
        commands = operator_commands(voice, numbers=told.numbers)
        yield SetMyCommands(commands=commands, scope=scope, language_code=code)


def _spoken(voices: Voices) -> Iterator[tuple[Voice, str | None]]:
    """Each language once, by the two letters that Telegram takes; English is for all the rest."""
    seen: set[str] = set()
    for voice in map(voices.of, voices.languages):
        code = voice.code.partition("-")[0]
        if code not in seen:
            seen.add(code)
            yield voice, None if code == ENGLISH else code
