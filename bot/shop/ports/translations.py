"""Suppliers' texts in other languages, beside the English catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import CategoryId, ServiceId, SupplierName
from bot.domain.translation import Translation, Words


@dataclass(frozen=True, slots=True)
class Translated:
    """What one service is called and said to be elsewhere; None where that is English."""

    service: ServiceId
    name: Translation | None
    description: Translation | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A language whose turn it is to be read from a supplier; `first` when it never was."""

    supplier: SupplierName
    language: str
    first: bool


class Translations(Protocol):
    """Where translations are kept and when each language is read."""

    async def find(
        self,
        language: str,
        services: Sequence[ServiceId],
        categories: Sequence[CategoryId],
        *,
        described: bool = False,
    ) -> Words:
        """What is known of exactly these; descriptions only when they are asked for."""
        ...

    async def store(self, language: str, rows: Sequence[Translated]) -> int:
        """Write what is new or changed; how many rows that were.

        None erases nothing: what was translated before stands while its English does.
        """
        ...

    async def store_labels(self, language: str, labels: Mapping[CategoryId, str]) -> int:
        """The same for the names of categories."""
        ...

    async def languages_in_use(self, since: datetime) -> tuple[str, ...]:
        """Those of the customers seen since then."""
        ...

    async def claim(
        self, supplier: SupplierName, languages: Sequence[str], now: datetime, until: datetime
    ) -> Turn | None:
        """One of these languages that is due, new ones first; nobody else gets it `until` then."""
        ...

    async def done(self, turn: Turn, due_at: datetime, now: datetime) -> None:
        """The language was read, and is due again then."""
        ...
