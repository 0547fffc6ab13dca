"""Browsing: the catalog, its categories and the service cards, all from memory."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.base.ids import CategoryId, ServiceId
from bot.base.page import PAGE_SIZE
from bot.catalog.projects import key_of
from bot.catalog.rules import Offer
from bot.catalog.shelf import Shelf, Sort
from bot.chat.catalog.categories import catalog_screen, category_screen
from bot.chat.catalog.service import ServiceFacts, service_screen
from bot.chat.catalog.taps import OpenCatalog, OpenCategory, OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.numbers.handlers import show_countries
from bot.chat.numbers.taps import OpenCountries
from bot.suppliers.words import Kind


def shelf_router(store: Storefront) -> Router:
    """Taps along the shelf."""
    router = Router(name="shelf")

    @router.callback_query(OpenCatalog.filter())
    async def open_catalog(query: CallbackQuery, callback_data: OpenCatalog, visit: Visit) -> None:
        await show_catalog(store, visit, callback_data.page)

    @router.callback_query(OpenCategory.filter())
    async def open_category(
        query: CallbackQuery, callback_data: OpenCategory, visit: Visit
    ) -> None:
        await show_category(store, visit, callback_data)

    @router.callback_query(OpenService.filter())
    async def open_service(query: CallbackQuery, callback_data: OpenService, visit: Visit) -> None:
        await show_service(store, visit, callback_data)

    return router


async def show_catalog(store: Storefront, visit: Visit, page: int) -> None:
    """The top categories."""
    _ = visit.voice
    await visit.show(catalog_screen(_, await store.translate.catalog(_.code, page)))


async def show_category(store: Storefront, visit: Visit, tap: OpenCategory) -> None:
    """One category; the catalog when it holds nothing any more."""
    shelf, category = store.shelf.now, CategoryId(tap.category)
    path = shelf.path(category)
    if not path:
        await show_catalog(store, visit, 0)
        return
    _ = visit.voice
    path, page = await store.translate.category(_.code, path, tap.sort, tap.page)
    await visit.show(category_screen(_, path, page, tap.sort))


async def show_service(store: Storefront, visit: Visit, tap: OpenService) -> None:
    """A service card; a number's are its countries. Raises NotForSale."""
    shelf = store.shelf.now
    offer = shelf.load_offer(ServiceId(tap.service))
    if offer.service.kind is Kind.NUMBER:
        project = key_of(offer.service.listed.name)
        await show_countries(store, visit, OpenCountries(project=project))
        return
    share = await visit.presenter.share(f"s_{offer.service.id}")
    shown, path = await store.translate.card(visit.voice.code, offer)
    facts = ServiceFacts(shown, path, back_from(shelf, offer), share, store.clock.now())
    await visit.show(service_screen(visit.voice, facts, tap.page))


def back_from(shelf: Shelf, offer: Offer) -> OpenCategory | OpenCatalog:
    """The page of the category on which the offer stands."""
    category = offer.service.category
    if shelf.find_category(category) is None:
        return OpenCatalog()
    at = len(shelf.categories(category)) + shelf.offers(category, Sort.PRICE).index(offer)
    return OpenCategory(category=category, page=at // PAGE_SIZE)
