"""Commands and deep links: they work at any step and always open a new message."""

from __future__ import annotations

import re
from typing import Final

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from bot.chat.catalog.handlers import show_catalog, show_category, show_service
from bot.chat.catalog.taps import OpenCategory, OpenService
from bot.chat.facade import Storefront
from bot.chat.home.handlers import show_home, show_languages, show_topic
from bot.chat.home.taps import Topic
from bot.chat.kit.context import Visit
from bot.chat.kit.forms import Forms
from bot.chat.kit.locale import Voices
from bot.chat.kit.text_of import OwnCommand
from bot.chat.money.handlers import show_wallet
from bot.chat.numbers.handlers import show_numbers
from bot.chat.orders.handlers import show_orders

_DEEP_LINK: Final = re.compile(r"([sc])_([0-9]{1,18})")
_TOPICS: Final = {
    "help": Topic.HELP,
    "terms": Topic.TERMS,
    "privacy": Topic.PRIVACY,
    "support": Topic.SUPPORT,
    "paysupport": Topic.PAYSUPPORT,
}


def commands_router(store: Storefront, voices: Voices, forms: Forms) -> Router:
    """Everything that starts with a slash."""
    router = Router(name="commands")

    @router.message(OwnCommand("start"))
    async def start(message: Message, command: CommandObject, visit: Visit) -> None:
        link = _DEEP_LINK.fullmatch(command.args or "")
        if link is None:
            await show_home(store, voices, visit)
        elif link[1] == "s":
            await show_service(store, visit, OpenService(service=int(link[2])))
        else:
            await show_category(store, visit, OpenCategory(category=int(link[2])))

    @router.message(OwnCommand("numbers"))
    async def numbers(message: Message, visit: Visit) -> None:
        await show_numbers(store, forms, visit)

    _add_pages(router, store, voices)
    return router


def _add_pages(router: Router, store: Storefront, voices: Voices) -> None:
    """The commands that open one page each."""

    @router.message(OwnCommand("catalog"))
    async def catalog(message: Message, visit: Visit) -> None:
        await show_catalog(store, visit, 0)

    @router.message(OwnCommand("orders"))
    async def orders(message: Message, visit: Visit) -> None:
        await show_orders(store, visit)

    @router.message(OwnCommand("wallet"))
    async def wallet(message: Message, visit: Visit) -> None:
        await show_wallet(store, visit)

    @router.message(OwnCommand("language"))
    async def language(message: Message, visit: Visit) -> None:
        await show_languages(voices, visit)

    @router.message(OwnCommand(*_TOPICS))
    async def topic(message: Message, command: CommandObject, visit: Visit) -> None:
        await show_topic(store, visit, _TOPICS[command.command.lower()])
