"""The one card of a broadcast: its draft until it is sent, and then how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.exceptions import TelegramAPIError

from bot.base.errors import NotYours
from bot.broadcasts.card import watch_broadcast
from bot.broadcasts.members import count_members
from bot.broadcasts.read import Broadcast, count_progress, list_broadcasts, load_broadcast
from bot.broadcasts.states import BroadcastState
from bot.chat.broadcasts.draft import DraftDetails, draft_screen
from bot.chat.broadcasts.links import list_other_bots
from bot.chat.broadcasts.message import broadcast_screen
from bot.chat.broadcasts.progress import broadcasts_screen, progress_screen
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.present import Presenter
from bot.chat.kit.screen import Screen
from bot.chat.kit.telegram.refusal import FileGone, Refusal
from bot.db.database import Database


@dataclass(frozen=True, slots=True)
class BroadcastCards:
    """Shows broadcasts to operators."""

    store: Storefront
    desk: Desk
    presenter: Presenter

    @property
    def db(self) -> Database:
        """Where they are kept."""
        return self.desk.db

    async def show(self, context: Context, broadcast: int, note: str = "") -> None:
        """Show it as it stands; its progress is kept true on the card from now on."""
        found = await self._find(context, broadcast)
        if found is None:
            return
        _ = context.locale
        if found.state is BroadcastState.DRAFT:
            await context.show(draft_screen(_, found, await self.find_details(found), note))
            return
        card = await context.show(await progress_of(self.db, _, found, note))
        if card is not None and found.ended_at is None:
            await self.db.write(watch_broadcast, found.id, context.customer.id, card)

    async def find_draft(self, context: Context, broadcast: int) -> Broadcast | None:
        """A draft; what is none any more is shown as it stands, and None."""
        found = await self._find(context, broadcast)
        if found is None or found.state is BroadcastState.DRAFT:
            return found
        await context.close_form()
        await self.show(context, found.id)
        return None

    async def _find(self, context: Context, broadcast: int) -> Broadcast | None:
        """None, and the list, where it was thrown away."""
        try:
            return await self.db.read(load_broadcast, broadcast)
        except NotYours:
            _, found = context.locale, await self.db.read(list_broadcasts)
            await context.close_form()
            await context.show(broadcasts_screen(_, found, _("This broadcast is gone.")))
            return None

    async def find_details(self, draft: Broadcast) -> DraftDetails:
        """How many get it, and where its buttons lead."""
        count = await self.db.read(count_members, draft.segment)
        address = await self.presenter.link()
        own = address.rpartition("/")[2]
        return DraftDetails(count, address, list_other_bots(draft.content, own))

    async def try_on(self, context: Context, draft: Broadcast) -> str:
        """Send it to the operator alone, and the card below it; what became of that."""
        _ = context.locale
        screen = broadcast_screen(_, draft.content, await self.presenter.link())
        try:
            await self.presenter.send(context.customer.id, screen)
        except FileGone:
            return _("Telegram does not give out this picture any more. Write it anew with it.")
        except Refusal:
            return _("Telegram did not take the test just now. Please try again.")
        except TelegramAPIError as refusal:
            said = _("Telegram does not take this message, and would take it from nobody: {words}")
            return said.format(words=_.iso(refusal.message[:200]))
        context.card = None
        return _("✅ The test stands above, as customers get it.")


async def progress_of(db: Database, _: Locale, found: Broadcast, note: str = "") -> Screen:
    """How far it has come, counted now."""
    progress = await db.read(count_progress, found.id)
    return progress_screen(_, found, progress, db.clock.now(), note)
