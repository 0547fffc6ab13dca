"""Translate: what a screen shows of suppliers' texts, put into its reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.page import Page, page_of
from bot.catalog.listing import Sort
from bot.catalog.places.tree import Category, own_names
from bot.catalog.projects import Project
from bot.catalog.recent_words import Translations
from bot.catalog.rules import Offer, Service
from bot.catalog.shelf import CurrentShelf
from bot.catalog.translation import Words
from bot.i18n.countries import country_code, country_name, with_flag
from bot.orders.views import OrderView, QuoteView, RentalView
from bot.suppliers.port import Suppliers
from bot.suppliers.words import Kind, NumberId

V = TypeVar("V", QuoteView, OrderView)
Path = tuple[Category, ...]
Found = Offer | Project | Category
"""What a list of different things holds."""
_ENGLISH = Words()


@dataclass(frozen=True, slots=True)
class Translate:
    """Puts names and descriptions into a reader's language, with one look-up a screen.

    Nothing is looked up for readers of English, nor for suppliers whose texts are English only.
    Every `language` is one of our codes. A country that no supplier names in it has CLDR's name.
    """

    translations: Translations
    shelf: CurrentShelf
    suppliers: Suppliers

    async def catalog(self, language: str, number: int) -> Page[Category]:
        """A page of the top categories."""
        top = self.shelf.now.categories()
        words = await self._words(language, (), _ids(top))
        return page_of(words.categories(top) if words.labels else top, number)

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
        words = await self._words(language, named, _ids((*path, *below)))
        if words is _ENGLISH:
            return path, page
        if sort is Sort.NAME:
            offers = words.offers_by_name(offers)
        page = page_of((*words.categories(below), *offers), number)
        shown = replace(page, rows=tuple(map(words.row, page.rows)))
        return tuple(map(words.category, path)), shown

    async def card(self, language: str, offer: Offer) -> tuple[Offer, Path]:
        """An offer with its description, and the path to it."""
        path = self.shelf.now.path(self.shelf.now.category_of(offer.service))
        words = await self._words(language, (offer,), _ids(path), described=True)
        if words is _ENGLISH:
            return offer, path
        return words.offer(offer), tuple(map(words.category, path))

    async def path(self, language: str, path: Path) -> Path:
        """Categories by their names."""
        words = await self._words(language, (), _ids(path))
        return tuple(map(words.category, path))

    async def name(self, language: str, service: Service) -> str:
        """What a service is called, whether or not it can be bought."""
        speaks = service.supplier in self._speaking(language)
        words = await self._find(language, (service.id,) if speaks else (), ())
        return words.name(service.id, service.listed.name)

    async def offer(self, language: str, offer: Offer) -> Offer:
        """An offer by its name."""
        [shown] = await self.offers(language, (offer,))
        return shown

    async def offers(self, language: str, offers: Sequence[Offer]) -> tuple[Offer, ...]:
        """Several offers by their names, numbers with those of their countries."""
        words = await self._words(language, offers, sorted(_countries(offers)))
        return tuple(_offer(language, words, one) for one in offers)

    async def found(self, language: str, rows: Sequence[Found]) -> tuple[Found, ...]:
        """Offers, projects and categories in one list, with one look-up."""
        offers = [one.offers[0] if isinstance(one, Project) else one for one in rows]
        services = [one for one in offers if isinstance(one, Offer)]
        labels = {one.id for one in rows if isinstance(one, Category)}
        words = await self._words(language, services, sorted({*labels, *_countries(services)}))
        return tuple(_translated(language, words, one) for one in rows)

    async def categories(
        self, language: str, categories: Sequence[Category]
    ) -> tuple[Category, ...]:
        """Several categories by their names."""
        words = await self._words(language, (), _ids(categories))
        return tuple(categories) if words is _ENGLISH else words.categories(categories)

    async def projects(self, language: str, page: Page[Project]) -> Page[Project]:
        """What numbers are on sale for, by their names."""
        words = await self._words(language, [one.offers[0] for one in page.rows], ())
        if words is _ENGLISH:
            return page
        return replace(page, rows=tuple(_named(words, one) for one in page.rows))

    async def project(self, language: str, project: Project) -> tuple[str, tuple[Offer, ...]]:
        """The name of one, and its numbers with the names of their countries."""
        labels = {offer.service.category for offer in project.offers}
        words = await self._words(language, project.offers[:1], sorted(labels))
        offers = tuple(_number(language, words, offer) for offer in project.offers)
        return _named(words, project).name, offers

    async def view(self, language: str, view: V) -> V:
        """A quote or an order; one that was made under an older name keeps that name."""
        [shown] = await self.views(language, (view,))
        return shown

    async def views(self, language: str, views: Sequence[V]) -> tuple[V, ...]:
        """Several quotes or orders."""
        speaking = self._speaking(language)
        known = [self.shelf.now.find_service(view.service) for view in views]
        spoken = [one for one in known if one is not None and one.supplier in speaking]
        labels = {one.category for one in spoken if one.kind is Kind.NUMBER}
        words = await self._find(language, sorted({one.id for one in spoken}), sorted(labels))
        pairs = zip(views, known, strict=True)
        return tuple(_view(language, words, view, service) for view, service in pairs)

    async def _words(
        self,
        language: str,
        offers: Sequence[Offer],
        labels: Sequence[CategoryId],
        *,
        described: bool = False,
    ) -> Words:
        speaking, words = self._speaking(language), _ENGLISH
        if speaking:
            spoken = [offer.service.id for offer in offers if offer.service.supplier in speaking]
            words = await self._find(language, spoken, labels, described=described)
        known = self.shelf.now.tree.labels
        own = own_names((known[one] for one in labels if one in known), language)
        return replace(words, labels={**words.labels, **own}) if own else words

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


def _ids(categories: Sequence[Category]) -> list[CategoryId]:
    return [one for category in categories for one in (category.id, *category.same)]


def _named(words: Words, project: Project) -> Project:
    """The project by its translated name; its numbers are all called the same."""
    name = words.name(project.offers[0].service.id, project.name)
    return replace(project, name=name, english=project.name)


def _countries(offers: Iterable[Offer]) -> set[CategoryId]:
    """The labels that name the countries of numbers."""
    return {one.service.category for one in offers if one.service.kind is Kind.NUMBER}


def _translated(language: str, words: Words, found: Found) -> Found:
    if isinstance(found, Offer):
        return _offer(language, words, found)
    if words is _ENGLISH:
        return found
    return _named(words, found) if isinstance(found, Project) else words.category(found)


def _offer(language: str, words: Words, offer: Offer) -> Offer:
    if offer.service.kind is Kind.NUMBER:
        return _number(language, words, offer)
    return offer if words is _ENGLISH else words.offer(offer)


def _number(language: str, words: Words, offer: Offer) -> Offer:
    """A number by its translated name, and with its country's."""
    service = offer.service
    country = _country(language, words, service, service.listed.subcategory)
    name = words.name(service.id, service.listed.name)
    listed = replace(service.listed, name=name, subcategory=country)
    return replace(offer, service=replace(service, listed=listed))


def _country(language: str, words: Words, service: Service | None, title: str) -> str:
    """The supplier's word for the country of a number, or CLDR's, after its flag."""
    number = None if service is None else NumberId.find(service.listed.remote_id)
    country = "" if number is None else number.country
    said = None if service is None else words.labels.get(service.category)
    name = country_name(title, country, language) if said is None else said
    return with_flag(name, country_code(title, country))


def _view(language: str, words: Words, view: V, service: Service | None) -> V:
    if words is not _ENGLISH:
        name = words.name(view.service, view.service_name)
        if name != view.service_name:
            listed_name = view.listed_name if view.listed_name else view.service_name
            view = replace(view, service_name=name, listed_name=listed_name)
    rental: RentalView | None = getattr(view, "rental", None)
    if rental is None:
        return view
    country = _country(language, words, service, rental.country)
    changed: dict[str, Any] = {"rental": replace(rental, country=country)}
    return replace(view, **changed)
