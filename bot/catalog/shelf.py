"""The shelf: one immutable picture of what is on sale, sorted and counted once, read in memory."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.projects import Project, Projects, collect_projects
from bot.catalog.rules import Offer, Service
from bot.suppliers.words import Kind


class Sort(StrEnum):
    """How a customer wants a category sorted; the value travels in taps."""

    PRICE = "p"
    NAME = "n"
    STOCK = "s"


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf label, with what lies below it, subcategories included.

    `on_sale` counts by supplier what can be bought while that supplier is not paused; `has_paused`
    says that something is paused by itself. `place` is where it stands among others in its
    suppliers' own order; one that they do not list comes after those, by name.
    """

    id: CategoryId
    name: str
    parent: CategoryId | None
    on_sale: Mapping[SupplierName, int] = field(default_factory=dict, hash=False)
    has_paused: bool = False
    place: int = sys.maxsize

    def count(self, paused: Set[SupplierName] = frozenset()) -> int:
        """How many services can be bought now, while these suppliers are paused."""
        return sum(count for name, count in self.on_sale.items() if name not in paused)

    def is_paused(self, paused: Set[SupplierName] = frozenset()) -> bool:
        """Whether nothing can be bought and something is not sold out but paused."""
        some = self.has_paused or not paused.isdisjoint(self.on_sale)
        return some and not self.count(paused)


