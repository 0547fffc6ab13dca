"""Browsing: the catalog, its categories and the service cards, all from memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from aiogram.filters.callback_data import CallbackData

from bot.base.ids import CategoryId, ServiceId
from bot.base.page import PAGE_SIZE
from bot.catalog.errors import NotForSaleReason
from bot.catalog.listing import Sort
from bot.catalog.projects import key_of
from bot.catalog.rules import Offer, Service
from bot.catalog.search.nearest import nearest_categories, nearest_offers
from bot.catalog.shelf import Shelf
from bot.catalog.standing import list_paused
from bot.catalog.switches.names import SHOP
from bot.catalog.wanted.favourites import find_wanted
from bot.chat.catalog.categories import catalog_screen, category_screen
from bot.chat.catalog.gone import gone_category_screen, gone_service_screen
from bot.chat.catalog.service import paused_screen
from bot.chat.catalog.sharing import category_link, category_words
from bot.chat.catalog.taps import OpenCatalog, OpenCategory, OpenFavourites, OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.richtext import join
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.own_words import closed_line, off_words, pinned_line
from bot.chat.search.taps import FAVOURITES, OpenFound, OpenFoundCategory, OpenResults
from bot.i18n.language import ENGLISH
from bot.suppliers.words import Kind

CATALOG: Final = MenuCommand("catalog", lambda _: _("What we sell"))


class ShowsService(Protocol):
    """Shows a service in the way of its kind."""

    async def show_service(
        self, store: Storefront, context: Context, offer: Offer, tap: OpenService | OpenFound
    ) -> None:
        """Show it; the tap says which page of a long description, and what it was found by."""


@dataclass(frozen=True, slots=True)
class CatalogPages:
    """The catalog, its categories and its services."""

    store: Storefront
    kinds: Mapping[Kind, ShowsService]

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.show_catalog, OpenCatalog(), CATALOG)
        routes.on_tap(self.show_catalog, OpenCatalog)
        routes.on_tap(self.show_category, OpenCategory)
        routes.on_tap(self.show_category, OpenFoundCategory)
        routes.on_tap(self.show_service, OpenService)
        routes.on_tap(self.show_service, OpenFound)

    async def show_catalog(self, context: Context, tap: OpenCatalog) -> None:
        """Show a page of the top categories."""
        _ = context.locale
        page = await self.store.translate.catalog(_.code, tap.page)
        paused = await self.store.db.recall(list_paused)
        is_first = page.number == 0
        pinned = pinned_line(self.store, _) if is_first else ""
        top = join([pinned, closed_line(self.store, _, paused)], "\n\n")
        await context.show(catalog_screen(_, page, paused, top))

    async def show_category(self, context: Context, tap: OpenCategory | OpenFoundCategory) -> None:
        """Show a page of one category, or of what it leads to; the nearest when it is empty."""
        _, here, shelf = context.locale, CategoryId(tap.category), self.store.shelf.now
        paused = await self.store.db.recall(list_paused)
        path = shelf.open_category(here)
        if not path:
            near = nearest_categories(shelf, here)
            near = await self.store.translate.categories(_.code, near)
            await context.show(gone_category_screen(_, near, paused))
            return
        back = _back_to_list(tap) or above_of(shelf, path[-1].id)
        path, page = await self.store.translate.category(_.code, path, tap.sort, tap.page)
        words = category_words(_, path, paused)
        share = await context.screens.presenter.share(category_link(path[-1]), words)
        said = off_words(self.store, _, (SHOP, *path[-1].on_sale)) if paused else None
        await context.show(
            category_screen(_, path, page, tap, paused, share, back=back, said=said)
        )

    async def show_service(self, context: Context, tap: OpenService | OpenFound) -> None:
        """Show a service, also a paused one; what is nearest when it is not sold."""
        shelf, service = self.store.shelf.now, ServiceId(tap.service)
        known = shelf.find_service(service)
        offer = shelf.find_shown(service) or _number_like(shelf, known)
        if offer is not None:
            kind = self.kinds[offer.service.kind]
            await kind.show_service(self.store, context, offer, tap)
        elif known is not None and known.hidden is NotForSaleReason.UNKNOWN_BASIS:
            name = await self.store.translate.name(context.locale.code, known)
            named = replace(known, listed=replace(known.listed, name=name))
            wanted = await self.store.db.read(find_wanted, context.customer.id, service)
            back = _back_to_list(tap) or OpenCatalog()
            await context.show(paused_screen(context.locale, named, wanted, back, tap))
        else:
            await self._show_gone(context, known)

    async def _show_gone(self, context: Context, known: Service | None) -> None:
        _, shelf, translate = context.locale, self.store.shelf.now, self.store.translate
        paused = await self.store.db.recall(list_paused)
        near: tuple[Offer, ...] = ()
        name = ""
        if known is not None:
            hits = await self.store.search.find(known.listed.name, ENGLISH)
            near = await translate.offers(_.code, nearest_offers(shelf, known, hits, paused))
            name = await translate.name(_.code, known)
        await context.show(gone_service_screen(_, known, name, near, paused))


def _number_like(shelf: Shelf, known: Service | None) -> Offer | None:
    """Another number for the same, of a number that is gone: both open the same countries."""
    if known is None or known.kind is not Kind.NUMBER:
        return None
    project = shelf.find_project(key_of(known.listed.name))
    return None if project is None else project.offers[0]


def above_of(shelf: Shelf, category: CategoryId) -> OpenCategory | OpenCatalog:
    """The page of what stands above a category on which one finds the way to it."""
    above, path = shelf.find_above(category), {one.id for one in shelf.path(category)}
    rows = enumerate(shelf.categories(above))
    at = next((nth for nth, row in rows if row.id in path), 0) // PAGE_SIZE
    return OpenCatalog(page=at) if above is None else OpenCategory(category=above, page=at)


def _back_to_list(tap: CallbackData) -> OpenResults | OpenFavourites | None:
    """The list in which something was found; None for what was not opened from one."""
    if not isinstance(tap, OpenFound | OpenFoundCategory):
        return None
    if tap.search == FAVOURITES:
        return OpenFavourites(page=tap.found)
    return OpenResults(search=tap.search, page=tap.found)


def back_from(shelf: Shelf, offer: Offer, tap: OpenService | OpenFound) -> CallbackData:
    """The list that the offer was found in, or the page of the category where it stands."""
    listed = _back_to_list(tap)
    if listed is not None:
        return listed
    category = shelf.category_of(offer.service)
    if shelf.find_category(category) is None:
        return OpenCatalog()
    at = len(shelf.categories(category)) + shelf.offers(category, Sort.PRICE).index(offer)
    return OpenCategory(category=category, page=at // PAGE_SIZE)
