"""Quotes and orders as customers reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.catalog import Service
from bot.domain.ids import CustomerId, OrderId, QuoteId
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """A price to lock."""

    customer: CustomerId
    service: Service
    quantity: int
    link: str
    unit_price: Money
    unit: int
    total: Money
    cost: Money
    created_at: datetime
    expires_at: datetime
    reuse: OrderId | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """A confirmed quote.

    `card` is the message that is to be edited as the order goes on; `cost` is what the supplier
    should charge at a rate read after the quote was made.
    """

    customer: CustomerId
    quote: QuoteId
    card: int | None = None
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A used quote's first order and all of them: numbers are one order each.

    `fresh` is False when the quote had been used before.
    """

    order: OrderId
    fresh: bool
    orders: tuple[OrderId, ...] = ()
