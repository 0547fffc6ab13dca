"""Refresh translations: the catalogues once more, in each language that customers speak."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from bot.base.clock import Clock, is_over
from bot.base.ids import RemoteId, SupplierName
from bot.catalog import translation_store
from bot.catalog.errors import NotForSaleReason
from bot.catalog.labels import Labels
from bot.catalog.recent_words import Translations
from bot.catalog.rules import Service
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.translation import Translation
from bot.catalog.translation_store import ServiceText, Translated, Turn
from bot.db.database import Database
from bot.people import customers
from bot.suppliers.errors import Malformed, SupplierError
from bot.suppliers.port import Supplier
from bot.suppliers.words import CatalogRow, Kind

_IN_USE: Final = timedelta(days=30)
"""A language is in use when a customer who speaks it was here so recently."""
_AGAIN: Final = (
    timedelta(seconds=20),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
"""When to ask again while something is missing, and after a failure."""
_LOOK: Final = timedelta(hours=1)
"""How often it is looked whether anything new is missing."""
_WHOLE_FOR: Final = timedelta(days=1)
"""When to ask again where nothing is missing, for what is translated better by then."""
_READ_WITHIN: Final = timedelta(minutes=10)
"""How long others leave a language to the process that reads it."""
_PROBED_FOR: Final = timedelta(days=1)
"""How long it is believed whether a server translates."""
_UNKNOWN_FOR: Final = timedelta(minutes=1)
"""After so long a server is asked again that could not answer whether it translates."""
_SHRUNK_TO: Final = 10
"""An answer with at most a tenth of the services that we know is not believed."""
_BATCH: Final = 250
"""Rows written in one transaction: few, so that others wait little behind it."""

log = logging.getLogger(__name__)

Known = Mapping[RemoteId, Service]
Pair = tuple[Service, CatalogRow]


@dataclass(frozen=True, slots=True)
class _Probe:
    translates: bool
    at: datetime
    holds_for: timedelta


@dataclass(slots=True)
class _Reading:
    """What one reading of a language has brought so far."""

    labels: Labels
    missing: int = 0


@dataclass(frozen=True, slots=True)
class RefreshTranslations:
    """One reading of one supplier's catalogue in one language. A failure leaves what was there.

    `probes` is what this process knows of the servers: whether they translate; `tries` is how
    often it has asked for what a language lacks.
    """

    db: Database
    translations: Translations
    shelf: CurrentShelf
    clock: Clock
    probes: dict[SupplierName, _Probe] = field(default_factory=dict)
    tries: Counter[tuple[SupplierName, str]] = field(default_factory=Counter)

    async def step(self, supplier: Supplier) -> int:
        """Read the language whose turn it is; 0 when none is due, or its supplier failed."""
        try:
            turn = await self._claim(supplier)
            if turn is None:
                return 0
            if await self._is_whole(supplier, turn):
                await self.db.write(translation_store.postpone, turn, self.clock.now() + _LOOK)
            else:
                await self._read(supplier, turn)
        except SupplierError as failure:
            log.warning("a language of %s was not read: %s", supplier.name, type(failure).__name__)
            return 0
        return 1

    async def _is_whole(self, supplier: Supplier, turn: Turn) -> bool:
        """Whether a language that was read within the last day lacks nothing."""
        if turn.read_at is None or is_over(turn.read_at, _WHOLE_FOR, self.clock.now()):
            return False
        known = _services_of(supplier, self.shelf.now, numbers=False)
        texts = [
            ServiceText(one.id, one.listed.name, one.listed.description) for one in known.values()
        ]
        return not await self.db.read(translation_store.lacks_any, turn.language, texts)

    async def _read(self, supplier: Supplier, turn: Turn) -> None:
        """Read it, or plan when to ask again. Raises SupplierError."""
        try:
            reading = await self._ask(supplier, turn)
        except SupplierError:
            await self.db.write(translation_store.postpone, turn, self._again(turn))
            raise
        if not reading.missing:
            self.tries.pop((turn.supplier, turn.language), None)
        due_at = self._again(turn) if reading.missing else self.clock.now() + _LOOK
        await self.db.write(translation_store.done, turn, due_at)

    def _again(self, turn: Turn) -> datetime:
        key = (turn.supplier, turn.language)
        self.tries[key] += 1
        return self.clock.now() + _AGAIN[min(self.tries[key], len(_AGAIN)) - 1]

    async def _ask(self, supplier: Supplier, turn: Turn) -> _Reading:
        reading = _Reading(Labels(self.shelf.now))
        await self._read_services(supplier, turn, reading)
        if supplier.translates_categories:
            english = await supplier.list_categories()
            said = await supplier.list_categories(turn.language)
            reading.labels.note_categories(english, said)
        if supplier.rents_numbers:
            await self._read_numbers(supplier, turn, reading)
        await self.translations.store_labels(turn.language, reading.labels.chosen())
        return reading

    async def _claim(self, supplier: Supplier) -> Turn | None:
        """Take a language that is due; None also while the supplier is down or was never read."""
        is_known = supplier.name in self.shelf.now.read_at
        if not is_known or supplier.health.down_since is not None:
            return None
        now = self.clock.now()
        spoken = await self.db.read(customers.languages_in_use, now - _IN_USE)
        languages = [one for one in spoken if supplier.speaks(one)]
        if not languages or not await self._translates(supplier):
            return None
        return await self.translations.claim(supplier.name, languages, now + _READ_WITHIN)

    async def _translates(self, supplier: Supplier) -> bool:
        """Whether its server translates, as known for a day. Raises SupplierError."""
        known, now = self.probes.get(supplier.name), self.clock.now()
        if known is not None and not is_over(known.at, known.holds_for, now):
            return known.translates
        self.probes[supplier.name] = _Probe(translates=False, at=now, holds_for=_UNKNOWN_FOR)
        translates = await supplier.translates()
        self.probes[supplier.name] = _Probe(translates, now, _PROBED_FOR)
        return translates

    async def _read_services(self, supplier: Supplier, turn: Turn, reading: _Reading) -> None:
        rows = (await supplier.list_services(turn.language)).rows
        known = _services_of(supplier, self.shelf.now, numbers=False)
        pairs = [(known[row.remote_id], row) for row in rows if row.remote_id in known]
        if len(pairs) * _SHRUNK_TO <= len(known):
            why = "a translated catalogue of other services"
            raise Malformed(why)
        await self._store(turn, pairs, reading)

    async def _read_numbers(self, supplier: Supplier, turn: Turn, reading: _Reading) -> None:
        """Projects and countries; some say both in one answer."""
        known = _services_of(supplier, self.shelf.now, numbers=True)
        if not known:
            return
        rows = (await supplier.list_numbers(language=turn.language)).rows
        pairs = [(known[row.remote_id], row) for row in rows if row.remote_id in known]
        await self._store(turn, pairs, reading)
        reading.labels.note_countries(known, await supplier.list_countries(turn.language))

    async def _store(self, turn: Turn, pairs: Iterable[Pair], reading: _Reading) -> None:
        for batch in _batches(pairs):
            rows = []
            for service, row in batch:
                told = _translated(service, row)
                reading.missing += _lacks(told, service)
                reading.labels.note(service, row)
                rows.append(told)
            await self.translations.store(turn.language, rows)


def _services_of(supplier: Supplier, shelf: Shelf, *, numbers: bool) -> Known:
    """What this supplier lists now, by its own ids: its numbers, or all the rest."""
    return {
        service.listed.remote_id: service
        for service in shelf.services()
        if service.supplier == supplier.name
        and (service.kind is Kind.NUMBER) is numbers
        and service.hidden is not NotForSaleReason.GONE
    }


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
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


def _lacks(told: Translated, service: Service) -> bool:
    """Whether a text came back in English; what a number is for is mostly a brand's name."""
    if service.kind is Kind.NUMBER:
        return False
    return told.name is None or (told.description is None and bool(service.listed.description))
