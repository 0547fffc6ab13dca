"""`/basis`: how many units suppliers' rates are for, seen and set."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.base.acts import Permission
from bot.base.basis import Basis
from bot.base.errors import NotYours
from bot.base.ids import ServiceId, SupplierName
from bot.catalog.basis.decide import set_basis
from bot.chat.basis.screens import (
    ask_basis_screen,
    bases_screen,
    basis_screen,
    basis_sure_screen,
    supplier_bases_screen,
)
from bot.chat.basis.taps import (
    BasisForm,
    OpenBases,
    OpenBasesOf,
    OpenBasis,
    SetBasis,
    SetServiceBasis,
    TypeBasis,
)
from bot.chat.basis.words import read_basis_word
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen
from bot.chat.places.taps import key_of
from bot.desk.bases import BasisGroup, SupplierBases, list_bases, preview_basis

BASIS: Final = MenuCommand(
    "basis", lambda _: _("What suppliers' rates are for"), Permission.SEE, "/basis"
)


class _Wanted(NamedTuple):
    """A basis for what this name of a supplier's stands for, and what operators call that."""

    supplier: SupplierName
    key: str
    name: str
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class BasisPages:
    """Shows what rates are for, and sets it."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.open_all, OpenBases(), BASIS)
        routes.on_tap(self.open_all, OpenBases)
        routes.on_tap(self.open_supplier, OpenBasesOf)
        routes.on_tap(self.open, OpenBasis)
        routes.on_tap(self.ask, TypeBasis)
        routes.on_typed(self.take, BasisForm)
        routes.on_tap(self.set, SetBasis)
        routes.on_tap(self.set_for_service, SetServiceBasis)

    async def open_all(self, context: Context, tap: OpenBases) -> None:
        """Show every supplier."""
        await context.show(bases_screen(context.locale, await self._list()))

    async def open_supplier(self, context: Context, tap: OpenBasesOf) -> None:
        """Show a supplier's categories. Raises NotYours."""
        one = await self._find(tap.supplier)
        await context.show(supplier_bases_screen(context.locale, one, tap.page))

    async def open(self, context: Context, tap: OpenBasis) -> None:
        """Show one of them, or the whole supplier. Raises NotYours."""
        one = await self._find(tap.supplier)
        await context.show(basis_screen(context.locale, one, _group_of(one, tap.category)))

    async def ask(self, context: Context, tap: TypeBasis) -> None:
        """Ask for the number. Raises NotYours."""
        one = await self._find(tap.supplier)
        await context.open_form(BasisForm(tap.supplier, tap.category))
        await context.show(self._asks(context, one, tap.category))

    async def take(self, context: Context, form: BasisForm, text: str) -> None:
        """Show what the typed basis would do, or say what may be typed. Raises NotYours."""
        _, one = context.locale, await self._find(form.supplier)
        basis = read_basis_word(text)
        if basis is None:
            problem = _("That is neither a whole number up to 1,000,000 nor “flat”.")
            await context.show(self._asks(context, one, form.category, problem))
            return
        tap = SetBasis(supplier=form.supplier, category=form.category, basis=str(basis))
        await self.set(context, tap)

    async def set(self, context: Context, tap: SetBasis) -> None:
        """The first tap shows what it would do, the second does it. Raises NotYours."""
        one = await self._find(tap.supplier)
        group = _group_of(one, tap.category)
        key, name = ("", one.name) if group is None else (group.key, group.path[-1])
        back = OpenBasis(supplier=tap.supplier, category=tap.category)
        await self._set(context, _Wanted(one.name, key, name, _basis_of(tap.basis)), tap, back)

    async def set_for_service(self, context: Context, tap: SetServiceBasis) -> None:
        """The same for one service alone. Raises NotYours."""
        service = self.store.shelf.now.find_service(ServiceId(tap.service))
        if service is None:
            raise NotYours
        listed, supplier = service.listed, service.supplier
        back = OpenBasis(supplier=key_of(supplier), category=service.category)
        wanted = _Wanted(supplier, f"#{listed.remote_id}", listed.name, _basis_of(tap.basis))
        await self._set(context, wanted, tap, back)

    async def _set(
        self,
        context: Context,
        wanted: _Wanted,
        tap: SetBasis | SetServiceBasis,
        back: OpenBasis,
    ) -> None:
        _, (supplier, key, name, basis) = context.locale, wanted
        if not tap.sure:
            rules, shelf = self.desk.load_shelf.rules, self.store.shelf
            seen = await asyncio.to_thread(preview_basis, rules, shelf, supplier, key, basis)
            sure = tap.model_copy(update={"sure": True})
            await context.show(basis_sure_screen(_, name, basis, seen, sure, back))
            return
        done = await self.desk.db.write(set_basis, act_of(context), supplier, key, basis)
        await context.close_form()
        note = _("✅ Set. It counts for prices that are asked from now on.")
        same = _("Nothing was changed: it is set already.")
        again = await self._find(back.supplier)
        await context.show(supplier_bases_screen(_, again, 0, note if done else same))

    def _asks(
        self, context: Context, one: SupplierBases, category: int, problem: str = ""
    ) -> Screen:
        group = _group_of(one, category)
        name = one.name if group is None else group.path[-1]
        back = OpenBasis(supplier=key_of(one.name), category=category)
        return ask_basis_screen(context.locale, name, back, problem)

    async def _list(self) -> tuple[SupplierBases, ...]:
        await self.desk.load_shelf()
        return list_bases(self.desk.load_shelf.rules, self.store.shelf)

    async def _find(self, key: str) -> SupplierBases:
        found = next((one for one in await self._list() if key_of(one.name) == key), None)
        if found is None:
            raise NotYours
        return found


def _group_of(one: SupplierBases, category: int) -> BasisGroup | None:
    """The category of a supplier, None for all of it. Raises NotYours."""
    if not category:
        return None
    found = next((group for group in one.groups if group.category == category), None)
    if found is None or not found.key:
        raise NotYours
    return found


def _basis_of(tapped: str) -> Basis | None:
    """The basis that a tap carries, None for the settings' own. Raises NotYours for none."""
    basis = read_basis_word(tapped)
    if basis is None and tapped:
        raise NotYours
    return basis
