"""Browsing: the catalog, its categories and the service cards, all from memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from bot.base.ids import CategoryId, ServiceId
from bot.base.page import PAGE_SIZE
from bot.catalog.errors import NotForSaleReason
from bot.catalog.rules import Offer
from bot.catalog.shelf import Shelf, Sort
from bot.catalog.standing import list_paused
from bot.chat.catalog.categories import catalog_screen, category_screen
from bot.chat.catalog.service import paused_screen
from bot.chat.catalog.taps import OpenCatalog, OpenCategory, OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.search.taps import OpenFound, OpenResults
from bot.suppliers.words import Kind

CATALOG: Final = MenuCommand("catalog", lambda _: _("What is on sale"))


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
        routes.on_tap(self.show_service, OpenService)
        routes.on_tap(self.show_service, OpenFound)

    async def show_catalog(self, context: Context, tap: OpenCatalog) -> None:
        """Show a page of the top categories."""
        _ = context.locale
        page = await self.store.translate.catalog(_.code, tap.page)
        paused = await self.store.db.recall(list_paused)
        await context.show(catalog_screen(_, page, paused))

    async def show_category(self, context: Context, tap: OpenCategory) -> None:
        """Show a page of one category; the catalog when the category is empty."""
        path = self.store.shelf.now.path(CategoryId(tap.category))
        if not path:
            await self.show_catalog(context, OpenCatalog())
            return
        _ = context.locale
        path, page = await self.store.translate.category(_.code, path, tap.sort, tap.page)
        paused = await self.store.db.recall(list_paused)
        await context.show(category_screen(_, path, page, tap.sort, paused))

    async def show_service(self, context: Context, tap: OpenService | OpenFound) -> None:
        """Show a service, also a paused one. Raises NotForSale."""
        shelf, service = self.store.shelf.now, ServiceId(tap.service)
        offer = shelf.find_shown(service)
        if offer is not None:
            kind = self.kinds[offer.service.kind]
            await kind.show_service(self.store, context, offer, tap)
            return
        known = shelf.find_service(service)
        if known is None or known.hidden is not NotForSaleReason.UNKNOWN_BASIS:
            shelf.load_offer(service)
            return
        name = await self.store.translate.name(context.locale.code, known)
        await context.show(paused_screen(context.locale, name))


def back_from(
    shelf: Shelf, offer: Offer, tap: OpenService | OpenFound
) -> OpenCategory | OpenCatalog | OpenResults:
    """The results that the offer was found in, or the page of the category where it stands."""
    if isinstance(tap, OpenFound):
        return OpenResults(search=tap.search, page=tap.found)
    category = offer.service.category
    if shelf.find_category(category) is None:
        return OpenCatalog()
    at = len(shelf.categories(category)) + shelf.offers(category, Sort.PRICE).index(offer)
    return OpenCategory(category=category, page=at // PAGE_SIZE)
