"""`/hide` and `/show`: operators take services off the shelf by hand, and put them back."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.ids import SupplierName
from bot.base.page import page_of
from bot.catalog.hiding import decide
from bot.catalog.hiding.preview import list_denied, preview_hide, preview_show
from bot.catalog.selection.find import read_selection
from bot.catalog.selection.selection import SHOP, Scope, Selection
from bot.catalog.shelf import Shelf
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.shelf.lists import (
    ask_selection_screen,
    denied_screen,
    drop_sure_screen,
    hidden_screen,
    reasons_of,
    which_selection_screen,
)
from bot.chat.shelf.preview import (
    allow_sure_screen,
    hide_preview_screen,
    hide_sure_screen,
    show_preview_screen,
)
from bot.chat.shelf.taps import (
    Allow,
    DropRule,
    Hide,
    Look,
    OpenDenied,
    OpenHidden,
    SelectionForm,
    Show,
    TypeSelection,
    code_of,
)

HIDE: Final = MenuCommand(
    "hide", lambda _: _("Take services off the shelf"), Permission.SUPPLIERS, "/hide *gmail*"
)
SHOW: Final = MenuCommand(
    "show", lambda _: _("Put services back on the shelf"), Permission.SUPPLIERS, "/show #12"
)

_ID: Final = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class ShelfPages:
    """Says what hiding and showing would change, and does it."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers; a preview keeps its pattern, which no tap could carry."""
        routes.on_words(self.hide_words, HIDE)
        routes.on_words(self.show_words, SHOW)
        routes.on_tap(self.open, OpenHidden)
        routes.on_tap(self.open_denied, OpenDenied)
        routes.on_tap(self.ask, TypeSelection)
        routes.on_typed(self.type, SelectionForm)
        routes.on_tap(self.look, Look, keeps_form=True)
        routes.on_tap(self.hide, Hide, keeps_form=True)
        routes.on_tap(self.show, Show, keeps_form=True)
        routes.on_tap(self.allow, Allow, keeps_form=True)
        routes.on_tap(self.drop, DropRule)

    async def hide_words(self, context: Context, command: CommandObject) -> None:
        """`/hide <what>`; alone it lists what is hidden."""
        await self._named(context, command.args or "", shows=False)

    async def show_words(self, context: Context, command: CommandObject) -> None:
        """`/show <what>`; alone it lists what is hidden."""
        await self._named(context, command.args or "", shows=True)

    async def open(self, context: Context, tap: OpenHidden) -> None:
        """Show every rule."""
        await self._list(context, tap.page)

    async def open_denied(self, context: Context, tap: OpenDenied) -> None:
        """Show what the shipped list keeps off."""
        denied = list_denied(self._shelf)
        page = page_of(denied, tap.page)
        await context.show(denied_screen(context.locale, page, reasons_of(denied)))

    async def ask(self, context: Context, tap: TypeSelection) -> None:
        """Ask for what is typed next."""
        await context.open_form(SelectionForm(tap.shows))
        await context.show(ask_selection_screen(context.locale, shows=tap.shows))

    async def type(self, context: Context, form: SelectionForm, text: str) -> None:
        """Show what it would change."""
        await self._named(context, text, shows=form.shows)

    async def look(self, context: Context, tap: Look) -> None:
        """Show what it would change."""
        selection = await self._selected(context, tap)
        if selection is not None:
            await self._preview(context, selection, shows=tap.shows)

    async def hide(self, context: Context, tap: Hide) -> None:
        """Hide it; everything, or all of a supplier, is asked about once more."""
        selection = await self._selected(context, tap)
        if selection is None:
            return
        seen = await asyncio.to_thread(preview_hide, self._shelf, selection)
        if not tap.sure and (seen.is_all or seen.suppliers):
            await context.show(hide_sure_screen(context.locale, self._shelf, seen))
            return
        await self.desk.db.write(decide.hide, act_of(context), selection)
        await self._changed(context)

    async def show(self, context: Context, tap: Show) -> None:
        """Show it again, but for what is on the shipped list."""
        selection = await self._selected(context, tap)
        if selection is not None:
            over = (await asyncio.to_thread(preview_show, self._shelf, selection)).over
            await self.desk.db.write(decide.show, act_of(context), selection, over=over)
            await self._changed(context)

    async def allow(self, context: Context, tap: Allow) -> None:
        """The first tap asks with the reasons, the second sells it in spite of the list."""
        selection = await self._selected(context, tap)
        if selection is None:
            return
        if not tap.sure:
            seen = await asyncio.to_thread(preview_show, self._shelf, selection)
            await context.show(allow_sure_screen(context.locale, self._shelf, seen))
            return
        await self.desk.db.write(decide.allow, act_of(context), selection)
        await self._changed(context)

    async def drop(self, context: Context, tap: DropRule) -> None:
        """The first tap asks, the second takes the rule back."""
        _, rules = context.locale, self._shelf.hiding.rules
        rule = next((one for one in rules if one.id == tap.rule), None)
        if rule is None:
            await self._list(context, 0, _("That was undone already."))
        elif not tap.sure:
            await context.show(await asyncio.to_thread(drop_sure_screen, _, self._shelf, rule))
        else:
            await self.desk.db.write(decide.drop_rule, act_of(context), rule.id)
            await self._changed(context)

    @property
    def _shelf(self) -> Shelf:
        return self.store.shelf.now

    async def _named(self, context: Context, words: str, *, shows: bool) -> None:
        """Show what would change of what the words name, or ask which is meant."""
        if not words.strip():
            await self._list(context, 0)
            return
        meant = read_selection(self._shelf, self._suppliers(), words)
        if meant.only is not None:
            await self._preview(context, meant.only, shows=shows)
            return
        screen = which_selection_screen(
            context.locale, self._shelf, meant.found, meant.near, shows=shows
        )
        await context.show(screen)

    async def _preview(self, context: Context, selection: Selection, *, shows: bool) -> None:
        if selection.scope is Scope.PATTERN:
            await context.open_form(SelectionForm(shows, selection.name))
        if shows:
            seen = await asyncio.to_thread(preview_show, self._shelf, selection)
            await context.show(show_preview_screen(context.locale, self._shelf, seen))
        else:
            hidden = await asyncio.to_thread(preview_hide, self._shelf, selection)
            await context.show(hide_preview_screen(context.locale, self._shelf, hidden))

    async def _selected(
        self, context: Context, tap: Look | Hide | Show | Allow
    ) -> Selection | None:
        """What a tap is about; the list where its preview is not the newest any more."""
        chosen = [*self._named_by(tap.what), *await self._named_parts(context)]
        for selection in chosen:
            if code_of(selection) == tap.what:
                return selection
        await context.close_form()
        stale = context.locale("That preview is no longer the newest. Please write it once more.")
        await self._list(context, 0, stale)
        return None

    def _named_by(self, code: str) -> list[Selection]:
        """What is named by its id alone."""
        scope, _dash, number = code.partition("-")
        is_id = scope in {Scope.CATEGORY, Scope.SERVICE} and _ID.fullmatch(number)
        return [Selection(Scope(scope), id=int(number))] if is_id else [SHOP]

    async def _named_parts(self, context: Context) -> list[Selection]:
        """What has a name: suppliers, the pattern whose preview is shown, those of the rules."""
        form, rules = await context.find_form(), self._shelf.hiding.rules
        shown = [form.name] if isinstance(form, SelectionForm) and form.name else []
        patterns = [Selection(Scope.PATTERN, name) for name in shown]
        suppliers = map(Selection.supplier, self._suppliers())
        return [*patterns, *suppliers, *(one.selection for one in rules)]

    def _suppliers(self) -> tuple[SupplierName, ...]:
        return tuple(sorted({one.supplier for one in self._shelf.services()}))

    async def _changed(self, context: Context) -> None:
        """Show the list of the new shelf, which other processes load as soon as they are told."""
        await context.close_form()
        await self.desk.load_shelf()
        await self._list(context, 0, context.locale("✅ Changed."))

    async def _list(self, context: Context, page: int, note: Rich | str = "") -> None:
        shelf = self._shelf
        newest = sorted(shelf.hiding.rules, key=lambda one: -one.id)
        shown = page_of(newest, page)
        denied = len(list_denied(shelf))
        # On a thread, as the previews: each rule is judged over all that is listed.
        screen = await asyncio.to_thread(hidden_screen, context.locale, shelf, shown, denied, note)
        await context.show(screen)
