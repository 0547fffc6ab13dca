"""A screen of figures with its picture, where one can be drawn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from bot.catalog.shelf import CurrentShelf
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Picture, Screen
from bot.chat.pictures.chart import chart_svg
from bot.chat.pictures.draw import DrawPicture
from bot.chat.translate import Translate
from bot.desk.stats.read import Line, Stats

_TRANSLATED: Final = 15


@dataclass(frozen=True, slots=True)
class ShowFigures:
    """Calls services as the reader does, and puts a picture above what is said."""

    shop_name: str
    shelf: CurrentShelf
    translate: Translate
    draw: DrawPicture

    async def translated(self, _: Locale, stats: Stats) -> Stats:
        """The same with the names of its best services in the reader's language."""
        first = [await self._named(_, one) for one in stats.services[:_TRANSLATED]]
        return replace(stats, services=(*first, *stats.services[_TRANSLATED:]))

    async def _named(self, _: Locale, line: Line) -> Line:
        service = None if line.service is None else self.shelf.now.find_service(line.service)
        if service is None:
            return line
        return replace(line, name=await self.translate.name(_.code, service))

    async def with_picture(self, _: Locale, stats: Stats, screen: Screen) -> Screen:
        """The screen under its picture; as it is where there is nothing to draw, or no painter."""
        if stats.is_empty:
            return screen
        # On a thread, because a language that nobody has read before is read there.
        svg = await asyncio.to_thread(chart_svg, _, stats, self.shop_name)
        png = await self.draw(svg)
        if png is None:
            return screen
        return replace(screen, picture=Picture("figures.png", png))
