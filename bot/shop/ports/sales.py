"""Quotes and orders as customers reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.catalog import Service
from bot.domain.ids import CustomerId, OrderId, QuoteId, ServiceId
from bot.domain.money import Money
from bot.domain.shelf import Page
from bot.shop.views import Goods, OrderView, QuoteView


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


class Quotes(Protocol):
    """Locked prices."""

    async def create(self, draft: QuoteDraft) -> QuoteView:
        """Write a new quote down. Raises NotYours when it reuses a number of somebody else's."""
        ...

    async def load(self, customer: CustomerId, quote: QuoteId) -> QuoteView:
        """Raises NotYours for somebody else's and for none."""
        ...

    async def remember_wish(
        self, customer: CustomerId, service: ServiceId, quantity: int, now: datetime
    ) -> None:
        """What the customer could not afford, to be offered when credit arrives."""
        ...


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


class Orders(Protocol):
    """Orders as their customers reach them; every method checks the owner and raises NotYours."""

    async def place(self, asked: Purchase, now: datetime) -> Placed:
        """Use the quote, make the order, hold the money: all or nothing.

        Raises NotYours, QuoteExpired, NotEnoughCredit, Banned, NotForSale.
        """
        ...

    async def load(self, customer: CustomerId, order: OrderId) -> OrderView:
        """One order."""
        ...

    async def of_quote(self, customer: CustomerId, quote: QuoteId) -> tuple[OrderId, ...]:
        """The orders that a quote became, none while it is not used."""
        ...

    async def list_orders(
        self, customer: CustomerId, page: int, *, only_open: bool
    ) -> Page[OrderView]:
        """Newest first, eight a page."""
        ...

    async def goods(self, customer: CustomerId, order: OrderId) -> tuple[Goods, ...]:
        """All batches so far, the oldest first; empty when none came or they were purged."""
        ...

    async def cancel(self, customer: CustomerId, order: OrderId, now: datetime) -> OrderView:
        """End an order that has not left us yet. Raises IllegalMove when it has."""
        ...

    async def report_problem(self, customer: CustomerId, order: OrderId, now: datetime) -> bool:
        """Alert the operators once per order and hour; False when they know already."""
        ...

    async def card_shown(
        self, order: OrderId, card: int, shown: OrderView | None, now: datetime
    ) -> None:
        """The message that shows the order.

        It is edited once more when the order is not as `shown` any more, or nobody knows.
        """
        ...

    async def card_of(self, order: OrderId) -> int | None:
        """The message to edit for an order."""
        ...

    async def load_for_notice(self, order: OrderId) -> OrderView:
        """One order, for rendering a notice to its own customer or to operators."""
        ...

    async def goods_batch(self, order: OrderId, batch: int) -> Goods | None:
        """One batch, for its delivery."""
        ...
