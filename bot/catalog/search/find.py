"""Search: what on the shelf is meant by words that somebody typed, the best first."""

from __future__ import annotations

import asyncio
import weakref
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.base.clock import is_over
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CategoryId, ServiceId
from bot.catalog import translation_store
from bot.catalog.places.tree import own_names
from bot.catalog.recent_words import Translations
from bot.catalog.search.build import EnglishIndex, SpokenIndex, build_english, build_spoken
from bot.catalog.search.countries import NameCountry
from bot.catalog.search.documents import Names
from bot.catalog.search.look import GUESSED, SOUND, Hit, Look
from bot.catalog.search.normalise import LONGEST
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.standing import list_paused
from bot.catalog.translation import Translation, Words
from bot.db.database import Database

_ENGLISH: Final = "en"
_MOST_HITS: Final = 200
_MOST_GUESSES: Final = 5
_LANGUAGES_KEPT: Final = 5
_KEPT_FOR: Final = timedelta(minutes=10)
"""After so long what another process has translated meanwhile is found."""
_CALM: Final = timedelta(seconds=20)
"""How long translations that are just being read are waited for."""
_AT_ONCE: Final = 500
"""Translations read in one look-up, so that other people's look-ups wait little behind it."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A language's index, of which English one and which translations it was built, and when."""

    english: EnglishIndex
    generation: int
    built_at: datetime
    index: SpokenIndex


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
    _english: EnglishIndex | None = None
    _seen: weakref.ref[Shelf] | None = None
    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, text: str, language: str) -> tuple[Hit, ...]:
        """What was meant, the best first, and last what is sold out or paused."""
        return (await self._look(text, language, SOUND))[:_MOST_HITS]

    async def guess(self, text: str, language: str) -> tuple[Hit, ...]:
        """What is nearest where nothing was found."""
        return (await self._look(text, language, GUESSED))[:_MOST_GUESSES]

    async def _look(self, text: str, language: str, least: float) -> tuple[Hit, ...]:
        text = text[:LONGEST]
        paused = await self.db.recall(list_paused)
        async with self._lock:
            shelf = self.shelf.now
            english = await self._in_english(shelf)
            spoken = await self._in(language, shelf, english)
            return await asyncio.to_thread(Look(shelf, english, spoken, paused).hits, text, least)

    async def _in_english(self, shelf: Shelf) -> EnglishIndex:
        """The index of this shelf; mostly only a price or a stock has changed since the last."""
        if self._english is None or self._seen is None or self._seen() is not shelf:
            before = self._english
            self._english = await asyncio.to_thread(
                build_english, shelf, self.name_country, before
            )
            self._seen = weakref.ref(shelf)
        return self._english

    async def _in(self, language: str, shelf: Shelf, english: EnglishIndex) -> SpokenIndex | None:
        """The index of a language; None while its texts cannot be read."""
        if language == _ENGLISH:
            return None
        kept, now = self._kept.get(language), self.db.clock.now()
        generation = self.translations.recent.generation
        if kept is None or not _is_fresh(kept, english, generation, now):
            try:
                names = await self._names(language, shelf, english)
            except DatabaseUnavailable:
                return None
            index = await asyncio.to_thread(
                build_spoken, english, names, language, self.name_country
            )
            kept = self._kept[language] = _Kept(english, generation, now, index)
        self._kept.move_to_end(language)
        while len(self._kept) > _LANGUAGES_KEPT:
            self._kept.popitem(last=False)
        return kept.index

    async def _names(self, language: str, shelf: Shelf, english: EnglishIndex) -> Names:
        projects = (project.offers[0].service.id for project in shelf.projects())
        services = (one.service for one in english.documents if one.service is not None)
        wanted = sorted({*services, *projects})
        labels = [label.id for label in shelf.labels()]
        names: dict[ServiceId, Translation] = {}
        called: dict[CategoryId, str] = {}
        for begin in range(0, max(len(wanted), len(labels)), _AT_ONCE):
            some = slice(begin, begin + _AT_ONCE)
            found = await self.db.read(
                translation_store.find, language, wanted[some], labels[some], described=False
            )
            names |= found.names
            called |= found.labels
        called |= own_names(shelf.labels(), language)
        return Names.on(shelf, Words(names, {}, called))


def _is_fresh(kept: _Kept, english: EnglishIndex, generation: int, now: datetime) -> bool:
    if kept.english is not english or is_over(kept.built_at, _KEPT_FOR, now):
        return False
    return kept.generation == generation or not is_over(kept.built_at, _CALM, now)
