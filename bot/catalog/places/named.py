"""Categories by their names, as an operator types them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.errors import NotForSaleReason
from bot.catalog.places.tree import Category, Tree, fold_name
from bot.catalog.shelf import Shelf
from bot.suppliers.words import Kind

NEAREST: Final = 6
_ALIKE: Final = 55
"""How alike a name must be to be offered, out of 100."""
_LONGEST: Final = 120
BETWEEN: Final = " > "

Listed = tuple[SupplierName, CategoryId, CategoryId]
"""Whose service, where it is listed, and where it is shown."""


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


def _known(shelf: Shelf) -> list[Named]:
    """Every category in which anything is listed, in the order of their paths."""
    homes = {home for *_, home in list_services(shelf)}
    used = {above for home in homes for above in ids_above(shelf.tree, home)}
    return sorted((Named(one, path_of(shelf.tree, one)) for one in used), key=lambda it: it.path)


def list_services(shelf: Shelf) -> list[Listed]:
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


def ids_above(tree: Tree, category: CategoryId) -> list[CategoryId]:
    """The ids of a category as it is shown and of all above it, the nearest first."""
    return [one.id for one in _above(tree, category)]


def path_of(tree: Tree, category: CategoryId) -> tuple[str, ...]:
    """The names of a category and of all above it in English, the top first."""
    return tuple(one.name for one in reversed(_above(tree, category)))


def _folded(one: Named) -> str:
    return fold_name(BETWEEN.join(one.path))
