"""One tree over all suppliers: equal names stand once, and operators have the last word."""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Final

from bot.base.ids import CategoryId, SupplierName
from bot.suppliers.words import fold

EVERYBODY: Final = SupplierName("")
"""In a place: it counts for every supplier that has none of its own."""
Places = Mapping[tuple[CategoryId, SupplierName], CategoryId]
"""What a supplier lists in a category is shown in another one."""


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf label, with what lies below it, subcategories included.

    `on_sale` counts by supplier what can be bought while that supplier is not paused; `has_paused`
    says that something is paused by itself. `place` is where it stands among others in its
    suppliers' own order; one that they do not list comes after those, by name. `same` are further
    ids of the same category; `english` is set where `name` is a translation. `icon`, `names` by
    language and the place `by_hand` are operators' own.
    """

    id: CategoryId
    name: str
    parent: CategoryId | None
    on_sale: Mapping[SupplierName, int] = field(default_factory=dict, hash=False)
    has_paused: bool = False
    place: int = sys.maxsize
    same: tuple[CategoryId, ...] = ()
    english: str = ""
    icon: str = ""
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    by_hand: int = sys.maxsize

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """Where it stands among its neighbours: what has nothing to buy comes last."""
        return not self.count(), self.by_hand, self.place, self.name.casefold()

    def count(self, paused: Set[SupplierName] = frozenset()) -> int:
        """How many services can be bought now, while these suppliers are paused."""
        return sum(count for name, count in self.on_sale.items() if name not in paused)

    def is_paused(self, paused: Set[SupplierName] = frozenset()) -> bool:
        """Whether nothing can be bought and something is not sold out but paused."""
        some = self.has_paused or not paused.isdisjoint(self.on_sale)
        return some and not self.count(paused)


def fold_name(name: str) -> str:
    """A category's name as names are compared: neither case, width nor blanks matter."""
    return fold(unicodedata.normalize("NFKC", name))


def own_names(labels: Iterable[Category], language: str) -> dict[CategoryId, str]:
    """What operators call categories in a language, by each of their ids."""
    return {one.id: one.names[language] for one in labels if language in one.names}


