"""The least that anybody can spend in the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from bot.base.ids import SupplierName
from bot.base.money import Money
from bot.catalog.shelf import Shelf


@dataclass(slots=True)
class CheapestOrder:
    """The lowest price of a smallest order, looked for once in all catalogues as they were read.

    A single service that has changed since then, such as one that sold out, may still count.
    """

    _read_at: Mapping[SupplierName, datetime] | None = None
    _paused: Set[SupplierName] = frozenset()
    _price: Money | None = None

    def find(self, shelf: Shelf, paused: Set[SupplierName]) -> Money | None:
        """The price, None while nothing can be bought from suppliers that are not paused."""
        if self._read_at is not shelf.read_at or self._paused != paused:
            self._price = min(_smallest_orders(shelf, paused), default=None)
            self._read_at, self._paused = shelf.read_at, paused
        return self._price


def _smallest_orders(shelf: Shelf, paused: Set[SupplierName]) -> Iterator[Money]:
    for service in shelf.services():
        if service.is_on_sale(paused):
            listed, basis = service.listed, service.basis or 1
            yield shelf.pricing.total(listed.rate, basis, service.span.least)
