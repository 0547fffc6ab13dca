"""Numbers on offer, by the service that codes are received for, then by country."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from hashlib import blake2b

from bot.base.ids import ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.rules import Offer
from bot.suppliers.words import fold


@dataclass(frozen=True, slots=True)
class Project:
    """What codes are received for. `key` is short, stable over restarts, and travels in taps.

    `offers` has every number shown, by the country's title, which is the listed subcategory,
    and then by price: when the cheapest of a country has none left, the next can be rented.
    `english` is set where `name` is a translation.
    """

    key: str
    name: str
    offers: tuple[Offer, ...]
    english: str = ""

    def find_cheapest(self, paused: Set[SupplierName] = frozenset()) -> Money | None:
        """The lowest price of what can be rented while these suppliers are paused, if anything."""
        prices = (one.price for one in self.offers if one.service.is_on_sale(paused))
        return min(prices, default=None)

    def is_paused(self, paused: Set[SupplierName] = frozenset()) -> bool:
        """Whether any of its numbers is paused, by itself or with one of these suppliers."""
        return any(one.service.is_paused(paused) for one in self.offers)


@dataclass(frozen=True, slots=True)
class Projects:
    """All projects shown, by name; `by_service` finds the project of an offer."""

    rows: tuple[Project, ...] = ()

    def search(self, text: str = "") -> tuple[Project, ...]:
        """Those whose name holds every word of the text, the ones that begin with it first."""
        words = fold(text).split()
        found = [row for row in self.rows if all(word in fold(row.name) for word in words)]
        return tuple(sorted(found, key=lambda one: not fold(one.name).startswith(fold(text))))

    def find(self, key: str) -> Project | None:
        """The project, None when no number of it is shown any more."""
        return next((row for row in self.rows if row.key == key), None)


def collect_projects(offers: Iterable[Offer]) -> Projects:
    """Projects by name, over suppliers and countries."""
    grouped: dict[str, list[Offer]] = {}
    for offer in offers:
        grouped.setdefault(fold(offer.service.listed.name), []).append(offer)
    return Projects(tuple(_project(name, grouped[name]) for name in sorted(grouped)))


def key_of(name: str) -> str:
    """The key of the project of this name, whether it is on sale or not."""
    return blake2b(fold(name).encode(errors="replace"), digest_size=6).hexdigest()


def _project(folded: str, offers: Iterable[Offer]) -> Project:
    found = tuple(sorted(offers, key=_place))
    return Project(key_of(folded), found[0].service.listed.name, found)


def _place(offer: Offer) -> tuple[str, Money, ServiceId]:
    return fold(offer.service.listed.subcategory), offer.price, offer.service.id
