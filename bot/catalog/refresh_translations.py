"""Refresh translations: the catalogues once more, in each language that customers speak."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Final

from bot.base.clock import Clock
from bot.base.ids import CategoryId, RemoteId
from bot.catalog import translation_store
from bot.catalog.errors import NotForSaleReason
from bot.catalog.recent_words import Translations
from bot.catalog.rules import Service
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.translation import Translation
from bot.catalog.translation_store import Translated, Turn
from bot.db.database import Database
from bot.people import customers
from bot.suppliers.errors import Malformed
from bot.suppliers.port import Supplier
from bot.suppliers.words import CatalogRow, Kind

_IN_USE: Final = timedelta(days=30)
"""A language is in use when a customer who speaks it was here so recently."""
_AGAIN: Final = timedelta(hours=1)
_SOON: Final = timedelta(minutes=10)
"""When to ask again after a failure, and while missing translations keep coming in."""
_SHRUNK_TO: Final = 10
"""An answer with at most a tenth of the services that we know is not believed."""
_BATCH: Final = 250
"""Rows written in one transaction: few, so that others wait little behind it."""
_NO_CATEGORY: Final = "Other"
"""What a row without a category is read as; no category is translated by it."""


@dataclass(frozen=True, slots=True)
class RefreshTranslations:
    """One reading of one supplier's catalogue in one language. A failure leaves what was there."""

    db: Database
    translations: Translations
    shelf: CurrentShelf
    clock: Clock

    async def __call__(self, supplier: Supplier) -> bool:
        """Read the language whose turn it is; False when none is due. Raises SupplierError."""
        turn = await self._claim(supplier)
        if turn is None:
            return False
        rows = (await supplier.list_services(turn.language)).rows
        known = _services_of(supplier, self.shelf.now)
        pairs = [(known[row.remote_id], row) for row in rows if row.remote_id in known]
        if len(pairs) * _SHRUNK_TO <= len(known):
            why = "a translated catalogue of other services"
            raise Malformed(why)
        await self._store(turn, pairs)
        return True

    async def _claim(self, supplier: Supplier) -> Turn | None:
        """Take a language that is due; None also while the supplier is down or was never read."""
        is_known = supplier.name in self.shelf.now.read_at
        if not is_known or supplier.health.down_since is not None:
            return None
        now = self.clock.now()
        spoken = await self.db.read(customers.languages_in_use, now - _IN_USE)
        languages = [one for one in spoken if supplier.speaks(one)]
        if not languages:
            return None
        return await self.translations.claim(supplier.name, languages, now + _SOON)

    async def _store(self, turn: Turn, pairs: list[tuple[Service, CatalogRow]]) -> None:
        missing, changed = 0, 0
        labels = _Labels(self.shelf.now)
        for batch in _batches(pairs):
            rows = []
            for service, row in batch:
                told = _translated(service, row)
                missing += _lacks(told, service.listed)
                labels.note(service, row)
                rows.append(told)
            changed += await self.translations.store(turn.language, rows)
        changed += await self.translations.store_labels(turn.language, labels.chosen())
        still_coming = missing and (changed or turn.first)
        now = self.clock.now()
        await self.db.write(
            translation_store.done, turn, now + (_SOON if still_coming else _AGAIN)
        )


def _services_of(supplier: Supplier, shelf: Shelf) -> Mapping[RemoteId, Service]:
    """What this supplier lists now, by its own ids."""
    return {
        service.listed.remote_id: service
        for service in shelf.services()
        if service.supplier == supplier.name
        and service.kind is not Kind.NUMBER
        and service.hidden is not NotForSaleReason.GONE
    }


def _batches(
    pairs: Iterable[tuple[Service, CatalogRow]],
) -> Iterator[list[tuple[Service, CatalogRow]]]:
    """In the order of our ids, so that two who write the same rows never block each other."""
    left = iter(sorted(pairs, key=lambda pair: pair[0].id))
    while batch := list(islice(left, _BATCH)):
        yield batch


def _translated(service: Service, row: CatalogRow) -> Translated:
    english = service.listed
    return Translated(
        service.id,
        Translation.made(row.name, english.name),
        Translation.made(row.description, english.description),
    )


def _lacks(told: Translated, english: CatalogRow) -> bool:
    """Whether a text came back in English."""
    return told.name is None or (told.description is None and bool(english.description))


@dataclass(frozen=True, slots=True)
class _Labels:
    """Categories are named row by row: the name that most rows give a category is its own."""

    shelf: Shelf
    votes: dict[CategoryId, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, service: Service, row: CatalogRow) -> None:
        """Take note of what one row calls its category and subcategory."""
        english = service.listed
        leaf = service.category
        if not english.subcategory:
            self._vote(leaf, row.category, english.category)
            return
        self._vote(leaf, row.subcategory, english.subcategory)
        above = self.shelf.find_parent(leaf)
        if above is not None:
            self._vote(above, row.category, english.category)

    def _vote(self, category: CategoryId, name: str, english: str) -> None:
        if name not in {"", english, _NO_CATEGORY}:
            self.votes[category][name] += 1

    def chosen(self) -> dict[CategoryId, str]:
        """One name for each category that has any."""
        return {
            category: min(names, key=lambda name: (-names[name], name))
            for category, names in sorted(self.votes.items())
        }
