"""Tells Telegram the bot's commands and descriptions, in every language and scope."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
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
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.telegram.connection import until_telegram_answers
from bot.i18n.language import ENGLISH

log = structlog.stdlib.get_logger(__name__)


async def publish_commands(
    bot: Bot,
    locales: Locales,
    shop_name: str,
    operators: Iterable[CustomerId],
    stopping: asyncio.Event,
    *,
    numbers: bool,
) -> None:
    """Tell Telegram the commands and descriptions; a refusal is logged, the shop works without.

    `numbers` where SMS numbers are sold.
    """
    await _call(bot, _for_everybody(locales, shop_name, numbers=numbers), stopping)
    for operator in operators:
        await _call(bot, _for_operator(locales, operator, numbers=numbers), stopping)


async def _call(bot: Bot, calls: Iterable[TelegramMethod[bool]], stopping: asyncio.Event) -> None:
    """Make the calls in turn; after a refusal the rest would be refused too.

    An operator who has never pressed Start is refused: Telegram does not know that chat yet.
    """
    for call in calls:
        try:
            await until_telegram_answers(partial(bot, call), stopping)
        except TelegramAPIError as refusal:
            log.warning(
                "commands_not_published", call=type(call).__name__, why=type(refusal).__name__
            )
            return


def _for_everybody(
    locales: Locales, shop: str, *, numbers: bool
) -> Iterator[TelegramMethod[bool]]:
    scope = BotCommandScopeAllPrivateChats()
    for locale, code in _by_language(locales):
        commands = customer_commands(locale, numbers=numbers)
        yield SetMyCommands(commands=commands, scope=scope, language_code=code)
        yield SetMyDescription(description=description(locale, shop), language_code=code)
        short = short_description(locale, shop)
        yield SetMyShortDescription(short_description=short, language_code=code)
    yield SetChatMenuButton(menu_button=MenuButtonCommands())


def _for_operator(
    locales: Locales, operator: CustomerId, *, numbers: bool
) -> Iterator[TelegramMethod[bool]]:
    scope = BotCommandScopeChat(chat_id=operator)
    for locale, code in _by_language(locales):
        commands = operator_commands(locale, numbers=numbers)
        yield SetMyCommands(commands=commands, scope=scope, language_code=code)


def _by_language(locales: Locales) -> Iterator[tuple[Locale, str | None]]:
    """Each language once, by the two letters that Telegram takes; English is for all the rest."""
    seen: set[str] = set()
    for locale in map(locales.of, locales.languages):
        code = locale.code.partition("-")[0]
        if code not in seen:
            seen.add(code)
            yield locale, None if code == ENGLISH else code
