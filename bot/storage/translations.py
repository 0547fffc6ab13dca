"""The port of translations over a database: looked at first, written to only for what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.ids import CategoryId, ServiceId, SupplierName
from bot.domain.translation import Words
from bot.shop.ports import Clock, Translated, Turn
from bot.storage import customers, translation_rows
from bot.storage.database import Database, Transaction
from bot.storage.recent_words import RecentWords

Changes = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SqlTranslations:
    """Fits `bot.shop.ports.Translations`."""

    database: Database
    clock: Clock
    recent: RecentWords = field(default_factory=RecentWords)

    async def find(
        self,
        language: str,
        services: Sequence[ServiceId],
        categories: Sequence[CategoryId],
        *,
        described: bool = False,
    ) -> Words:
        """See the port."""
        asked, now = (language, tuple(services), tuple(categories), described), self.clock.now()
        words = self.recent.find(asked, now)
        if words is None:
            words = await self.database.read(
                translation_rows.find, language, services, categories, described=described
            )
            self.recent.keep(asked, words, now)
        return words

    async def store(self, language: str, rows: Sequence[Translated]) -> int:
        """See the port."""
        changes = await self.database.read(translation_rows.list_changes, language, rows)
        return await self._write(translation_rows.write, changes)

    async def store_labels(self, language: str, labels: Mapping[CategoryId, str]) -> int:
        """See the port."""
        changes = await self.database.read(translation_rows.list_label_changes, language, labels)
        return await self._write(translation_rows.write_labels, changes)

    async def _write(self, write: Transaction[[Changes], int], changes: Changes) -> int:
        if not changes:
            return 0
        try:
            return await self.database.write(write, changes)
        finally:
            self.recent.forget()

    async def languages_in_use(self, since: datetime) -> tuple[str, ...]:
        """See the port."""
        return await self.database.read(customers.languages_in_use, since)

    async def claim(
        self, supplier: SupplierName, languages: Sequence[str], now: datetime, until: datetime
    ) -> Turn | None:
        """See the port."""
        turn = await self.database.read(translation_rows.find_due, supplier, languages, now)
        if turn is None or not await self.database.write(translation_rows.take, turn, now, until):
            return None
        return turn

    async def done(self, turn: Turn, due_at: datetime, now: datetime) -> None:
        """See the port."""
        await self.database.write(translation_rows.done, turn, due_at, now)
