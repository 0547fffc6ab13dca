"""What operators read of a category: who lists what in it, and what was decided about it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.places.named import BETWEEN, Listed, ids_above, list_services, path_of
from bot.catalog.places.tree import EVERYBODY, Tree
from bot.catalog.shelf import Shelf


@dataclass(frozen=True, slots=True)
class ListedThere:
    """What one supplier lists in a category and below it: how many, and under which names."""

    supplier: SupplierName
    services: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What operators moved here from another category; `supplier` is empty for all of them."""

    category: CategoryId
    name: str
    supplier: SupplierName
    services: int


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """A category as it is shown; `path` leads to it, the top first.

    `icon` and `names` by language are operators' own; `is_ordered` where its place is.
    """

    id: CategoryId
    path: tuple[str, ...]
    listed: tuple[ListedThere, ...]
    decided: tuple[Decided, ...]
    icon: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    is_ordered: bool = False

    @property
    def name(self) -> str:
        """What customers read."""
        return self.path[-1]

    @property
    def services(self) -> int:
        """How many services are known here and below."""
        return sum(one.services for one in self.listed)


def find_card(shelf: Shelf, category: CategoryId) -> CategoryCard | None:
    """The card of the category that is shown for this one; None where none is known."""
    tree = shelf.tree
    if category not in tree.labels:
        return None
    found = shelf.find_category(category)
    here = tree.home(category) if found is None else found.id
    services = list_services(shelf)
    homes = {home for *_, home in services}
    below = {home for home in homes if here in ids_above(tree, home)}
    listed = [one for one in services if one[2] in below]
    decided = _decided(tree, here, services)
    node = tree.nodes[here]
    return CategoryCard(
        here,
        path_of(tree, here),
        _by_supplier(tree, listed),
        decided,
        icon=node.icon,
        names=node.names,
        is_ordered=node.by_hand != sys.maxsize,
    )


def list_neighbours(shelf: Shelf, category: CategoryId) -> tuple[CategoryId, ...]:
    """The categories that stand beside one on the shelf, itself included, in their order."""
    found = shelf.find_category(category)
    return () if found is None else tuple(one.id for one in shelf.categories(found.parent))


def _by_supplier(tree: Tree, listed: list[Listed]) -> tuple[ListedThere, ...]:
    counts = Counter(supplier for supplier, *_ in listed)
    names = sorted({(supplier, _listed_as(tree, category)) for supplier, category, _ in listed})
    return tuple(
        ListedThere(supplier, count, tuple(name for whose, name in names if whose == supplier))
        for supplier, count in sorted(counts.items())
    )


def _listed_as(tree: Tree, category: CategoryId) -> str:
    """The path as the supplier lists it."""
    names, at = list[str](), tree.labels.get(category)
    while at is not None:
        names.append(at.name)
        at = None if at.parent is None else tree.labels.get(at.parent)
    return BETWEEN.join(reversed(names))


def _decided(tree: Tree, here: CategoryId, services: list[Listed]) -> tuple[Decided, ...]:
    """What was moved here or spelled anew."""
    found = list[Decided]()
    for (category, supplier), shown in sorted(tree.places.items()):
        if tree.find_spelled(shown) == here:
            known = {listed for _, listed, _ in services}
            below = {one for one in known if tree.head(category) in _listed_above(tree, one)}
            moved = sum(
                supplier in {EVERYBODY, whose} and listed in below for whose, listed, _ in services
            )
            found.append(Decided(category, _listed_as(tree, category), supplier, moved))
    return tuple(found)


def _listed_above(tree: Tree, category: CategoryId) -> list[CategoryId]:
    """The heads of the category and of what its supplier lists it below."""
    heads, at = list[CategoryId](), tree.labels.get(category)
    while at is not None:
        heads.append(tree.head(at.id))
        at = None if at.parent is None else tree.labels.get(at.parent)
    return heads
