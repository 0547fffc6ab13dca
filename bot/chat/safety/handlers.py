"""Safe mode at the desk: look at it, and end it by a second tap."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.errors import TooLate
from bot.chat.desk.from_operator import act_of
from bot.chat.facade import Desk
from bot.chat.kit.context import Visit
from bot.chat.kit.routes import Routes
from bot.chat.kit.screen import Screen
from bot.chat.safety import safe_mode as screens
from bot.chat.safety.taps import EndSafeMode, OpenSafeMode
from bot.safety import safe_mode


@dataclass(frozen=True, slots=True)
class SafeModePages:
    """The operator's acts about a shop that was restored."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register them."""
        routes.on_tap(self.open, OpenSafeMode)
        routes.on_tap(self.end, EndSafeMode)

    async def open(self, visit: Visit, tap: OpenSafeMode) -> None:
        """How it stands."""
        waiting = await self.desk.db.read(safe_mode.look)
        await visit.show(screens.safe_mode_screen(visit.voice, waiting))

    async def end(self, visit: Visit, tap: EndSafeMode) -> None:
        """The first tap asks, the second opens the shop, once."""
        _, waiting = visit.voice, await self.desk.db.read(safe_mode.look)
        if waiting is None or waiting.restored.mark != tap.mark:
            await visit.show(screens.ended_before_screen(_))
        elif not tap.sure:
            await visit.show(screens.end_sure_screen(_, waiting))
        else:
            await visit.show(await self._end(visit, tap.mark))

    async def _end(self, visit: Visit, mark: int) -> Screen:
        _, act = visit.voice, act_of(visit)
        try:
            parked = await self.desk.db.write(safe_mode.end, act, mark)
        except TooLate:
            return screens.ended_before_screen(_)
        return screens.reopened_screen(_, parked)
