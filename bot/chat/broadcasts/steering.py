"""A broadcast under way is paused, continued and stopped."""

from __future__ import annotations

from dataclasses import dataclass

from bot.broadcasts.claims import PauseReason
from bot.broadcasts.read import count_progress, load_broadcast
from bot.broadcasts.states import BroadcastState
from bot.broadcasts.steer import pause_broadcast, resume_broadcast, stop_broadcast
from bot.chat.broadcasts.progress import resume_sure_screen, stop_sure_screen
from bot.chat.broadcasts.shown import BroadcastCards
from bot.chat.broadcasts.taps import PauseBroadcast, ResumeBroadcast, StopBroadcast
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import Routes


@dataclass(frozen=True, slots=True)
class SteeringPages:
    """Steers what was started."""

    cards: BroadcastCards

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.pause, PauseBroadcast)
        routes.on_tap(self.resume, ResumeBroadcast)
        routes.on_tap(self.stop, StopBroadcast)

    async def pause(self, context: Context, tap: PauseBroadcast) -> None:
        """Let it rest. Raises NotYours."""
        await self.cards.db.write(pause_broadcast, act_of(context), tap.broadcast)
        await self.cards.show(context, tap.broadcast)

    async def resume(self, context: Context, tap: ResumeBroadcast) -> None:
        """Let it go on; after a restore only on a second tap. Raises NotYours."""
        found = await self.cards.db.read(load_broadcast, tap.broadcast)
        is_paused = found.state is BroadcastState.PAUSED
        if is_paused and found.why == PauseReason.RESTORED and not tap.sure:
            await context.show(resume_sure_screen(context.locale, found))
            return
        await self.cards.db.write(resume_broadcast, act_of(context), tap.broadcast)
        await self.cards.show(context, tap.broadcast)

    async def stop(self, context: Context, tap: StopBroadcast) -> None:
        """The first tap asks, the second ends it. Raises NotYours."""
        found = await self.cards.db.read(load_broadcast, tap.broadcast)
        if found.ended_at is None and not tap.sure:
            progress = await self.cards.db.read(count_progress, found.id)
            await context.show(stop_sure_screen(context.locale, found, progress))
            return
        await self.cards.db.write(stop_broadcast, act_of(context), tap.broadcast)
        await self.cards.show(context, tap.broadcast)
