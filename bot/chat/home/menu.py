"""What Telegram shows of the bot outside the chat: commands and descriptions, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from aiogram.methods import (
    DeleteMyCommands,
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

from bot.base.acts import Role, may
from bot.base.ids import CustomerId
from bot.chat.basis.handlers import BASIS
from bot.chat.broadcasts.handlers import BROADCAST
from bot.chat.catalog.handlers import CATALOG
from bot.chat.claims.desk_handlers import CLAIMS
from bot.chat.desk.look_handlers import DESK, SUPPLIERS
from bot.chat.desk.order_handlers import ORDER
from bot.chat.desk.orders_handlers import DESK_ORDERS
from bot.chat.exports.handlers import EXPORT
from bot.chat.figures.handlers import STATS
from bot.chat.home.handlers import LANGUAGE, TOPICS
from bot.chat.home.start import START
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.routes import MenuCommand
from bot.chat.money.desk_handlers import DEBIT, TOPUP
from bot.chat.money.handlers import WALLET
from bot.chat.money.queue_handlers import REQUESTS
from bot.chat.numbers.handlers import NUMBERS
from bot.chat.orders.handlers import ORDERS
from bot.chat.people.customer_handlers import USER
from bot.chat.people.find import FIND
from bot.chat.people.handlers import LOG, ROLE
from bot.chat.places.handlers import CATEGORY
from bot.chat.prices.handlers import PRICE
from bot.chat.rises.handlers import JUMPS
from bot.chat.safety.books import AUDIT
from bot.chat.search.handlers import SEARCH
from bot.chat.shelf.handlers import HIDE, SHOW
from bot.chat.standins.handlers import TIE, UNTIE
from bot.chat.switches.handlers import SWITCH
from bot.chat.texts.handlers import TEXT
from bot.i18n.language import ENGLISH

_DESCRIPTION_MAX: Final = 512
_SHORT_DESCRIPTION_MAX: Final = 120
_MOST_READ: Final = frozenset({"pt-BR"})
"""Of the languages that share their first letters."""
_CUSTOMERS: Final = (START, CATALOG, SEARCH, NUMBERS, ORDERS, WALLET, LANGUAGE, *TOPICS.values())
_OPERATORS: Final = (
    DESK,
    REQUESTS,
    CLAIMS,
    TOPUP,
    DEBIT,
    FIND,
    USER,
    ORDER,
    DESK_ORDERS,
    SUPPLIERS,
    JUMPS,
    BASIS,
    SWITCH,
    TEXT,
    STATS,
    CATEGORY,
    PRICE,
    HIDE,
    SHOW,
    BROADCAST,
    EXPORT,
    AUDIT,
    TIE,
    UNTIE,
    LOG,
    ROLE,
)


def customer_commands(_: Locale, *, numbers: bool) -> list[BotCommand]:
    """What every customer may send; each works at any step. `numbers` where they are sold."""
    return _listed(_, list_customer_commands(numbers=numbers))


def list_customer_commands(*, numbers: bool) -> tuple[MenuCommand, ...]:
    """What every customer may send. `numbers` where they are sold."""
    return tuple(command for command in _CUSTOMERS if numbers or command is not NUMBERS)


def list_desk_commands(role: Role | None) -> tuple[MenuCommand, ...]:
    """What somebody in this role may send beside what everybody may."""
    return tuple(one for one in _OPERATORS if one.needs is None or may(role, one.needs))


def operator_commands(_: Locale, role: Role, *, numbers: bool) -> list[BotCommand]:
    """What an operator may send; Telegram shows one menu a chat, so the shop's follows.

    A command that means something else at the desk stands there once, as the desk has it.
    """
    desk = _listed(_, list_desk_commands(role))
    known = {one.command for one in desk}
    shop = customer_commands(_, numbers=numbers)
    return [*desk, *(one for one in shop if one.command not in known)]


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


def menu_calls(locales: Locales, shop: str, *, numbers: bool) -> Iterator[TelegramMethod[bool]]:
    """What makes the menus and descriptions that everybody sees, the menus first.

    `numbers` where SMS numbers are sold.
    """
    scope = BotCommandScopeAllPrivateChats()
    for locale, code in _by_language(locales):
        commands = customer_commands(locale, numbers=numbers)
        yield SetMyCommands(commands=commands, scope=scope, language_code=code)
    yield SetChatMenuButton(menu_button=MenuButtonCommands())
    for locale, code in _by_language(locales):
        yield SetMyDescription(description=description(locale, shop), language_code=code)
        short = short_description(locale, shop)
        yield SetMyShortDescription(short_description=short, language_code=code)


def desk_menu_calls(
    locales: Locales, operator: CustomerId, role: Role, language: str = "", *, numbers: bool
) -> Iterator[TelegramMethod[bool]]:
    """What makes the menus of one operator's chat.

    Once somebody's `language` is known they read it in whatever language their Telegram is.
    """
    scope = BotCommandScopeChat(chat_id=operator)
    for locale, code in _by_language(locales):
        reads = locales.of(language) if language else locale
        commands = operator_commands(reads, role, numbers=numbers)
        yield SetMyCommands(commands=commands, scope=scope, language_code=code)


def former_menu_calls(locales: Locales, former: CustomerId) -> Iterator[TelegramMethod[bool]]:
    """What gives somebody who runs the shop no more the menu of a customer."""
    scope = BotCommandScopeChat(chat_id=former)
    for _locale, code in _by_language(locales):
        yield DeleteMyCommands(scope=scope, language_code=code)


def _by_language(locales: Locales) -> Iterator[tuple[Locale, str | None]]:
    """Each language once, by the two letters that Telegram takes; English is for all the rest.

    Of several that share their letters it is the one that most people read.
    """
    chosen: dict[str, str] = {}
    for code in locales.languages:
        letters = code.partition("-")[0]
        if letters not in chosen or code in _MOST_READ:
            chosen[letters] = code
    for letters, code in chosen.items():
        yield locales.of(code), None if letters == ENGLISH else letters
