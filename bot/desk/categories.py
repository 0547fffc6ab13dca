"""What operators read of a category: who lists what in it, and what was decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.errors import NotForSaleReason
from bot.catalog.places.tree import EVERYBODY, Category, Tree, fold_name
from bot.catalog.shelf import Shelf
from bot.suppliers.words import Kind

NEAREST: Final = 6
_ALIKE: Final = 55
"""How alike a name must be to be offered, out of 100."""
_LONGEST: Final = 120
_BETWEEN: Final = " > "


Listed = tuple[SupplierName, CategoryId, CategoryId]
"""Whose service, where it is listed, and where it is shown."""


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
    """A category as it is shown; `path` leads to it, the top first."""

    id: CategoryId
    path: tuple[str, ...]
    listed: tuple[ListedThere, ...]
    decided: tuple[Decided, ...]

    @property
    def name(self) -> str:
        """What customers read."""
        return self.path[-1]

    @property
    def services(self) -> int:
        """How many services are known here and below."""
        return sum(one.services for one in self.listed)


@dataclass(frozen=True, slots=True)
class Named:
    """A category by its id and its path in English."""

    id: CategoryId
    path: tuple[str, ...]


def find_named(shelf: Shelf, words: str) -> tuple[tuple[Named, ...], bool]:
    """The categories of this name, or else those whose names are nearest; whether they are exact.

    `Mail > Gmail` names one by its whole path.
    """
    known = _known(shelf)
    wanted = fold_name(words[:_LONGEST].replace("›", ">"))
    exact = [one for one in known if wanted in {fold_name(one.path[-1]), _folded(one)}]
    if exact or not wanted:
        return tuple(exact[:NEAREST]), True
    return _nearest(known, wanted), False


def list_alike(shelf: Shelf, category: CategoryId) -> tuple[Named, ...]:
    """Other categories whose names are like that of this one, the most alike first."""
    known = _known(shelf)
    here = next((one for one in known if one.id == category), None)
    others = [one for one in known if one.id != category]
    return () if here is None else _nearest(others, fold_name(here.path[-1]))


def _nearest(known: Iterable[Named], wanted: str) -> tuple[Named, ...]:
    names = {one: fold_name(one.path[-1]) for one in known}
    found = process.extract(wanted, names, scorer=fuzz.WRatio, limit=NEAREST, score_cutoff=_ALIKE)
    return tuple(one for _name, _score, one in found)


def find_card(shelf: Shelf, category: CategoryId) -> CategoryCard | None:
    """The card of the category that is shown for this one; None where none is known."""
    tree = shelf.tree
    if category not in tree.labels:
        return None
    found = shelf.find_category(category)
    here = tree.home(category) if found is None else found.id
    services = _services(shelf)
    homes = {home for *_, home in services}
    below = {home for home in homes if here in _ids_above(tree, home)}
    listed = [one for one in services if one[2] in below]
    decided = _decided(tree, here, services)
    return CategoryCard(here, _path(tree, here), _by_supplier(tree, listed), decided)


def _known(shelf: Shelf) -> list[Named]:
    """Every category in which anything is listed, in the order of their paths."""
    homes = {home for *_, home in _services(shelf)}
    used = {above for home in homes for above in _ids_above(shelf.tree, home)}
    return sorted((Named(one, _path(shelf.tree, one)) for one in used), key=lambda it: it.path)


def _services(shelf: Shelf) -> list[Listed]:
    """Every service but numbers and what is gone."""
    return [
        (one.supplier, one.category, shelf.category_of(one))
        for one in shelf.services()
        if one.kind is not Kind.NUMBER
        and one.hidden is not NotForSaleReason.GONE
        and one.category in shelf.tree.labels
    ]


def _above(tree: Tree, category: CategoryId) -> list[Category]:
    """The category and what stands above it."""
    path, at = list[Category](), tree.nodes.get(category)
    while at is not None:
        path.append(at)
        at = None if at.parent is None else tree.nodes.get(at.parent)
    return path


def _ids_above(tree: Tree, category: CategoryId) -> list[CategoryId]:
    return [one.id for one in _above(tree, category)]


def _path(tree: Tree, category: CategoryId) -> tuple[str, ...]:
    return tuple(one.name for one in reversed(_above(tree, category)))


def _folded(one: Named) -> str:
    return fold_name(_BETWEEN.join(one.path))


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
    return _BETWEEN.join(reversed(names))


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
