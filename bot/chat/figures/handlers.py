"""`/stats`: what the shop sold, as a picture and in words, for any days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.chat.facade import Desk
from bot.chat.figures.period import NoPeriod, read_period, span_of
from bot.chat.figures.screens import ask_period_screen, details_screen, stats_screen
from bot.chat.figures.taps import OpenStats, OpenStatsDetails, PeriodForm, TypePeriod
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen
from bot.desk.stats.read import Span, read_stats
from bot.orders.sales.days import day_of

STATS: Final = MenuCommand(
    "stats", lambda _: _("Figures: what was sold"), Permission.SEE, "/stats month"
)


@dataclass(frozen=True, slots=True)
class FigurePages:
    """Shows the figures of the days that an operator chooses or types."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.look_up, STATS)
        routes.on_tap(self.open, OpenStats)
        routes.on_tap(self.open_details, OpenStatsDetails)
        routes.on_tap(self.ask_period, TypePeriod)
        routes.on_typed(self.type_period, PeriodForm)

    async def look_up(self, context: Context, command: CommandObject) -> None:
        """`/stats [day|week|month|first..last]`; a week where nothing is named."""
        words = (command.args or "").strip()
        if not words:
            await self.open(context, OpenStats())
        else:
            await self._show_typed(context, words)

    async def open(self, context: Context, tap: OpenStats) -> None:
        """Show so many days."""
        screen = await self._screen(context, span_of(tap.days, tap.last, self._today()))
        await (context.send(screen) if tap.new else context.show(screen))

    async def open_details(self, context: Context, tap: OpenStatsDetails) -> None:
        """Show the suppliers and services of these days."""
        span = span_of(tap.days, tap.last, self._today())
        stats = await self.desk.db.read(read_stats, span)
        stats = await self.desk.figures.translated(context.locale, stats)
        await context.show(details_screen(context.locale, stats))

    async def ask_period(self, context: Context, tap: TypePeriod) -> None:
        """Ask for other days, which are typed next."""
        await context.open_form(PeriodForm())
        await context.show(ask_period_screen(context.locale))

    async def type_period(self, context: Context, form: PeriodForm, text: str) -> None:
        """Show what was typed, or say why that cannot be."""
        await self._show_typed(context, text)

    async def _show_typed(self, context: Context, text: str) -> None:
        try:
            span = read_period(text, self._today())
        except NoPeriod as refused:
            await context.open_form(PeriodForm())
            await context.show(ask_period_screen(context.locale, refused.reason))
        else:
            await context.close_form()
            await context.show(await self._screen(context, span))

    async def _screen(self, context: Context, span: Span) -> Screen:
        _ = context.locale
        stats = await self.desk.db.read(read_stats, span)
        stats = await self.desk.figures.translated(_, stats)
        return await self.desk.figures.with_picture(_, stats, stats_screen(_, stats))

    def _today(self) -> int:
        return day_of(self.desk.clock.now(), self.desk.db.settings.zone)
