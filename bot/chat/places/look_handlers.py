"""How operators change how a category looks: names by language, its icon, its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.ids import CategoryId
from bot.catalog.errors import CannotPlace, CannotPlaceReason
from bot.catalog.places import look
from bot.chat.catalog.errors import cannot_place_text
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import Routes
from bot.chat.places.card import category_card_screen, path_words
from bot.chat.places.looks import ask_icon_screen, ask_name_in_screen, languages_screen
from bot.chat.places.taps import (
    DropIcon,
    DropNameIn,
    IconForm,
    MoveCategory,
    NameInForm,
    OpenNames,
    Step,
    TypeIcon,
    TypeNameIn,
)
from bot.desk.categories import CategoryCard, find_card, list_neighbours
from bot.i18n.language import ENGLISH, LANGUAGES

_UNSEEN: Final = "\u200b"
"""What stands for a message without words, which is no name."""


@dataclass(frozen=True, slots=True)
class LookPages:
    """Changes how a category looks; each change has its way back on the card."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.open_names, OpenNames)
        routes.on_tap(self.ask_name, TypeNameIn)
        routes.on_typed(self.type_name, NameInForm)
        routes.on_tap(self.drop_name, DropNameIn)
        routes.on_tap(self.ask_icon, TypeIcon)
        routes.on_typed(self.type_icon, IconForm)
        routes.on_tap(self.drop_icon, DropIcon)
        routes.on_tap(self.move, MoveCategory)

    async def open_names(self, context: Context, tap: OpenNames) -> None:
        """Show the languages. Raises CannotPlace."""
        _, card = context.locale, self._card(tap.category)
        await context.show(languages_screen(_, card, path_words(_, card.path)))

    async def ask_name(self, context: Context, tap: TypeNameIn) -> None:
        """Ask for the name in one language. Raises CannotPlace."""
        if tap.code in LANGUAGES and tap.code != ENGLISH:
            await context.open_form(NameInForm(self._card(tap.category).id, tap.code))
            await self._show_asked(context, tap.category, tap.code)

    async def type_name(self, context: Context, form: NameInForm, text: str) -> None:
        """Call it by what was typed, or say why that cannot be."""
        category = CategoryId(form.category)
        name = text if text.strip() else _UNSEEN
        try:
            await self.desk.db.write(look.name_in, act_of(context), category, form.code, name)
        except CannotPlace as refused:
            why = cannot_place_text(context.locale, refused)
            await self._show_asked(context, category, form.code, why)
        else:
            await self._changed(context, category)

    async def drop_name(self, context: Context, tap: DropNameIn) -> None:
        """Call it as before in this language. Raises CannotPlace."""
        category = CategoryId(tap.category)
        await self.desk.db.write(look.name_in, act_of(context), category, tap.code, "")
        await self._changed(context, category)

    async def ask_icon(self, context: Context, tap: TypeIcon) -> None:
        """Ask for the icon. Raises CannotPlace."""
        _, card = context.locale, self._card(tap.category)
        await context.open_form(IconForm(card.id))
        await context.show(ask_icon_screen(_, card, path_words(_, card.path)))

    async def type_icon(self, context: Context, form: IconForm, text: str) -> None:
        """Give it what was typed, or say why that cannot be."""
        _, category = context.locale, CategoryId(form.category)
        try:
            await self.desk.db.write(look.give_icon, act_of(context), category, text or "-")
        except CannotPlace as refused:
            card, why = self._card(category), cannot_place_text(_, refused)
            await context.show(ask_icon_screen(_, card, path_words(_, card.path), why))
        else:
            await self._changed(context, category)

    async def drop_icon(self, context: Context, tap: DropIcon) -> None:
        """Take the icon away. Raises CannotPlace."""
        category = CategoryId(tap.category)
        await self.desk.db.write(look.give_icon, act_of(context), category, "")
        await self._changed(context, category)

    async def move(self, context: Context, tap: MoveCategory) -> None:
        """Move it among its neighbours, or all of them to where they were. Raises CannotPlace."""
        card = self._card(tap.category)
        beside = list_neighbours(self.store.shelf.now, card.id)
        change = look.drop_order if tap.step is Step.BACK else look.order_categories
        moved = beside if tap.step is Step.BACK else _moved(beside, card.id, tap.step)
        await self.desk.db.write(change, act_of(context), card.id, moved)
        await self._changed(context, card.id)

    async def _show_asked(
        self, context: Context, category: int, code: str, problem: str | Rich = ""
    ) -> None:
        _, card = context.locale, self._card(category)
        path = path_words(_, card.path)
        await context.show(ask_name_in_screen(_, card, path, code, problem))

    async def _changed(self, context: Context, category: int) -> None:
        """Show the card of the new shelf, which other processes load as soon as they are told."""
        await context.close_form()
        await self.desk.load_shelf()
        _, card = context.locale, self._card(category)
        await context.show(category_card_screen(_, card, _("✅ Changed.")))

    def _card(self, category: int) -> CategoryCard:
        """Raises CannotPlace where no such category is known."""
        card = find_card(self.store.shelf.now, CategoryId(category))
        if card is None:
            raise CannotPlace(CannotPlaceReason.UNKNOWN)
        return card


def _moved(
    beside: tuple[CategoryId, ...], category: CategoryId, step: Step
) -> tuple[CategoryId, ...]:
    """The neighbours in their new order."""
    if category not in beside:
        return beside
    at = beside.index(category)
    to = {Step.TOP: 0, Step.UP: max(0, at - 1)}.get(step, at + 1)
    others = [one for one in beside if one != category]
    return (*others[:to], category, *others[to:])
