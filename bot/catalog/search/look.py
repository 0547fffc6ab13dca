"""One search: what was typed against the names on the shelf of this moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog.search.build import EnglishIndex, SpokenIndex
from bot.catalog.search.countries import NamedCountry, find_named, find_number
from bot.catalog.search.documents import Document
from bot.catalog.search.index import Layer, fit_of, rank, sought_in
from bot.catalog.search.normalise import normalise, parts_of
from bot.catalog.search.scripts import swapped_keys
from bot.catalog.shelf import Shelf

SOUND: Final = 0.62
"""What fits worse is not what was meant."""
_MANY_WORDS, _SOUND_OF_MANY = 5, 0.5
"""Where many words were typed, few names have them all."""
GUESSED: Final = 0.3
"""What fits worse is not even near it."""
_BEHIND: Final = 0.2
"""What fits so much worse than the best is left out."""
_DOUBTED: Final = 0.75
"""Where nothing fits better, the keyboard may have been the wrong one."""
_OTHER_KEYS: Final = 0.1
"""How much better it must fit when the keyboard is thought to be the wrong one."""
_COUNTRY_ALONE: Final = 0.9
_COUNTRY_TOO: Final = 0.06
"""What it counts that the country was named as well: more than a short name does."""
_MOST_NUMBERS: Final = 16
"""So many projects are found by the name of one country."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: exactly one of `service`, `category` and `project` is set.

    `name` is its English name, `shown` what the reader calls it; `fits` is 1 where every word of
    what was typed is there. A project of SMS numbers may come with a country, as the reader calls
    it, and then `number` is the cheapest number there. `above` names the category above one.
    """

    name: str
    shown: str
    fits: float
    is_on_sale: bool
    service: ServiceId | None = None
    category: CategoryId | None = None
    project: str = ""
    country: str = ""
    number: ServiceId | None = None
    above: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One search over one shelf; it awaits nothing and runs on a thread."""

    shelf: Shelf
    english: EnglishIndex
    spoken: SpokenIndex | None = None
    paused: Set[SupplierName] = frozenset()

    def hits(self, text: str, least: float = SOUND) -> tuple[Hit, ...]:
        """Everything that fits well enough, the best first, what cannot be bought last."""
        found = self._found(text)
        if _best(found) < _DOUBTED and not self._knows_any(text):
            swapped = self._found(swapped_keys(text))
            found = swapped if _best(swapped) > _best(found) + _OTHER_KEYS else found
        least = least if len(text.split()) < _MANY_WORDS else min(least, _SOUND_OF_MANY)
        enough = max(least, _best(found) - _BEHIND)
        return tuple(sorted((hit for hit in found if hit.fits >= enough), key=_place))

    def _knows_any(self, text: str) -> bool:
        """Whether some name has one of the typed words, so that the keyboard was the right one."""
        words = [word for word in parts_of(normalise(text)) if not word[0].isdigit()]
        return any(word in layer.vocabulary for word in words for layer in self._layers)

    @property
    def _layers(self) -> list[Layer]:
        more = [] if self.spoken is None else [self.spoken.layer]
        return [self.english.layer, *more]

    def _found(self, text: str) -> list[Hit]:
        layers, countries = self._layers, [self.english.country_layer]
        if self.spoken is not None:
            countries.append(self.spoken.country_layer)
        sought = sought_in((*layers, *countries), text)
        fits = [fit_of(layers, word) for word in sought]
        ranked = rank(layers, sought, fits)
        enough = max(GUESSED, max(ranked.values(), default=0.0) - _BEHIND)
        found = [
            hit
            for number, fit in ranked.items()
            if fit >= enough
            and (hit := self._hit(self.english.documents[number], fit)) is not None
        ]
        for named in find_named(self.english.countries, countries, sought):
            rest = [nth for nth, fit in enumerate(named.fits) if not fit]
            others = rank(layers, [sought[nth] for nth in rest], [fits[nth] for nth in rest])
            found += self._numbers(named, others, len(rest))
        return found

    def _numbers(
        self, named: NamedCountry, others: Mapping[int, float], count: int
    ) -> Iterator[Hit]:
        """Numbers of a country, by how well its name and the `count` other words fit."""
        projects = {project.key: project for project in self.shelf.projects()}
        alone = _COUNTRY_ALONE * sum(named.fits) / len(named.fits)
        made = 0
        for number, document in self.english.numbers:
            project = projects.get(document.project)
            fits = others.get(number, 0.0)
            if project is None or (count and fits < SOUND) or made >= _MOST_NUMBERS:
                continue
            offer = find_number(project, named.country.title, self.paused)
            hit = None if offer is None else self._hit(document, alone)
            if hit is None or offer is None:
                continue
            made += 1
            if count:
                whole = (sum(named.fits) + fits * count) / len(named.fits) + _COUNTRY_TOO
                hit = replace(hit, fits=whole)
            yield replace(hit, country=self._country(named), number=offer.service.id)

    def _country(self, named: NamedCountry) -> str:
        names = {} if self.spoken is None else self.spoken.countries
        return names.get(named.country.title, named.country.title)

    def _hit(self, document: Document, fits: float) -> Hit | None:
        """None for what is not shown any more."""
        is_on_sale = self._is_on_sale(document)
        if is_on_sale is None:
            return None
        shown = document.name if self.spoken is None else self.spoken.names.of(document)
        return Hit(
            document.name,
            shown,
            fits,
            is_on_sale,
            document.service,
            document.category,
            document.project,
            above=self._above(document),
        )

    def _above(self, document: Document) -> str:
        if document.category is None or not document.above:
            return ""
        above = document.above[-1]
        said = {} if self.spoken is None else self.spoken.names.categories
        return said.get(above) or self.english.categories.get(above, "")

    def _is_on_sale(self, document: Document) -> bool | None:
        if document.service is not None:
            offer = self.shelf.find_shown(document.service)
            return None if offer is None else offer.service.is_on_sale(self.paused)
        if document.category is not None:
            category = self.shelf.find_category(document.category)
            return None if category is None else bool(category.count(self.paused))
        project = self.shelf.find_project(document.project)
        return None if project is None else project.find_cheapest(self.paused) is not None


def _best(hits: Sequence[Hit]) -> float:
    return max((hit.fits for hit in hits), default=0.0)


def _place(hit: Hit) -> tuple[bool, float, int, str, int]:
    kind = 0 if hit.category is not None else 1 if hit.project else 2
    return not hit.is_on_sale, -round(hit.fits, 2), kind, hit.shown, hit.service or 0
