"""Search: what on the shelf is meant by words that somebody typed, the best first."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections import OrderedDict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.base.clock import is_over
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog import translation_store
from bot.catalog.recent_words import Translations
from bot.catalog.search.countries import NameCountry
from bot.catalog.search.documents import (
    Document,
    Names,
    first_services,
    list_documents,
    names_in,
    names_of,
)
from bot.catalog.search.index import Layer, build_layer, rank
from bot.catalog.search.normalise import LONGEST
from bot.catalog.search.scripts import swapped_keys
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.standing import list_paused
from bot.catalog.translation import Words
from bot.db.database import Database

_ENGLISH: Final = "en"
_MOST_HITS: Final = 200
_MOST_GUESSES: Final = 5
_SOUND: Final = 0.62
"""What fits worse is not what was meant."""
_GUESSED: Final = 0.3
_BEHIND: Final = 0.2
"""What fits so much worse than the best is left out."""
_OTHER_KEYS: Final = 0.1
"""How much better it must fit when the keyboard is thought to be the wrong one."""
_LANGUAGES_KEPT: Final = 5
_KEPT_FOR: Final = timedelta(minutes=10)
"""After so long what another process has translated meanwhile is found."""
_CALM: Final = timedelta(seconds=20)
"""How long translations that are just being read are waited for."""
_AT_ONCE: Final = 500
"""Translations read in one look-up, so that other people's look-ups wait little behind it."""
_REST_S: Final = 0.0002


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: exactly one of `service`, `category` and `project` is set.

    `name` is its English name, `shown` what the reader calls it. A project of SMS numbers may
    come with a country, whose cheapest number is `number`.
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


@dataclass(frozen=True, slots=True)
class _Base:
    """The English index of one shelf; `signature` is of all names on it."""

    signature: int
    documents: tuple[Document, ...]
    layer: Layer


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The index of one language over the same documents."""

    base: _Base
    generation: int
    built_at: datetime
    names: Names
    layer: Layer


@dataclass(slots=True)
class Search:
    """Finds what is called as somebody typed, in their language or in English.

    The index is built on a thread from the names on the shelf, again when one of them changes,
    and one search runs at a time; a few languages are kept.
    """

    db: Database
    translations: Translations
    shelf: CurrentShelf
    name_country: NameCountry
    _base: _Base | None = None
    _seen: weakref.ref[Shelf] | None = None
    _spoken: OrderedDict[str, _Spoken] = field(default_factory=OrderedDict)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, text: str, language: str) -> tuple[Hit, ...]:
        """What was meant, the best first, and last what is sold out or paused."""
        return (await self._look(text, language, _SOUND))[:_MOST_HITS]

    async def guess(self, text: str, language: str) -> tuple[Hit, ...]:
        """What is nearest where nothing was found."""
        return (await self._look(text, language, _GUESSED))[:_MOST_GUESSES]

    async def _look(self, text: str, language: str, least: float) -> tuple[Hit, ...]:
        text = text[:LONGEST]
        paused = await self.db.recall(list_paused)
        async with self._lock:
            shelf = self.shelf.now
            base = await self._english(shelf)
            spoken = await self._in(language, shelf, base)
            look = _Look(shelf, base, spoken, self.name_country, language, paused)
            return await asyncio.to_thread(look.hits, text, least)

    async def _english(self, shelf: Shelf) -> _Base:
        """The index of this shelf; only prices and stocks may have changed since it was built."""
        if self._base is None or self._seen is None or self._seen() is not shelf:
            self._base = await asyncio.to_thread(_built, shelf, self._base)
            self._seen = weakref.ref(shelf)
        return self._base

    async def _in(self, language: str, shelf: Shelf, base: _Base) -> _Spoken | None:
        if language == _ENGLISH:
            return None
        kept, now = self._spoken.get(language), self.db.clock.now()
        generation = self.translations.recent.generation
        if kept is None or not _is_fresh(kept, base, generation, now):
            try:
                names = await self._names(language, shelf, base)
            except DatabaseUnavailable:
                return None
            layer = await asyncio.to_thread(_translated, base, names)
            kept = self._spoken[language] = _Spoken(base, generation, now, names, layer)
        self._spoken.move_to_end(language)
        while len(self._spoken) > _LANGUAGES_KEPT:
            self._spoken.popitem(last=False)
        return kept

    async def _names(self, language: str, shelf: Shelf, base: _Base) -> Names:
        first = first_services(shelf.projects())
        services = [one.service for one in base.documents if one.service is not None]
        wanted = sorted({*services, *first.values()})
        labels = [label.id for label in shelf.labels()]
        words = Words({}, {}, {})
        for begin in range(0, max(len(wanted), len(labels)), _AT_ONCE):
            some = slice(begin, begin + _AT_ONCE)
            found = await self.db.read(
                translation_store.find, language, wanted[some], labels[some], described=False
            )
            words = Words({**words.names, **found.names}, {}, {**words.labels, **found.labels})
        return Names(words, first)


def _is_fresh(kept: _Spoken, base: _Base, generation: int, now: datetime) -> bool:
    if kept.base is not base or is_over(kept.built_at, _KEPT_FOR, now):
        return False
    return kept.generation == generation or not is_over(kept.built_at, _CALM, now)


def _rest() -> None:
    time.sleep(_REST_S)


def _built(shelf: Shelf, before: _Base | None) -> _Base:
    documents = list_documents(shelf)
    labels = {label.id: label for label in shelf.labels()}
    names = (names_of(one, labels) for one in documents)
    signature = hash((documents, tuple(sorted((one.id, one.name) for one in labels.values()))))
    if before is not None and before.signature == signature:
        return before
    return _Base(signature, documents, build_layer(names, _rest))


def _translated(base: _Base, names: Names) -> Layer:
    return build_layer((names_in(one, names) for one in base.documents), _rest)


@dataclass(frozen=True, slots=True)
class _Look:
    """One search over one shelf."""

    shelf: Shelf
    base: _Base
    spoken: _Spoken | None
    name_country: NameCountry
    language: str
    paused: Set[SupplierName]

    def hits(self, text: str, least: float) -> tuple[Hit, ...]:
        """Everything that fits well enough, the best first, what cannot be bought last."""
        found = self._ranked(text)
        if _best(found) < 1:
            swapped = self._ranked(swapped_keys(text))
            found = swapped if _best(swapped) > _best(found) + _OTHER_KEYS else found
        enough = max(least, _best(found) - _BEHIND)
        rows = [hit for hit in found if hit.fits >= enough]
        return tuple(sorted(rows, key=_place))

    def _ranked(self, text: str) -> list[Hit]:
        layers = [self.base.layer] if self.spoken is None else [self.base.layer, self.spoken.layer]
        ranked = rank(layers, text)
        enough = max(_GUESSED, max(ranked.values(), default=0.0) - _BEHIND)
        found = (
            self._hit(self.base.documents[number], fits)
            for number, fits in ranked.items()
            if fits >= enough
        )
        return [hit for hit in found if hit is not None]

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
        )

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
