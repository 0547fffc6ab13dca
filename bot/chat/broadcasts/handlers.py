"""`/broadcast`: what is said to many at once is written, seen, tried and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.acts import Permission
from bot.broadcasts import draft as drafts
from bot.broadcasts.errors import CannotBroadcast
from bot.broadcasts.read import list_broadcasts
from bot.broadcasts.steer import find_same, start_broadcast
from bot.chat.broadcasts.content import BadContent, read_content
from bot.chat.broadcasts.draft import (
    bad_content_text,
    bad_link_text,
    drop_sure_screen,
    links_screen,
    send_sure_screen,
    write_screen,
)
from bot.chat.broadcasts.errors import cannot_broadcast_text
from bot.chat.broadcasts.links import BadLink, read_links
from bot.chat.broadcasts.progress import broadcasts_screen
from bot.chat.broadcasts.shown import BroadcastCards
from bot.chat.broadcasts.taps import (
    BroadcastForm,
    DropDraft,
    DropLinks,
    LinksForm,
    OpenBroadcast,
    OpenBroadcasts,
    SendBroadcast,
    TestBroadcast,
    TypeLinks,
    WriteBroadcast,
)
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.sent import Sent

BROADCAST: Final = MenuCommand(
    "broadcast", lambda _: _("Write to many customers at once"), Permission.SHOP, "/broadcast"
)


@dataclass(frozen=True, slots=True)
class DraftPages:
    """Writes a broadcast, shows it as customers get it, and sends it."""

    cards: BroadcastCards

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_sent_command(self.command, BROADCAST)
        routes.on_tap(self.list_all, OpenBroadcasts)
        routes.on_tap(self.ask, WriteBroadcast)
        routes.on_sent(self.write, BroadcastForm)
        routes.on_tap(self.open, OpenBroadcast)
        routes.on_tap(self.ask_links, TypeLinks)
        routes.on_typed(self.type_links, LinksForm)
        routes.on_tap(self.drop_links, DropLinks)
        routes.on_tap(self.test, TestBroadcast)
        routes.on_tap(self.send, SendBroadcast)
        routes.on_tap(self.drop, DropDraft)

    async def command(self, context: Context, written: Sent, answered: Sent | None) -> None:
        """`/broadcast <words>`, or as a reply to what is to be sent."""
        if written.text or answered is not None:
            await self._begin(context, answered if answered and not written.text else written)
        else:
            await self.list_all(context, OpenBroadcasts())

    async def list_all(self, context: Context, tap: OpenBroadcasts) -> None:
        """Show the newest."""
        await self._list(context)

    async def _list(self, context: Context, note: str = "") -> None:
        found = await self.cards.db.read(list_broadcasts)
        await context.show(broadcasts_screen(context.locale, found, note))

    async def ask(self, context: Context, tap: WriteBroadcast) -> None:
        """Ask for what is to be said, which is sent next."""
        await context.open_form(BroadcastForm())
        await context.show(write_screen(context.locale))

    async def write(self, context: Context, form: BroadcastForm, written: Sent) -> None:
        """Make a draft of what was sent, or say why that cannot be."""
        await self._begin(context, written)

    async def _begin(self, context: Context, written: Sent) -> None:
        try:
            content = read_content(written)
        except BadContent as bad:
            await context.open_form(BroadcastForm())
            problem = bad_content_text(context.locale, bad)
            await context.show(write_screen(context.locale, problem))
            return
        one = await self.cards.db.write(drafts.begin_draft, act_of(context), content)
        context.answer_below()
        await context.close_form()
        await self.cards.show(context, one)

    async def open(self, context: Context, tap: OpenBroadcast) -> None:
        """Show a draft, or how far a broadcast is. Raises NotYours."""
        await self.cards.show(context, tap.broadcast)

    async def ask_links(self, context: Context, tap: TypeLinks) -> None:
        """Ask for the buttons, which are typed next."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is not None:
            await context.open_form(LinksForm(draft.id))
            await context.show(links_screen(context.locale, draft))

    async def type_links(self, context: Context, form: LinksForm, text: str) -> None:
        """Put these buttons under it, or say which line is none."""
        draft = await self.cards.find_draft(context, form.broadcast)
        if draft is None:
            return
        try:
            links = read_links(text, self.cards.store.shelf.now)
        except BadLink as bad:
            problem = bad_link_text(context.locale, bad)
            await context.show(links_screen(context.locale, draft, problem))
            return
        await self.cards.db.write(drafts.set_links, act_of(context), draft.id, links)
        await context.close_form()
        await self.cards.show(context, draft.id)

    async def drop_links(self, context: Context, tap: DropLinks) -> None:
        """Send it without buttons."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is not None:
            await self.cards.db.write(drafts.set_links, act_of(context), draft.id, ())
            await self.cards.show(context, draft.id)

    async def test(self, context: Context, tap: TestBroadcast) -> None:
        """Send it to who tapped, exactly as customers get it; the card goes below."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is None:
            return
        note = await self.cards.try_on(context, draft)
        await self.cards.show(context, draft.id, note)

    async def send(self, context: Context, tap: SendBroadcast) -> None:
        """The first tap asks, the second sends what the first one showed."""
        draft = await self.cards.find_draft(context, tap.broadcast)
        if draft is None:
            return
        before = await self.cards.db.read(find_same, draft)
        if tap.sure and draft.version == tap.version:
            act, one, version = act_of(context), draft.id, draft.version
            try:
                before = await self.cards.db.write(
                    start_broadcast, act, one, version, again=tap.again
                )
            except CannotBroadcast as refused:
                why = cannot_broadcast_text(context.locale, refused)
                await self.cards.show(context, one, why)
                return
            if before is None:
                await self.cards.show(context, one)
                return
        details = await self.cards.find_details(draft)
        await context.show(send_sure_screen(context.locale, draft, details, before))

    async def drop(self, context: Context, tap: DropDraft) -> None:
        """The first tap asks, the second throws the draft away."""
        _, draft = context.locale, await self.cards.find_draft(context, tap.broadcast)
        if draft is None:
            return
        if not tap.sure:
            await context.show(drop_sure_screen(_, draft))
            return
        await self.cards.db.write(drafts.drop_draft, act_of(context), draft.id)
        await self._list(context, _("The draft is gone. Nothing was sent."))
