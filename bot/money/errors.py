"""Why credit does not move."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.errors import ShopError
from bot.base.money import Money


@dataclass(eq=False)
class NotEnoughCredit(ShopError):
    """The free credit is `short_by` below the total."""

    short_by: Money
    total: Money


@dataclass(eq=False)
class NotInSteps(ShopError):
    """The amount is no whole number of `step`, which is what the shop counts in."""

    step: Money


class AlreadyReversed(ShopError):
    """The transfer has been made undone before; nothing more happens."""
