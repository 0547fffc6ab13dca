"""Why an order is not made or does not move."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.errors import ShopError
from bot.base.ids import OrderId, QuoteId
from bot.base.money import Money


class QuoteExpired(ShopError):
    """The quote's time is over; a new one has to be asked for."""


@dataclass(eq=False)
class PriceRose(ShopError):
    """The supplier got dearer; `new_quote` holds today's price and nothing was charged."""

    new_quote: QuoteId


@dataclass(eq=False)
class TooManyOpen(ShopError):
    """The customer has `count` orders under way, or `numbers`, and `most` is the limit."""

    count: int
    most: int
    numbers: bool


@dataclass(eq=False)
class OverLimit(ShopError):
    """More than an operator lets this customer buy: orders an hour, or money a day.

    One of `orders` and `spend` is the limit, the other None.
    """

    orders: int | None = None
    spend: Money | None = None


@dataclass(eq=False)
class IllegalMove(ShopError):
    """The order stands where this move cannot start."""

    order: OrderId
    to: str
