"""An offer: a service on sale with the price that is shown for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalog import Service
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class Offer:
    """A service on sale with its shown price: `price` is for `unit` units (1 or 1000)."""

    service: Service
    price: Money
    unit: int
