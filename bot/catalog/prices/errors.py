"""Why a price rule cannot stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.base.errors import ShopError
from bot.base.money import Money


class BadPriceReason(StrEnum):
    """Why a typed rule cannot stand; the desk has a sentence for each."""

    UNREADABLE = "unreadable"
    UNCLEAR = "unclear"
    WITHOUT_UNIT = "without_unit"
    TWO_MARKUPS = "two_markups"
    TWICE = "twice"
    PERCENT = "percent"
    AMOUNT = "amount"
    STEP = "step"
    MARGIN_ABOVE_AMOUNT = "margin_above_amount"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


@dataclass(eq=False)
class BadPrice(ShopError):
    """Nothing was changed; `step` is the shop's own, of which another one has to be a multiple."""

    reason: BadPriceReason
    step: Money | None = None


@dataclass(eq=False)
class PricesChanged(ShopError):
    """Another operator changed a price rule since the preview; nothing was saved."""
