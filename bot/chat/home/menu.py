"""What Telegram shows of the bot outside the chat: commands and descriptions, in each language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

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
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from bot.base.ids import CustomerId
from bot.chat.catalog.handlers import CATALOG
from bot.chat.desk.look_handlers import DESK, SUPPLIERS, USER
from bot.chat.desk.order_handlers import ORDER
from bot.chat.home.handlers import LANGUAGE, TOPICS
from bot.chat.home.start import START
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.routes import MenuCommand
from bot.chat.kit.telegram.connection import until_telegram_answers
from bot.chat.money.desk_handlers import DEBIT, TOPUP
from bot.chat.money.handlers import WALLET
from bot.chat.numbers.handlers import NUMBERS
from bot.chat.orders.handlers import ORDERS
from bot.i18n.language import ENGLISH

log = structlog.stdlib.get_logger(__name__)

_DESCRIPTION_MAX: Final = 512
_SHORT_DESCRIPTION_MAX: Final = 120
_CUSTOMERS: Final = (START, CATALOG, NUMBERS, ORDERS, WALLET, LANGUAGE, *TOPICS.values())
_OPERATORS: Final = (DESK, TOPUP, DEBIT, USER, ORDER, SUPPLIERS)


def customer_commands(_: Locale, *, numbers: bool) -> list[BotCommand]:
    """What every customer may send; each works at any step. `numbers` where they are sold."""
    return _listed(_, (command for command in _CUSTOMERS if numbers or command is not NUMBERS))


def operator_commands(_: Locale, *, numbers: bool) -> list[BotCommand]:
    """What an operator may send besides; Telegram shows one menu a chat, so the shop's follows."""
    return [*_listed(_, _OPERATORS), *customer_commands(_, numbers=numbers)]


def description(_: Locale, shop: str) -> str:
    """What the empty chat shows before Start; 512 characters at most."""
    text = _(
        "{shop}: accounts and services, delivered right here in the chat. You pay from your "
        "balance, and whatever is not delivered is refunded by itself. Press Start to look around."
    )
    return text.format(shop=_.iso(shop))[:_DESCRIPTION_MAX]


def short_description(_: Locale, shop: str) -> str:
    """What the profile and shared links show; 120 characters at most."""
    text = _("{shop}: accounts and services, delivered right here in the chat.")
    return text.format(shop=_.iso(shop))[:_SHORT_DESCRIPTION_MAX]


def _listed(_: Locale, commands: Iterable[MenuCommand]) -> list[BotCommand]:
    return [BotCommand(command=command.name, description=command.text(_)) for command in commands]


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
