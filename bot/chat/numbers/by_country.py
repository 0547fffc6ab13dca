"""A project's numbers, country by country: what is rented first, and what is dearer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from bot.base.ids import SupplierName
from bot.catalog.listing import Sort
from bot.catalog.rules import Offer
from bot.i18n.countries import as_read, country_key
from bot.suppliers.words import NumberId


@dataclass(frozen=True, slots=True)
class Country:
    """Every number of one country: what can be rented now comes first, the cheapest of it first.

    `key` is its code, or its title where that names no country; `titles` are what suppliers call
    it, the offers call it as its reader does.
    """

    key: str
    titles: frozenset[str]
    offers: tuple[Offer, ...]

    @property
    def name(self) -> str:
        """What the reader calls it."""
        return self.offers[0].service.listed.subcategory

    def is_called(self, words: str, codes: Set[str]) -> bool:
        """Whether its name has every one of these words; `codes` are countries that have."""
        names = {as_read(one) for one in (*self.titles, self.name)}
        wanted = as_read(words).split()
        is_named = any(all(word in name for word in wanted) for name in names)
        return self.key in codes or (bool(wanted) and is_named)


def by_country(
    known: Sequence[Offer], shown: Sequence[Offer], paused: Set[SupplierName] = frozenset()
) -> tuple[Country, ...]:
    """The countries of a project; `shown` are the same offers in the reader's words."""
    grouped: dict[str, list[tuple[Offer, Offer]]] = {}
    for offer, said in zip(known, shown, strict=True):
        number = NumberId.find(offer.service.listed.remote_id)
        country = "" if number is None else number.country
        key = country_key(offer.service.listed.subcategory, country)
        grouped.setdefault(key, []).append((offer, said))
    return tuple(
        Country(
            key,
            frozenset(offer.service.listed.subcategory for offer, _said in pairs),
            tuple(sorted((said for _offer, said in pairs), key=lambda one: _rank(one, paused))),
        )
        for key, pairs in grouped.items()
    )


def first_offers(countries: Iterable[Country]) -> tuple[Offer, ...]:
    """What is rented first in each country."""
    return tuple(country.offers[0] for country in countries)


def more_offers(countries: Iterable[Country]) -> tuple[Offer, ...]:
    """All the others."""
    return tuple(offer for country in countries for offer in country.offers[1:])


def in_order(offers: Iterable[Offer], sort: Sort) -> tuple[Offer, ...]:
    """The cheapest first, or by the names that the countries have now."""
    by_price = sorted(offers, key=lambda offer: offer.price.micros)
    if sort is Sort.NAME:
        by_price.sort(key=lambda offer: as_read(offer.service.listed.subcategory))
    return tuple(by_price)


def _rank(offer: Offer, paused: Set[SupplierName]) -> tuple[bool, int]:
    return not offer.service.is_on_sale(paused), offer.price.micros
