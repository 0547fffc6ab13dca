"""`/category`: operators merge categories, keep them apart, rename them, and take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.ids import CategoryId, SupplierName
from bot.catalog.errors import CannotPlace, CannotPlaceReason
from bot.catalog.places import decide
from bot.catalog.places.named import find_named, list_alike
from bot.chat.catalog.errors import cannot_place_text
from bot.chat.desk.home import look_up_usage_screen
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.places.card import (
    ask_merge_screen,
    ask_name_screen,
    category_card_screen,
    merge_sure_screen,
    put_back_sure_screen,
    which_category_screen,
)
from bot.chat.places.taps import (
    ApartForm,
    MergeForm,
    MergeInto,
    NameForm,
    OpenPlaces,
    PutBack,
    TypeApart,
    TypeMerge,
    TypeName,
    key_of,
)
from bot.desk.categories import CategoryCard, find_card

CATEGORY: Final = MenuCommand(
    "category", lambda _: _("Merge and rename categories"), Permission.SHOP, "/category Email"
)


@dataclass(frozen=True, slots=True)
class PlacePages:
    """Shows who lists what in a category, and changes where it is shown."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.look_up, CATEGORY)
        routes.on_tap(self.open, OpenPlaces)
        routes.on_tap(self.ask_merge, TypeMerge)
        routes.on_typed(self.type_merge, MergeForm)
        routes.on_tap(self.merge, MergeInto)
        routes.on_tap(self.ask_apart, TypeApart)
        routes.on_typed(self.type_apart, ApartForm)
        routes.on_tap(self.ask_name, TypeName)
        routes.on_typed(self.type_name, NameForm)
        routes.on_tap(self.put_back, PutBack)

    async def look_up(self, context: Context, command: CommandObject) -> None:
        """`/category <name>`."""
        _, words = context.locale, (command.args or "").strip()
        if not words:
            await context.show(look_up_usage_screen(_, "/category <name>", "/category Email"))
            return
        found, exact = find_named(self.store.shelf.now, words)
        if exact and len(found) == 1:
            await self._show(context, found[0].id)
        else:
            await context.show(which_category_screen(_, found, exact=exact))

    async def open(self, context: Context, tap: OpenPlaces) -> None:
        """Show a category's card. Raises CannotPlace."""
        await self._show(context, tap.category)

    async def ask_merge(self, context: Context, tap: TypeMerge) -> None:
        """Ask into which category, which is typed next or chosen. Raises CannotPlace."""
        card = self._card(tap.category)
        await context.open_form(MergeForm(card.id))
        await context.show(
            ask_merge_screen(context.locale, card, list_alike(self.store.shelf.now, card.id))
        )

    async def type_merge(self, context: Context, form: MergeForm, text: str) -> None:
        """Ask once more about the one that was named, or which one was meant."""
        _, card = context.locale, self._card(form.category)
        found, exact = find_named(self.store.shelf.now, text)
        if exact and len(found) == 1:
            await self.merge(context, MergeInto(category=card.id, into=found[0].id))
            return
        problem = (
            _("Several categories are called that. Which one do you mean?")
            if exact and found
            else _("There is no category of that name.")
        )
        await context.show(ask_merge_screen(_, card, found, problem))

    async def merge(self, context: Context, tap: MergeInto) -> None:
        """The first tap asks, the second merges. Raises CannotPlace."""
        _, card, into = context.locale, self._card(tap.category), self._card(tap.into)
        if card.id == into.id:
            raise CannotPlace(CannotPlaceReason.SAME)
        if not tap.sure:
            await context.show(merge_sure_screen(_, card, into))
            return
        act = act_of(context)
        await self.desk.db.write(decide.merge_category, act, card.id, into.id)
        await self._changed(context, into.id)

    async def ask_apart(self, context: Context, tap: TypeApart) -> None:
        """Ask under which name one supplier's part is shown. Raises CannotPlace."""
        card = self._card(tap.category)
        whose = [one.supplier for one in card.listed if key_of(one.supplier) == tap.supplier]
        if not whose:
            await self._show(context, card.id)
            return
        await context.open_form(ApartForm(card.id, whose[0]))
        await context.show(ask_name_screen(context.locale, card, whose[0]))

    async def type_apart(self, context: Context, form: ApartForm, text: str) -> None:
        """Keep it apart under what was typed, or say why that cannot be."""
        act, supplier = act_of(context), SupplierName(form.supplier)
        try:
            shown = await self.desk.db.write(
                decide.keep_apart, act, CategoryId(form.category), supplier, text
            )
        except CannotPlace as refused:
            why = cannot_place_text(context.locale, refused)
            card = self._card(form.category)
            await context.show(ask_name_screen(context.locale, card, supplier, why))
        else:
            await context.close_form()
            await self._changed(context, shown)

    async def ask_name(self, context: Context, tap: TypeName) -> None:
        """Ask for the new name, which is typed next. Raises CannotPlace."""
        card = self._card(tap.category)
        await context.open_form(NameForm(card.id))
        await context.show(ask_name_screen(context.locale, card))

    async def type_name(self, context: Context, form: NameForm, text: str) -> None:
        """Call it by what was typed, or say why that cannot be."""
        act, category = act_of(context), CategoryId(form.category)
        try:
            shown = await self.desk.db.write(decide.rename_category, act, category, text)
        except CannotPlace as refused:
            why = cannot_place_text(context.locale, refused)
            card = self._card(form.category)
            await context.show(ask_name_screen(context.locale, card, problem=why))
        else:
            await context.close_form()
            await self._changed(context, shown)

    async def put_back(self, context: Context, tap: PutBack) -> None:
        """The first tap asks, the second puts it back. Raises CannotPlace."""
        card = self._card(tap.shown)
        _, wanted = context.locale, (tap.category, tap.supplier)
        found = next(
            (it for it in card.decided if (it.category, key_of(it.supplier)) == wanted), None
        )
        if found is None:
            await self._show(context, card.id, _("That was undone already."))
        elif not tap.sure:
            await context.show(put_back_sure_screen(_, card, found))
        else:
            act = act_of(context)
            await self.desk.db.write(decide.put_back, act, found.category, found.supplier)
            await self._changed(context, found.category)

    async def _changed(self, context: Context, category: int) -> None:
        """Show the card of the new shelf, which other processes load as soon as they are told."""
        await self.desk.load_shelf()
        await self._show(context, category, context.locale("✅ Changed."))

    async def _show(self, context: Context, category: int, note: str | Rich = "") -> None:
        await context.show(category_card_screen(context.locale, self._card(category), note))

    def _card(self, category: int) -> CategoryCard:
        """Raises CannotPlace where no such category is known."""
        card = find_card(self.store.shelf.now, CategoryId(category))
        if card is None:
            raise CannotPlace(CannotPlaceReason.UNKNOWN)
        return card
