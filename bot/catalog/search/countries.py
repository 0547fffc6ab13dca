"""Countries that SMS numbers are of, as part of what was typed: `whatsapp india`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.projects import Project
from bot.catalog.rules import Offer
from bot.catalog.search.index import Layer, fit_of
from bot.catalog.search.query import SoughtWord
from bot.catalog.shelf import Shelf
from bot.suppliers.words import NumberId

NameCountry = Callable[[str, str, str], str]
"""The name of a country: of its listed title, the supplier's id of it, and a language."""

_ALSO: Final = {
    "united states": "USA US America",
    "united kingdom": "UK England Britain",
    "united arab emirates": "UAE Emirates",
    "south korea": "Korea",
    "netherlands": "Holland",
    "czechia": "Czech",
    "türkiye": "Turkey",
}
"""What countries are called beside their English names."""
_NAMED: Final = 0.8
"""A word that fits a country so well names it."""
_MOST: Final = 5
"""So many countries are thought of at most."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its listed title, the supplier's id of it, and where its numbers hang."""

    title: str
    code: str
    category: CategoryId


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """A country that was named: how well by each word, 0 where a word is not of its name."""

    country: Country
    fits: tuple[float, ...]


def list_countries(shelf: Shelf) -> tuple[Country, ...]:
    """The countries of all numbers shown, each once."""
    found = {
        offer.service.listed.subcategory: offer
        for project in shelf.projects()
        for offer in project.offers
    }
    return tuple(_country(title, offer) for title, offer in sorted(found.items()) if title)


def _country(title: str, offer: Offer) -> Country:
    number = NumberId.find(offer.service.listed.remote_id)
    return Country(title, "" if number is None else number.country, offer.service.category)


def english_names(country: Country, name_country: NameCountry) -> tuple[str, ...]:
    """What a country is called in English."""
    name = name_country(country.title, country.code, "en")
    return country.title, name, _ALSO.get(name.casefold(), _ALSO.get(country.title.casefold(), ""))


def names_elsewhere(
    country: Country, language: str, labels: Mapping[CategoryId, str], name_country: NameCountry
) -> tuple[str, ...]:
    """What it is called in another language, as the supplier has it and as it is in general."""
    said = labels.get(country.category)
    general = name_country(country.title, country.code, language)
    return (general,) if said is None else (said, general)


def find_named(
    countries: Sequence[Country], layers: Sequence[Layer], sought: Sequence[SoughtWord]
) -> Iterator[NamedCountry]:
    """The countries that some of these words name, the best named first."""
    fits = [fit_of(layers, word) for word in sought]
    named = {
        number: tuple(_or_none(fit.get(number, 0.0)) for fit in fits)
        for number in {number for fit in fits for number in fit}
    }
    best = sorted((one for one in named if any(named[one])), key=lambda one: -sum(named[one]))
    yield from (NamedCountry(countries[number], named[number]) for number in best[:_MOST])


def _or_none(fit: float) -> float:
    return fit if fit > _NAMED else 0.0


def find_number(project: Project, title: str, paused: Set[SupplierName]) -> Offer | None:
    """The cheapest number of a project in a country that can be rented now."""
    there = (
        offer
        for offer in project.offers
        if offer.service.listed.subcategory == title and offer.service.is_on_sale(paused)
    )
    return min(there, key=lambda offer: offer.price, default=None)
