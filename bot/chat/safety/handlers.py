"""Safe mode at the desk: look at it, and end it by a second tap."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.errors import TooLate
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import Routes
from bot.chat.kit.screen import Screen
from bot.chat.safety import safe_mode as screens
from bot.chat.safety.taps import EndSafeMode, OpenSafeMode
from bot.safety import safe_mode


@dataclass(frozen=True, slots=True)
class SafeModePages:
    """Shows safe mode and ends it."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.open, OpenSafeMode)
        routes.on_tap(self.end, EndSafeMode)

    async def open(self, context: Context, tap: OpenSafeMode) -> None:
        """Show how it stands."""
        waiting = await self.desk.db.read(safe_mode.find_end)
        await context.show(screens.safe_mode_screen(context.locale, waiting))

    async def end(self, context: Context, tap: EndSafeMode) -> None:
        """The first tap asks, the second opens the shop, once."""
        _, waiting = context.locale, await self.desk.db.read(safe_mode.find_end)
        if waiting is None or waiting.restored.mark != tap.mark:
            await context.show(screens.ended_before_screen(_))
        elif not tap.sure:
            await context.show(screens.end_sure_screen(_, waiting))
        else:
            await context.show(await self._end(context, tap.mark))

    async def _end(self, context: Context, mark: int) -> Screen:
        _, act = context.locale, act_of(context)
        try:
            parked = await self.desk.db.write(safe_mode.end, act, mark)
        except TooLate:
            return screens.ended_before_screen(_)
        return screens.safe_mode_ended_screen(_, parked)