class Shelf:
    """What customers may see, and the reasons for what they may not.

    Made of all known services, hidden ones included, and of categories in which `on_sale` is
    counted here. `read_at` is when each supplier's catalogue was last read whole.
    """

    def __init__(
        self,
        services: Iterable[Service],
        categories: Mapping[CategoryId, Category],
        pricing: Pricing,
        read_at: Mapping[SupplierName, datetime],
    ) -> None:
        self.pricing = pricing
        self.read_at = dict(read_at)
        self._all = {service.id: service for service in services}
        self._offers = {
            service.id: self._offer(service) for service in self._all.values() if service.is_shown
        }
        self._by_category = self._sorted_by_category()
        self._numbers = self._gathered()
        self._count_again(categories)

    def _gathered(self) -> Projects:
        """The projects of the numbers, which stand beside the categories."""
        return collect_projects(
            offer for offer in self._offers.values() if offer.service.kind is Kind.NUMBER
        )

    def _count_again(self, labels: Mapping[CategoryId, Category]) -> None:
        self._labels = labels
        self._categories = self._counted(labels)
        self._children = self._children_by_parent()

    def _offer(self, service: Service) -> Offer:
        rate, basis = service.listed.rate, service.basis or 1
        # One number is one order, so its price is that of one.
        unit = 1 if service.kind is Kind.NUMBER else self.pricing.unit_of(rate, basis)
        return Offer(service, self.pricing.total(rate, basis, unit), unit)

    def _sorted_by_category(self) -> dict[CategoryId, dict[Sort, tuple[Offer, ...]]]:
        grouped: dict[CategoryId, list[Offer]] = defaultdict(list)
        for offer in self._offers.values():
            if offer.service.kind is not Kind.NUMBER:
                grouped[offer.service.category].append(offer)
        return {category: _each_sort(offers) for category, offers in grouped.items()}

    def _counted(self, categories: Mapping[CategoryId, Category]) -> dict[CategoryId, Category]:
        counts: dict[CategoryId, Counter[SupplierName]] = defaultdict(Counter)
        paused: set[CategoryId] = set()
        for offer in self._offers.values():
            service = offer.service
            if service.kind is Kind.NUMBER:
                continue
            at: CategoryId | None = service.category
            while at is not None and at in categories:
                below = counts[at]
                if service.is_on_sale():
                    below[service.supplier] += 1
                elif service.is_paused(frozenset()):
                    paused.add(at)
                at = categories[at].parent
        return {
            one.id: replace(one, on_sale=dict(counts[one.id]), has_paused=one.id in paused)
            for one in categories.values()
            if one.id in counts
        }

    def _children_by_parent(self) -> dict[CategoryId | None, tuple[Category, ...]]:
        grouped: dict[CategoryId | None, list[Category]] = defaultdict(list)
        for category in self._categories.values():
            grouped[category.parent].append(category)
        return {
            parent: tuple(sorted(found, key=lambda one: (one.place, one.name.casefold())))
            for parent, found in grouped.items()
        }

    def with_service(self, service: Service) -> Shelf:
        """The same shelf with one service changed; only its categories are sorted again."""
        return copy(self)._change(service)  # noqa: SLF001 - a copy of our own

    def _change(self, service: Service) -> Shelf:
        """Put one service in; for a copy that is not shown yet."""
        was = self._all.get(service.id, service)
        self._all = {**self._all, service.id: service}
        self._offers = {**self._offers}
        self._offers.pop(service.id, None)
        if service.is_shown:
            self._offers[service.id] = self._offer(service)
        if service.kind is Kind.NUMBER:
            self._numbers = self._gathered()
            return self
        self._by_category = {**self._by_category}
        for category in {was.category, service.category}:
            self._by_category[category] = _each_sort(self._offers_of(category, service.id))
        self._count_again(self._labels)
        return self

    def _offers_of(self, category: CategoryId, changed: ServiceId) -> list[Offer]:
        """The offers of one category, with the changed service where it hangs now."""
        rows = [row for row in self.offers(category, Sort.NAME) if row.service.id != changed]
        offer = self._offers.get(changed)
        return [*rows, offer] if offer and offer.service.category == category else rows

    def categories(self, parent: CategoryId | None = None) -> tuple[Category, ...]:
        """The categories below `parent` (None: the top) that hold anything to show, in order."""
        return self._children.get(parent, ())

    def find_category(self, category: CategoryId) -> Category | None:
        """The category, or None when nothing in it is shown any more."""
        return self._categories.get(category)

    def labels(self) -> Iterable[Category]:
        """Every category known, also those where nothing is shown."""
        return self._labels.values()

    def find_parent(self, category: CategoryId) -> CategoryId | None:
        """The category above, also where nothing is shown; None at the top."""
        label = self._labels.get(category)
        return None if label is None else label.parent

    def path(self, category: CategoryId) -> tuple[Category, ...]:
        """The category and those above it, the top first."""
        found = self._categories.get(category)
        if found is None:
            return ()
        above = self.path(found.parent) if found.parent is not None else ()
        return (*above, found)

    def offers(self, category: CategoryId, sort: Sort) -> tuple[Offer, ...]:
        """What hangs directly on the category; what is sold out or paused stands last."""
        return self._by_category.get(category, {}).get(sort, ())

    def projects(self, text: str = "") -> tuple[Project, ...]:
        """What numbers are shown for, by name; with a text only those that match it."""
        return self._numbers.search(text) if text.strip() else self._numbers.rows

    def find_project(self, key: str) -> Project | None:
        """The project with its countries, None when none of its numbers is shown any more."""
        return self._numbers.find(key)

    def find_offer(self, service: ServiceId) -> Offer | None:
        """The offer, or None when it is not for sale."""
        offer = self._offers.get(service)
        return offer if offer is not None and offer.service.hidden is None else None

    def find_shown(self, service: ServiceId) -> Offer | None:
        """The offer also while its service is paused, None when it is not shown."""
        return self._offers.get(service)

    def find_service(self, service: ServiceId) -> Service | None:
        """What is known of a service, hidden or not; None where there never was one."""
        return self._all.get(service)

    def load_offer(self, service: ServiceId) -> Offer:
        """The offer. Raises NotForSale, with GONE also when there never was such a service."""
        offer = self.find_offer(service)
        if offer is not None:
            return offer
        known = self._all.get(service)
        gone = NotForSaleReason.GONE
        raise NotForSale(known.hidden if known is not None and known.hidden else gone)

    @property
    def on_sale(self) -> int:
        """How many ordinary services are for sale, sold-out ones included; numbers are apart."""
        offers = (offer for each in self._by_category.values() for offer in each[Sort.NAME])
        return sum(offer.service.hidden is None for offer in offers)

    def hidden_reasons(self) -> dict[SupplierName, Counter[NotForSaleReason]]:
        """For the desk: how many services of each supplier are hidden or paused, by reason."""
        reasons: dict[SupplierName, Counter[NotForSaleReason]] = defaultdict(Counter)
        for service in self._all.values():
            if service.hidden is not None:
                reasons[service.supplier][service.hidden] += 1
        return dict(reasons)

    def services(self) -> Iterable[Service]:
        """Every service known, hidden ones included."""
        return self._all.values()


@dataclass(slots=True)
class CurrentShelf:
    """Holds the shelf of this moment; `version` is the stored catalogue that it shows."""

    now: Shelf
    version: int = 0

    @classmethod
    def empty(cls, pricing: Pricing) -> CurrentShelf:
        """A shelf with nothing on it, until the stored catalogue has been loaded."""
        return cls(Shelf((), {}, pricing, {}))


def _each_sort(offers: list[Offer]) -> dict[Sort, tuple[Offer, ...]]:
    by_name = sorted(offers, key=_by_name)
    by_price = sorted(by_name, key=lambda offer: offer.price.micros * 1000 // offer.unit)
    by_stock = sorted(by_name, key=lambda offer: -_stock(offer))
    sorts = {Sort.NAME: by_name, Sort.PRICE: by_price, Sort.STOCK: by_stock}
    return {
        sort: tuple(sorted(rows, key=lambda offer: not offer.service.is_on_sale()))
        for sort, rows in sorts.items()
    }


def _by_name(offer: Offer) -> tuple[str, int]:
    """By name, and by id where names are equal, so that the order never depends on history."""
    return offer.service.listed.name.casefold(), offer.service.id


def _stock(offer: Offer) -> int:
    listed = offer.service.listed
    return listed.most if listed.stock is None else listed.stock
