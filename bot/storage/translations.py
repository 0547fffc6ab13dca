"""Suppliers' texts in other languages: looked at first, written to only for what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.ids import CategoryId, ServiceId, SupplierName
from bot.domain.translation import Words
from bot.shop.ports import Translated, Turn
from bot.storage import translation_rows
from bot.storage.database import Database
from bot.storage.recent_words import RecentWords
from bot.storage.tx import Transaction

Changes = Sequence[dict[str, Any]]


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
                translation_rows.find, language, services, categories, described=described
            )
            self.recent.keep(asked, words, now)
        return words

    async def store(self, language: str, rows: Sequence[Translated]) -> int:
        """Write what is new or changed; how many rows that were.

        None erases nothing: what was translated before stands while its English does.
        """
        changes = await self.db.read(translation_rows.list_changes, language, rows)
        return await self._write(translation_rows.write, changes)

    async def store_labels(self, language: str, labels: Mapping[CategoryId, str]) -> int:
        """The same for the names of categories."""
        changes = await self.db.read(translation_rows.list_label_changes, language, labels)
        return await self._write(translation_rows.write_labels, changes)

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
        """One of these languages that is due, new ones first; nobody else gets it `until` then."""
        turn = await self.db.read(translation_rows.find_due, supplier, languages)
        if turn is None or not await self.db.write(translation_rows.take, turn, until):
            return None
        return turn
