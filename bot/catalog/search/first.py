"""What is offered to somebody who has not said yet what they look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import chain, islice

from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.catalog.listing import Sort
from bot.catalog.rules import Offer
from bot.catalog.shelf import Shelf


def first_offers(
    shelf: Shelf, own: Sequence[ServiceId], paused: Set[SupplierName], most: int
) -> tuple[Offer, ...]:
    """What can be bought now: first the reader's `own`, then all in the catalog's order."""
    named = (shelf.find_shown(one) for one in dict.fromkeys(own))
    mine = [one for one in named if one is not None and one.service.is_on_sale(paused)]
    known = {offer.service.id for offer in mine}
    others = (
        offer
        for offer in _in_order(shelf, None)
        if offer.service.is_on_sale(paused) and offer.service.id not in known
    )
    return tuple(islice(chain(mine, others), most))


def _in_order(shelf: Shelf, parent: CategoryId | None) -> Iterator[Offer]:
    for category in shelf.categories(parent):
        yield from shelf.offers(category.id, Sort.PRICE)
        yield from _in_order(shelf, category.id)
