"""In which orders a category is listed, and how many can be bought in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from bot.base.ids import SupplierName
from bot.catalog.places.tree import EVERYBODY
from bot.catalog.rules import Offer


class Sort(StrEnum):
    """How a customer wants a category sorted; the value travels in taps."""

    PRICE = "p"
    NAME = "n"
    STOCK = "s"


def sort_each_way(offers: list[Offer]) -> dict[Sort, tuple[Offer, ...]]:
    """The offers in each order; what is sold out or paused stands last."""
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


def count_on_sale(offers: Iterable[Offer]) -> tuple[Counter[SupplierName], bool]:
    """How many can be bought of each supplier, and whether any other is paused by itself.

    What another supplier's would stand in for is nobody's alone: it outlasts the pause of one.
    """
    sold = Counter(
        EVERYBODY if one.service.instead else one.service.supplier
        for one in offers
        if one.service.is_on_sale()
    )
    return sold, any(one.service.is_paused(frozenset()) for one in offers)
