"""`/basis`: how many units suppliers' rates are for, seen and set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
        _, one = context.locale, await self._find(tap.supplier)
        basis = read_basis_word(tap.basis)
        if basis is None and tap.basis:
            raise NotYours
        key, name = self._named(one, tap)
        if not tap.sure:
            await self._preview(context, one.name, tap, (key, name, basis))
            return
        act = act_of(context)
        done = await self.desk.db.write(set_basis, act, one.name, key, basis)
        await context.close_form()
        note = _("✅ Set. It counts for prices that are asked from now on.")
        same = _("Nothing was changed: it is set already.")
        again = await self._find(tap.supplier)
        await context.show(supplier_bases_screen(_, again, 0, note if done else same))

    async def _preview(
        self,
        context: Context,
        supplier: SupplierName,
        tap: SetBasis,
        wanted: tuple[str, str, Basis | None],
    ) -> None:
        _, (key, name, basis) = context.locale, wanted
        rules, shelf = self.desk.load_shelf.rules, self.store.shelf
        seen = preview_basis(rules, shelf, supplier, key, basis)
        back = OpenBasis(supplier=tap.supplier, category=tap.category)
        sure = tap.model_copy(update={"sure": True})
        await context.show(basis_sure_screen(_, name, basis, seen, sure, back))

    def _named(self, one: SupplierBases, tap: SetBasis) -> tuple[str, str]:
        """The name that the basis is set for, and what operators call it. Raises NotYours."""
        if tap.service:
            service = self.store.shelf.now.find_service(ServiceId(tap.service))
            if service is None or service.supplier != one.name:
                raise NotYours
            return f"#{service.listed.remote_id}", service.listed.name
        group = _group_of(one, tap.category)
        return ("", one.name) if group is None else (group.key, group.path[-1])

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
