"""Safe mode at the desk: look at it, and end it by a second tap."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.base.acts import Act
from bot.base.errors import TooLate
from bot.chat.desk.from_operator import act_of
from bot.chat.facade import Desk
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voice
from bot.chat.kit.screen import Screen
from bot.chat.safety import safe_mode as screens
from bot.chat.safety.taps import EndSafeMode, OpenSafeMode
from bot.safety import safe_mode


@dataclass(frozen=True, slots=True)
class SafeDesk:
    """The operator's acts about a shop that was restored."""

    desk: Desk

    async def open(self, tap: CallbackQuery, visit: Visit) -> None:
        """How it stands."""
        waiting = await self.desk.db.read(safe_mode.look)
        await visit.show(screens.safe_mode_screen(visit.voice, waiting))

    async def end(self, tap: CallbackQuery, callback_data: EndSafeMode, visit: Visit) -> None:
        """The first tap asks, the second opens the shop, once."""
        await visit.show(await self._end(act_of(tap, visit), callback_data, visit.voice))

    async def _end(self, act: Act, wanted: EndSafeMode, _: Voice) -> Screen:
        waiting = await self.desk.db.read(safe_mode.look)
        if waiting is None or waiting.restored.mark != wanted.mark:
            return screens.ended_before_screen(_)
        if not wanted.sure:
            return screens.end_sure_screen(_, waiting)
        try:
            parked = await self.desk.db.write(safe_mode.end, act, wanted.mark)
        except TooLate:
            return screens.ended_before_screen(_)
        return screens.reopened_screen(_, parked)


def add_safe_desk(router: Router, desk: Desk) -> None:
    """Hang the acts on the desk's router."""
    acts = SafeDesk(desk)
    router.callback_query.register(acts.open, OpenSafeMode.filter())
    router.callback_query.register(acts.end, EndSafeMode.filter())
