"""The shelf that customers browse: held in memory, swapped whole, never read from a supplier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.base.ids import SupplierName
from bot.catalog import store
from bot.catalog.errors import WhyNotForSale
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Policy, Service, Terms, why_hidden
from bot.catalog.shelf import Shelf
from bot.catalog.store import Kept
from bot.db.database import Database


@dataclass(slots=True)
class OpenShelf:
    """Holds the shelf of this moment; `version` is the stored catalogue that it shows."""

    now: Shelf
    version: int = 0

    @classmethod
    def empty(cls, pricing: Pricing) -> OpenShelf:
        """A shelf with nothing on it, until the stored catalogue has been loaded."""
        return cls(Shelf((), {}, pricing, {}))


@dataclass(frozen=True, slots=True)
class Rules:
    """The operator's settings that decide what a stored row becomes on the shelf."""

    terms: Mapping[SupplierName, Terms]
    policy: Policy

    def service(self, kept: Kept) -> Service:
        """The stored row under today's settings."""
        terms = self.terms.get(kept.supplier)
        if terms is None:
            return self._service(kept, Terms(kept.supplier, None), WhyNotForSale.GONE)
        return self._service(kept, terms, _why_kept_away(kept))

    def _service(self, kept: Kept, terms: Terms, away: WhyNotForSale | None) -> Service:
        return Service(
            id=kept.id,
            supplier=kept.supplier,
            listed=kept.listed,
            kind=terms.kind_of(kept.listed),
            basis=terms.basis_of(kept.listed),
            category=kept.category,
            read_at=kept.read_at,
            hidden=away or why_hidden(kept.listed, terms, self.policy),
        )


def _why_kept_away(kept: Kept) -> WhyNotForSale | None:
    if kept.gone:
        return WhyNotForSale.GONE
    return WhyNotForSale.SERVICE_PAUSED if kept.paused else None


@dataclass(frozen=True, slots=True)
class LoadShelf:
    """Put the stored catalogue on the shelf, when it is not there already."""

    db: Database
    shelf: OpenShelf
    rules: Rules

    async def __call__(self) -> bool:
        """Whether anything changed."""
        if await self.db.read(store.version) == self.shelf.version:
            return False
        stored = await self.db.read(store.load)
        services = tuple(self.rules.service(kept) for kept in stored.services)
        pricing = self.rules.policy.pricing
        self.shelf.now = Shelf(services, stored.categories, pricing, stored.read_at)
        self.shelf.version = stored.version
        return True
