"""Translate: what a screen shows of suppliers' texts, put into its reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.page import Page, page_of
from bot.catalog.recent_words import Translations
from bot.catalog.rules import Offer
from bot.catalog.shelf import Category, CurrentShelf, Sort
from bot.catalog.translation import Words
from bot.orders.views import OrderView, QuoteView
from bot.suppliers.port import Suppliers
from bot.suppliers.words import Kind

V = TypeVar("V", QuoteView, OrderView)
Path = tuple[Category, ...]
_ENGLISH = Words()


@dataclass(frozen=True, slots=True)
class Translate:
    """Puts names and descriptions into a reader's language, with one look-up a screen.

    Nothing is looked up for readers of English, nor for suppliers whose texts are English only.
    Every `language` is one of our codes.

    Attributes:
        untranslated: the kinds whose names stay as their supplier gives them.
    """

    translations: Translations
    shelf: CurrentShelf
    suppliers: Suppliers
    untranslated: frozenset[Kind]

    async def catalog(self, language: str, number: int) -> Page[Category]:
        """A page of the top categories, by name."""
        top = self.shelf.now.categories()
        words = await self._words(language, (), top)
        return page_of(words.categories_by_name(top) if words.labels else top, number)

    async def category(
        self, language: str, path: Path, sort: Sort, number: int
    ) -> tuple[Path, Page[Category | Offer]]:
        """A page of what lies at the end of a path: subcategories first, then services.

        A reader who sorts by name gets the order of their own names: all names of this one
        category are looked up then, and those of the page otherwise.
        """
        shelf, here = self.shelf.now, path[-1].id
        below, offers = shelf.categories(here), shelf.offers(here, sort)
        page: Page[Category | Offer] = page_of((*below, *offers), number)
        on_page = tuple(row for row in page.rows if isinstance(row, Offer))
        named = offers if sort is Sort.NAME else on_page
        words = await self._words(language, named, (*path, *below))
        if words is _ENGLISH:
            return path, page
        if sort is Sort.NAME:
            offers = words.offers_by_name(offers)
        page = page_of((*words.categories_by_name(below), *offers), number)
        shown = replace(page, rows=tuple(map(words.row, page.rows)))
        return tuple(map(words.category, path)), shown

    async def card(self, language: str, offer: Offer) -> tuple[Offer, Path]:
        """An offer with its description, and the path to it."""
        path = self.shelf.now.path(offer.service.category)
        words = await self._words(language, (offer,), path, described=True)
        if words is _ENGLISH:
            return offer, path
        return words.offer(offer), tuple(map(words.category, path))

    async def offer(self, language: str, offer: Offer) -> Offer:
        """An offer by its name."""
        words = await self._words(language, (offer,), ())
        return offer if words is _ENGLISH else words.offer(offer)

    async def view(self, language: str, view: V) -> V:
        """A quote or an order; one that was made under an older name keeps that name."""
        [shown] = await self.views(language, (view,))
        return shown

    async def views(self, language: str, views: Sequence[V]) -> tuple[V, ...]:
        """Several quotes or orders."""
        speaking = self._speaking(language)
        named = {view.service for view in views if self._is_spoken_of(view, speaking)}
        words = await self._find(language, sorted(named), ())
        if words is _ENGLISH:
            return tuple(views)
        return tuple(
            replace(view, service_name=words.name(view.service, view.service_name))
            for view in views
        )

    def _is_spoken_of(
        self, view: QuoteView | OrderView, speaking: frozenset[SupplierName]
    ) -> bool:
        if not speaking or view.kind in self.untranslated:
            return False
        known = self.shelf.now.find_service(view.service)
        return known is not None and known.supplier in speaking

    async def _words(
        self,
        language: str,
        offers: Sequence[Offer],
        categories: Sequence[Category],
        *,
        described: bool = False,
    ) -> Words:
        speaking = self._speaking(language)
        if not speaking:
            return _ENGLISH
        spoken = [offer.service.id for offer in offers if offer.service.supplier in speaking]
        labels = [category.id for category in categories]
        return await self._find(language, spoken, labels, described=described)

    def _speaking(self, language: str) -> frozenset[SupplierName]:
        """The suppliers whose texts there may be in this language."""
        return frozenset(
            supplier.name for supplier in self.suppliers.values() if supplier.speaks(language)
        )

    async def _find(
        self,
        language: str,
        services: Sequence[ServiceId],
        categories: Sequence[CategoryId],
        *,
        described: bool = False,
    ) -> Words:
        """Look them up; English while the database cannot be read."""
        if not services and not categories:
            return _ENGLISH
        try:
            return await self.translations.find(
                language, services, categories, described=described
            )
        except DatabaseUnavailable:
            return _ENGLISH
