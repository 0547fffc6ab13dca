"""What comes nearest to something that is not sold any more: by its name, and by its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Final

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.listing import Sort
from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer, Service
from bot.catalog.search.look import Hit
from bot.catalog.shelf import Shelf

_MANY: Final = 5
_ALIKE: Final = 3


def nearest_offers(
    shelf: Shelf, gone: Service, hits: Iterable[Hit], paused: Set[SupplierName] = frozenset()
) -> tuple[Offer, ...]:
    """Up to five that can be bought: what is called alike, then what lies around.

    `hits` is what was found by the name, of which the first three at most are taken.
    """
    named = (shelf.find_offer(hit.service) for hit in hits if hit.service is not None)
    alike = [one for one in named if one is not None and one.service.is_on_sale(paused)]
    near = {one.service.id: one for one in alike[:_ALIKE]}
    near |= {one.service.id: one for one in _lying_around(shelf, gone.category, paused)}
    return tuple(near.values())[:_MANY]


def _lying_around(
    shelf: Shelf, category: CategoryId, paused: Set[SupplierName]
) -> tuple[Offer, ...]:
    """Of the category, else of what lies around it, ever wider."""
    for around in _around(shelf, category):
        found = (
            offer
            for below in _with_all_below(shelf, around)
            for offer in shelf.offers(below, Sort.PRICE)
            if offer.service.is_on_sale(paused)
        )
        if few := tuple(islice(found, _MANY)):
            return few
    return ()


def nearest_categories(shelf: Shelf, category: CategoryId | None) -> tuple[Category, ...]:
    """Up to five categories beside one where nothing is shown, or beside the nearest above it."""
    for around in () if category is None else _around(shelf, category):
        beside = shelf.categories(shelf.find_parent(around))
        if beside:
            return beside[:_MANY]
    return shelf.categories()[:_MANY]


def _around(shelf: Shelf, category: CategoryId) -> Iterator[CategoryId]:
    at: CategoryId | None = category
    while at is not None:
        yield at
        at = shelf.find_parent(at)


def _with_all_below(shelf: Shelf, category: CategoryId) -> Iterator[CategoryId]:
    yield category
    for below in shelf.categories(category):
        yield from _with_all_below(shelf, below.id)