class Tree:
    """The categories as they stand, and where what a supplier lists in one of them is shown.

    Rows of one place and one name are one category, known by its `head`, the lowest of their ids,
    and shown under the id whose spelling was chosen: by an operator, or what is listed first.

    Attributes:
        labels: the rows, by their ids.
        places: what operators decided, as it is kept.
        nodes: the categories, by the ids that they are shown under.
        suppliers: those whose categories an operator placed by themselves.
    """

    def __init__(
        self, labels: Mapping[CategoryId, Category], places: Places | None = None
    ) -> None:
        self.labels, self.places = labels, dict(places or {})
        self._heads: dict[CategoryId, CategoryId] = {}
        self._rows: dict[CategoryId, list[Category]] = defaultdict(list)
        self._below: dict[tuple[CategoryId | None, str], CategoryId] = {}
        for category in sorted(labels):
            self._rows[self.head(category)].append(labels[category])
        self._hand = {
            (self.head(one), supplier): shown for (one, supplier), shown in self.places.items()
        }
        self.suppliers = tuple(sorted({name for _, name in self._hand} - {EVERYBODY}))
        self._circles: set[CategoryId] = set()
        self._homes: dict[tuple[CategoryId, SupplierName], CategoryId] = {}
        self._shown = {head: self._spelled(head) for head in self._rows}
        self.nodes = {one.id: one for one in map(self._node, self._rows)}
        for head, supplier in self._hand:
            self._keep_place(head, self.home(head, supplier))

    def head(self, category: CategoryId) -> CategoryId:
        """The lowest id of the same category; an unknown one is its own."""
        known = self._heads.get(category)
        if known is None:
            label = self.labels.get(category)
            known = (
                category if label is None else self._below.setdefault(_key(self, label), category)
            )
            self._heads[category] = known
        return known

    def find_spelled(self, category: CategoryId) -> CategoryId:
        """The id under which it is shown where it is listed."""
        head = self.head(category)
        return self._shown.get(head, head)

    def _spelled(self, head: CategoryId) -> CategoryId:
        by_hand = self._hand.get((head, EVERYBODY))
        if by_hand is not None and self.head(by_hand) == head:
            return by_hand
        return min(self._rows[head], key=_listed).id

    def _node(self, head: CategoryId) -> Category:
        shown, rows = self._shown[head], self._rows[head]
        label = self.labels[shown]
        above = None if label.parent is None else self.head(label.parent)
        parent = above if above is None else self._shown.get(above, above)
        if len(rows) == 1 and parent == label.parent:
            return label
        ordered = sorted(rows, key=_listed)
        same = tuple(one.id for one in ordered if one.id != shown)
        return replace(label, parent=parent, place=ordered[0].place, same=same)

    def _keep_place(self, moved: CategoryId, home: CategoryId) -> None:
        """An operator's own category stands where the first of what is shown in it is listed."""
        node, was = self.nodes.get(home), self.nodes.get(self._shown.get(moved, moved))
        if node is None or was is None or was.place >= node.place or was.parent != node.parent:
            return
        if self.labels[home].place == sys.maxsize:
            self.nodes[home] = replace(node, place=was.place)

    def home(self, category: CategoryId, supplier: SupplierName = EVERYBODY) -> CategoryId:
        """Where what the supplier lists in the category is shown."""
        found = self._homes.get((category, supplier))
        if found is None:
            head = self._resolve(self.head(category), supplier, frozenset())
            found = self._homes[category, supplier] = self._shown.get(head, head)
        return found

    def _resolve(
        self, head: CategoryId, supplier: SupplierName, seen: frozenset[CategoryId]
    ) -> CategoryId:
        if head in seen:
            self._circles.add(head)
            return head
        seen |= {head}
        moved = self.find_place(head, supplier)
        if moved is not None:
            return self._resolve(moved, supplier, seen)
        label = self.labels.get(head)
        if label is None or label.parent is None:
            return head
        above = self.head(label.parent)
        place = self._resolve(above, supplier, seen)
        if place == above:
            return head
        below = self._below.get((place, fold_name(label.name)))
        return place if below is None else self._resolve(below, supplier, seen)

    @property
    def is_circular(self) -> bool:
        """Whether places lead in a circle: what they name stays somewhere on it."""
        for category in self._rows:
            for supplier in (EVERYBODY, *self.suppliers):
                self.home(category, supplier)
        return bool(self._circles)

    def find_place(self, category: CategoryId, supplier: SupplierName) -> CategoryId | None:
        """The head of the category in which an operator wants to see it, if in another one."""
        head = self.head(category)
        shown = self._hand.get((head, supplier), self._hand.get((head, EVERYBODY)))
        moved = None if shown is None else self.head(shown)
        return None if moved == head else moved

    def find_below(self, parent: CategoryId | None, name: str) -> CategoryId | None:
        """The category of this name in this place, by its head."""
        return self._below.get((None if parent is None else self.head(parent), fold_name(name)))

    def find_lack(
        self, category: CategoryId, supplier: SupplierName
    ) -> tuple[CategoryId, str] | None:
        """A category that is missing below another one, into which what is above it was moved."""
        label = self.labels.get(category)
        if (
            label is None
            or label.parent is None
            or self.find_place(category, supplier) is not None
        ):
            return None
        place = self.home(label.parent, supplier)
        is_there = self.head(place) == self.head(label.parent)
        if is_there or self.find_below(place, label.name) is not None:
            return None
        return place, label.name


def _listed(category: Category) -> tuple[int, CategoryId]:
    return category.place, category.id


def _key(tree: Tree, label: Category) -> tuple[CategoryId | None, str]:
    above = None if label.parent is None else tree.head(label.parent)
    return above, fold_name(label.name)
