"""The least that anybody can spend in the shop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from bot.base.ids import SupplierName
from bot.base.money import Money
from bot.catalog.shelf import Shelf


@dataclass(slots=True)
class CheapestOrder:
    """The lowest price of a smallest order, looked for once in all catalogues as they were read.

    A single service that has changed since then, such as one that sold out, may still count. It is
    looked for on a thread, so that nobody's tap waits for thousands of prices.
    """

    _read_at: Mapping[SupplierName, datetime] | None = None
    _paused: Set[SupplierName] = frozenset()
    _price: Money | None = None

    async def find(self, shelf: Shelf, paused: Set[SupplierName]) -> Money | None:
        """The price, None while nothing can be bought from suppliers that are not paused."""
        if self._read_at is shelf.read_at and self._paused == paused:
            return self._price
        price = await asyncio.to_thread(_cheapest, shelf, paused)
        self._read_at, self._paused, self._price = shelf.read_at, paused, price
        return price


def _cheapest(shelf: Shelf, paused: Set[SupplierName]) -> Money | None:
    return min(_smallest_orders(shelf, paused), default=None)


def _smallest_orders(shelf: Shelf, paused: Set[SupplierName]) -> Iterator[Money]:
    for service in shelf.services():
        if service.is_on_sale(paused):
            listed, basis = service.listed, service.basis or 1
            yield shelf.pricing_of(service).total(listed.rate, basis, service.span.least)
