"""`/start`, alone or behind a link to a service or a category."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.topics import MENUS
from bot.chat.catalog.gone import lost_link_screen
from bot.chat.catalog.handlers import CatalogPages
from bot.chat.catalog.sharing import HOME
from bot.chat.catalog.taps import OpenCategory, OpenService
from bot.chat.home.handlers import HomePages
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.taps import OpenHome

START: Final = MenuCommand("start", lambda _: _("Open the shop"))
_DEEP_LINK: Final = re.compile(r"([sc])_([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class StartPages:
    """Opens what a chat begins with."""

    home: HomePages
    catalog: CatalogPages

    def add_to(self, routes: Routes) -> None:
        """Register the handler."""
        routes.on_words(self.start, START)

    async def start(self, context: Context, command: CommandObject) -> None:
        """Show what the link names, what is nearest to it, or the first screen."""
        if context.customer.role is not None:
            self.home.store.db.waker.event(MENUS).set()
        said = command.args or HOME
        link = _DEEP_LINK.fullmatch(said)
        if said == HOME:
            await self.home.show_home(context, OpenHome())
        elif link is None:
            await context.show(lost_link_screen(context.locale))
        elif link[1] == "s":
            await self.catalog.show_service(context, OpenService(service=int(link[2])))
        else:
            await self.catalog.show_category(context, OpenCategory(category=int(link[2])))
