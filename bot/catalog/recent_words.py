"""Translations as screens ask for them: those read lately are kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog import translation_store
from bot.catalog.translation import Words
from bot.catalog.translation_store import Translated, Turn
from bot.db.database import Database
from bot.db.tx import Transaction

Changes = Sequence[dict[str, Any]]

_KEPT_FOR: Final = timedelta(minutes=1)
"""After so long what another process has written meanwhile is seen."""
_NONE_KEPT_FOR: Final = timedelta(seconds=2)
"""The same where nothing was found: the language may just be read for the first time."""
_KEPT_AT_MOST: Final = 1_000
_LONGEST: Final = 4_000
"""Characters of a look-up that is kept: with all that are kept, some megabytes at worst."""


@dataclass(slots=True)
class RecentWords:
    """Words by what was asked for, the longest unused forgotten first.

    `generation` counts how often something new was written.
    """

    generation: int = 0
    _kept: OrderedDict[Hashable, tuple[datetime, Words]] = field(default_factory=OrderedDict)

    def find(self, asked: Hashable, now: datetime) -> Words | None:
        """The words, None when they are not kept or no longer fresh."""
        until, words = self._kept.get(asked, (now, None))
        if now >= until:
            return None
        self._kept.move_to_end(asked)
        return words

    def keep(self, asked: Hashable, words: Words, now: datetime) -> None:
        """Keep what was looked up, unless it is large."""
        if words.size > _LONGEST:
            return
        self._kept[asked] = now + (_KEPT_FOR if words.size else _NONE_KEPT_FOR), words
        self._kept.move_to_end(asked)
        while len(self._kept) > _KEPT_AT_MOST:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Something new was written."""
        self.generation += 1
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class Translations:
    """Where translations are kept, and when each language is read."""

    db: Database
    recent: RecentWords = field(default_factory=RecentWords)

    async def find(
        self,
        language: str,
        services: Sequence[ServiceId],
        categories: Sequence[CategoryId],
        *,
        described: bool = False,
    ) -> Words:
        """What is known of exactly these; descriptions only when they are asked for."""
        asked, now = (language, tuple(services), tuple(categories), described), self.db.clock.now()
        words = self.recent.find(asked, now)
        if words is None:
            words = await self.db.read(
                translation_store.find, language, services, categories, described=described
            )
            self.recent.keep(asked, words, now)
        return words

    async def store(self, language: str, rows: Sequence[Translated]) -> int:
        """Write what is new or changed; how many rows that were.

        A text that is None here stays as it was translated before.
        """
        changes = await self.db.read(translation_store.list_changes, language, rows)
        return await self._write(translation_store.write, changes)

    async def store_labels(self, language: str, labels: Mapping[CategoryId, str]) -> int:
        """The same for the names of categories."""
        changes = await self.db.read(translation_store.list_label_changes, language, labels)
        return await self._write(translation_store.write_labels, changes)

    async def _write(self, write: Transaction[[Changes], int], changes: Changes) -> int:
        if not changes:
            return 0
        try:
            return await self.db.write(write, changes)
        finally:
            self.recent.forget()

    async def claim(
        self, supplier: SupplierName, languages: Sequence[str], until: datetime
    ) -> Turn | None:
        """Take one of these languages that is due, new ones first; it is ours `until` then."""
        turn = await self.db.read(translation_store.find_due, supplier, languages)
        if turn is None or not await self.db.write(translation_store.take, turn, until):
            return None
        return turn
