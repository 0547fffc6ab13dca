"""What operators are told of a supplier's balance and prices."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec

from bot.outbox.notice import Notice


class LowReason(StrEnum):
    """What a low balance is less than."""

    OWN = "own"
    """The operator's setting."""
    DAY = "day"
    """What the orders of the last day cost."""
    SERVICE = "service"
    """What the dearest service on sale costs at its smallest order."""


class CalibrationDone(Notice, frozen=True, tag="calibration"):
    """To the operator who placed this order: what it says about the supplier's rate."""

    order: int


class LowBalance(Notice, frozen=True, tag="a-low"):
    """To operators: the balance at a supplier is below `mark`, both in its currency."""

    supplier: str
    balance: Decimal
    currency: str
    mark: Decimal
    why: LowReason


class JumpedPrice(msgspec.Struct, frozen=True):
    """What customers paid for `unit` of a service, and what they pay now, in micro-units."""

    name: str
    before: int
    after: int
    unit: int


class PricesJumped(Notice, frozen=True, tag="a-prices"):
    """To operators: so many services on sale became much dearer or cheaper; the largest named.

    `percent` is how much counts; `held` of them are hidden until an operator agrees.
    """

    supplier: str
    count: int
    named: tuple[JumpedPrice, ...] = ()
    percent: int = 30
    held: int = 0
