"""`/tie` and `/untie`: which services of several suppliers stand in for each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.digits import western_digits
from bot.base.ids import ServiceId, SupplierName
from bot.base.page import page_of
from bot.catalog.errors import CannotTie, CannotTieReason
from bot.catalog.standing import list_paused
from bot.catalog.standins import decide
from bot.chat.desk.home import look_up_usage_screen
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.standins.errors import cannot_tie_text
from bot.chat.standins.screens import (
    ask_tie_screen,
    tie_screen,
    ties_screen,
    untie_sure_screen,
)
from bot.chat.standins.taps import OpenTie, OpenTies, PutFirst, TieForm, TypeTie, Untie
from bot.desk.standins import find_tie, list_ties

TIE: Final = MenuCommand(
    "tie",
    lambda _: _("Stand-ins: what is sold when a service runs out"),
    Permission.SEE,
    "/tie #12 #345",
)
UNTIE: Final = MenuCommand("untie", lambda _: _("End a stand-in"), Permission.SHOP, "/untie #345")
_NUMBER: Final = re.compile(r"(?:[^\s]*[?&]start=)?(?:s_|#)?([0-9]{1,18})")
_BETWEEN: Final = re.compile(r"[\s,;=+>→]+")


@dataclass(frozen=True, slots=True)
class TiePages:
    """Shows which services stand in for each other, and changes that."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.tie, TIE)
        routes.on_words(self.untie_named, UNTIE)
        routes.on_tap(self.open_all, OpenTies)
        routes.on_tap(self.open, OpenTie)
        routes.on_tap(self.ask, TypeTie)
        routes.on_typed(self.type_numbers, TieForm)
        routes.on_tap(self.put_first, PutFirst)
        routes.on_tap(self.untie, Untie)

    async def tie(self, context: Context, command: CommandObject) -> None:
        """`/tie #12 #345`; without numbers all groups, with one its own."""
        _, words = context.locale, (command.args or "").strip()
        named = read_numbers(words)
        if not words:
            await self.open_all(context, OpenTies())
        elif named is None:
            await context.show(look_up_usage_screen(_, "/tie #<id> #<id>", "/tie #12 #345"))
        elif len(set(named)) == 1:
            await self.open(context, OpenTie(service=named[0]))
        else:
            await self._try(context, TieForm(), named)

    async def untie_named(self, context: Context, command: CommandObject) -> None:
        """`/untie #345`: asks once more."""
        named = read_numbers((command.args or "").strip())
        if named is None or len(named) != 1:
            usage = look_up_usage_screen(context.locale, "/untie #<id>", "/untie #345")
            await context.show(usage)
            return
        await self.untie(context, Untie(service=named[0]))

    async def open_all(self, context: Context, tap: OpenTies) -> None:
        """Show every group."""
        await self._show_all(context, tap.page)

    async def open(self, context: Context, tap: OpenTie) -> None:
        """Show one group, or ask what stands in for a service that has none."""
        card = find_tie(self.store.shelf.now, ServiceId(tap.service), await self._paused())
        if card is not None:
            await context.show(tie_screen(context.locale, card))
        elif self.store.shelf.now.find_service(ServiceId(tap.service)) is None:
            raise CannotTie(CannotTieReason.UNKNOWN, ServiceId(tap.service))
        else:
            await self.ask(context, TypeTie(service=tap.service))

    async def ask(self, context: Context, tap: TypeTie) -> None:
        """Ask for the numbers, which are typed next."""
        await context.open_form(TieForm(tap.service))
        await context.show(ask_tie_screen(context.locale, tap.service))

    async def type_numbers(self, context: Context, form: TieForm, text: str) -> None:
        """Tie what was typed, or say why that cannot be."""
        _, named = context.locale, read_numbers(text)
        if named is None:
            problem = _("Only the numbers of services, please.")
            await context.show(ask_tie_screen(_, form.service, problem))
            return
        await self._try(
            context, form, [ServiceId(form.service), *named] if form.service else named
        )

    async def put_first(self, context: Context, tap: PutFirst) -> None:
        """Take a service before the others of its group."""
        _, service = context.locale, ServiceId(tap.service)
        done = await self.desk.db.write(decide.put_first, act_of(context), service)
        await self._changed(context, service, _("✅ Changed.") if done else "")

    async def untie(self, context: Context, tap: Untie) -> None:
        """The first tap asks, the second unties."""
        _, service = context.locale, ServiceId(tap.service)
        card = find_tie(self.store.shelf.now, service, await self._paused())
        if card is None:
            await self._show_all(context, 0, _("That service is not tied to any other."))
        elif not tap.sure:
            await context.show(untie_sure_screen(_, card, tap.service))
        else:
            await self.desk.db.write(decide.untie_service, act_of(context), service)
            others = [one.service.id for one in card.tied if one.service.id != service]
            await self._changed(context, others[0], _("✅ Untied."))

    async def _try(self, context: Context, form: TieForm, named: list[ServiceId]) -> None:
        """Tie what was named, or say why that cannot be and ask for other numbers."""
        _, act = context.locale, act_of(context)
        try:
            group = await self.desk.db.write(decide.tie_services, act, named)
        except CannotTie as refused:
            await context.open_form(form)
            why = cannot_tie_text(_, refused)
            await context.show(ask_tie_screen(_, form.service, why))
        else:
            await context.close_form()
            await self._changed(context, group[0], _("✅ Tied."))

    async def _changed(self, context: Context, service: ServiceId, note: str) -> None:
        """Show what there is now on the new shelf."""
        await self.desk.load_shelf()
        card = find_tie(self.store.shelf.now, service, await self._paused())
        if card is None:
            await self._show_all(context, 0, note)
        else:
            await context.show(tie_screen(context.locale, card, note))

    async def _show_all(self, context: Context, page: int, note: str | Rich = "") -> None:
        found = list_ties(self.store.shelf.now, await self._paused())
        await context.show(ties_screen(context.locale, page_of(found, page), note))

    async def _paused(self) -> frozenset[SupplierName]:
        return await self.desk.db.recall(list_paused)


def read_numbers(words: str) -> list[ServiceId] | None:
    """The services that were named, by number or by the end of their links; None for others."""
    typed = [one for one in _BETWEEN.split(western_digits(words)) if one]
    found = [_NUMBER.fullmatch(one) for one in typed]
    read = [ServiceId(int(one[1])) for one in found if one is not None]
    return read if typed and len(read) == len(typed) else None
