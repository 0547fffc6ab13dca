"""Why credit does not move."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.errors import NotAllowed, ShopError
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


class OwnCredit(NotAllowed):
    """An operator who is no owner gives credit to themself; nothing was done."""


@dataclass(eq=False)
class NeedsSecond(ShopError):
    """One operator may give `most` a day; with this amount it would be more. Nothing was done."""

    most: Money


class OwnApproval(ShopError):
    """Who asked for a second operator is not that operator; nothing was done."""


class RequestChanged(ShopError):
    """The customer has changed the amount since the operator read it; nothing was done."""
