"""The shelf: one immutable picture of what is on sale, sorted and counted once, read in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.base.basis import Basis
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.hiding.rules import Hiding, HidingRule, hidden_as_before
from bot.catalog.listing import Sort, count_on_sale, sort_each_way
from bot.catalog.places.tree import EVERYBODY, Category, Places, Tree
from bot.catalog.prices.rules import Prices
from bot.catalog.pricing import Pricing
from bot.catalog.projects import Project, Projects, collect_projects
from bot.catalog.rules import Offer, Service, offer_of
from bot.catalog.standins.rules import Ties, as_sold
from bot.suppliers.words import Kind


class Shelf:
    """What customers may see, and the reasons for what they may not.

    Made of all known services, hidden ones included, and of categories in which `on_sale` is
    counted here. `read_at` is when each supplier's catalogue was last read whole, `places` where
    operators put what suppliers list, `hidings` what of it they hide, `ties` what stands in for
    what. Whatever takes a category takes each id that it has or had. `pricing` is the settings'
    own; without `prices` everything is sold by it.
    """

    def __init__(
        self,
        services: Iterable[Service],
        categories: Mapping[CategoryId, Category],
        pricing: Pricing,
        read_at: Mapping[SupplierName, datetime],
        places: Places | None = None,
        prices: Prices | None = None,
        hidings: Iterable[HidingRule] = (),
        ties: Ties | None = None,
    ) -> None:
        self.prices = prices or Prices(pricing, {}, Tree(categories, places))
        self.tree = self.prices.tree
        self.hiding = Hiding(hidings, self.tree)
        self.ties = ties or {}
        self.read_at = dict(read_at)
        self._all = {service.id: service for service in self.hiding.judge(services)}
        self._offers = {
            service.id: self._offer(service) for service in self._all.values() if service.is_shown
        }
        self._by_category = self._sorted_by_category()
        self._numbers = self._gathered()
        self._count_again()

    def _offer(self, service: Service, pricing: Pricing | None = None) -> Offer:
        """A shown service at its price, as it is sold while others may stand in for it."""
        pricing = pricing or self._resolve(service)
        others = [self._all[one] for one in self.ties.get(service.id, ()) if one in self._all]
        if others:
            service = as_sold(service, others, pricing)
        return offer_of(service, pricing)

    def _gathered(self) -> Projects:
        """The projects of the numbers, which stand beside the categories."""
        return collect_projects(
            offer for offer in self._offers.values() if offer.service.kind is Kind.NUMBER
        )

    def _count_again(self) -> None:
        self._categories = self._counted()
        self._children = self._children_by_parent()

    def _sorted_by_category(self) -> dict[CategoryId, dict[Sort, tuple[Offer, ...]]]:
        grouped: dict[CategoryId, list[Offer]] = defaultdict(list)
        for offer in self._offers.values():
            if offer.service.kind is not Kind.NUMBER:
                grouped[self.category_of(offer.service)].append(offer)
        return {category: sort_each_way(offers) for category, offers in grouped.items()}

    def _counted(self) -> dict[CategoryId, Category]:
        """The categories that hold anything to show, with what can be bought in them."""
        nodes = self.tree.nodes
        counts: dict[CategoryId, Counter[SupplierName]] = defaultdict(Counter)
        paused: set[CategoryId] = set()
        for category, sorts in self._by_category.items():
            on_sale, has_paused = count_on_sale(sorts[Sort.NAME])
            at: CategoryId | None = category if sorts[Sort.NAME] else None
            while at is not None and at in nodes:
                counts[at].update(on_sale)
                if has_paused:
                    paused.add(at)
                at = nodes[at].parent
        return {
            category: replace(nodes[category], on_sale=dict(found), has_paused=category in paused)
            for category, found in counts.items()
        }

    def _children_by_parent(self) -> dict[CategoryId | None, tuple[Category, ...]]:
        grouped: dict[CategoryId | None, list[Category]] = defaultdict(list)
        for category in self._categories.values():
            grouped[category.parent].append(category)
        return {
            parent: tuple(sorted(found, key=lambda one: one.order))
            for parent, found in grouped.items()
        }

    def with_service(self, service: Service) -> Shelf:
        """The same shelf with one service changed; only its categories are sorted again."""
        return copy(self)._change(service)  # noqa: SLF001 - a copy of our own

    def _change(self, service: Service) -> Shelf:
        """Put one service in, and with it those it is tied to; for a copy not shown yet."""
        was = self._all.get(service.id, service)
        service = hidden_as_before(service, was) or next(self.hiding.judge((service,)))
        self._all = {**self._all, service.id: service}
        self._offers = {**self._offers}
        tied = self.ties.get(service.id, (service.id,))
        touched = [self._all[one] for one in tied if one in self._all]
        for one in touched:
            pricing = self.pricing_of(one)
            self._offers.pop(one.id, None)
            if one.is_shown:
                self._offers[one.id] = self._offer(one, pricing)
        if service.kind is Kind.NUMBER:
            self._numbers = self._gathered()
            return self
        self._by_category = {**self._by_category}
        for category, changed in {(self.category_of(one), one.id) for one in (was, *touched)}:
            self._by_category[category] = sort_each_way(self._offers_of(category, changed))
        self._count_again()
        return self

    def _offers_of(self, category: CategoryId, changed: ServiceId) -> list[Offer]:
        """The offers of one category, with the changed service where it hangs now."""
        known = self._by_category.get(category, {}).get(Sort.NAME, ())
        rows = [row for row in known if row.service.id != changed]
        offer = self._offers.get(changed)
        return [*rows, offer] if offer and self.category_of(offer.service) == category else rows

    def pricing_of(self, service: Service) -> Pricing:
        """By which pricing a service is sold; found when the shelf was built."""
        known = self._offers.get(service.id)
        if known is not None and known.service.category == service.category:
            return known.pricing
        return self._resolve(service)

    def _resolve(self, service: Service) -> Pricing:
        return self.prices.of(service.id, service.supplier, service.category)

    def category_of(self, service: Service) -> CategoryId:
        """Where a service is shown, which need not be where its supplier lists it."""
        return self.tree.home(service.category, service.supplier)

    def _shown_as(self, category: CategoryId) -> CategoryId:
        """The id under which the category is shown; one that holds nothing any more has one too.

        What several suppliers list in it may be shown in different places: the first that is.
        """
        homes = [self.tree.home(category, name) for name in (EVERYBODY, *self.tree.suppliers)]
        here = self.tree.find_spelled(category)
        return next((one for one in (here, *homes) if one in self._categories), homes[0])

    def categories(self, parent: CategoryId | None = None) -> tuple[Category, ...]:
        """The categories below `parent` (None: the top) that hold anything to show, in order."""
        return self._children.get(parent if parent is None else self._shown_as(parent), ())

    def find_category(self, category: CategoryId) -> Category | None:
        """The category, or None when nothing in it is shown any more."""
        return self._categories.get(self._shown_as(category))

    def open_category(self, category: CategoryId) -> tuple[Category, ...]:
        """The path to what opening a category shows; empty when nothing in it is shown any more.

        A level that holds a single category and no service of its own is passed.
        """
        path = self.path(category)
        while path and len(below := self.categories(path[-1].id)) == 1:
            if self.offers(path[-1].id, Sort.NAME):
                break
            path = (*path, below[0])
        return path

    def find_above(self, category: CategoryId) -> CategoryId | None:
        """The next category above that is not passed on the way here; None for the catalog."""
        path = self.path(category)
        opened = (one.id for one in reversed(path[:-1]) if self.open_category(one.id)[-1] == one)
        return next(opened, None)

    def labels(self) -> Iterable[Category]:
        """Every category known as suppliers list it, also those where nothing is shown."""
        return self.tree.labels.values()

    def find_parent(self, category: CategoryId) -> CategoryId | None:
        """The category above where its supplier lists it, if any; None at the top."""
        label = self.tree.labels.get(category)
        return None if label is None else label.parent

    def path(self, category: CategoryId) -> tuple[Category, ...]:
        """The category and those above it, the top first."""
        found, path = self.find_category(category), list[Category]()
        while found is not None:
            path.append(found)
            found = None if found.parent is None else self._categories.get(found.parent)
        return tuple(reversed(path))

    def offers(self, category: CategoryId, sort: Sort) -> tuple[Offer, ...]:
        """What hangs directly on the category; what is sold out or paused stands last."""
        return self._by_category.get(self._shown_as(category), {}).get(sort, ())

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

    def load_own(self, service: ServiceId) -> Service:
        """A service that can be sold by itself, whatever stands in for it. Raises NotForSale."""
        known = self._all.get(service)
        if known is None or known.hidden is not None:
            reason = None if known is None else known.hidden
            raise NotForSale(reason or NotForSaleReason.GONE)
        return known

    def load_quoted(self, service: ServiceId) -> Service:
        """What was quoted, also where a price rule has put it below its cost since.

        Whatever stands in for it. Raises NotForSale as `load_own`.
        """
        known = self._all.get(service)
        if known is not None and known.hidden is NotForSaleReason.NEGATIVE_MARGIN:
            return known
        return self.load_own(service)

    @property
    def on_sale(self) -> int:
        """How many ordinary services are for sale, sold-out ones included; numbers are apart."""
        offers = (offer for each in self._by_category.values() for offer in each[Sort.NAME])
        return sum(offer.service.hidden is None for offer in offers)

    def services(self) -> Iterable[Service]:
        """Every service known, hidden ones included."""
        return self._all.values()


@dataclass(slots=True)
class CurrentShelf:
    """Holds the shelf of this moment; `version` is the stored catalogue that it shows.

    `bases` are those that operators have set, by supplier and name.
    """

    now: Shelf
    version: int = 0
    bases: Mapping[SupplierName, Mapping[str, Basis]] = field(default_factory=dict)

    @classmethod
    def empty(cls, pricing: Pricing) -> CurrentShelf:
        """A shelf with nothing on it, until the stored catalogue has been loaded."""
        return cls(Shelf((), {}, pricing, {}))
