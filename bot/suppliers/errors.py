"""What the conversation with a supplier ends in, in five words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Final

from bot.base.errors import ShopError


class RequestOutcome(StrEnum):
    """What one request ended in: ok, or one of the errors below."""

    OK = "ok"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    IN_DOUBT = "in_doubt"
    THROTTLED = "throttled"
    MALFORMED = "malformed"


CountRequest = Callable[[str, RequestOutcome, float], None]
"""Is told the action, the outcome and the seconds of each request."""


def uncounted(_action: str, _outcome: RequestOutcome, _seconds: float) -> None:
    """Count nothing."""


class SupplierError(ShopError):
    """What the conversation with a supplier ended in; `outcome` is the word for counts."""

    outcome: ClassVar = RequestOutcome.MALFORMED


class NotSent(SupplierError):
    """Nothing left this machine, so nothing can have been ordered."""

    outcome = RequestOutcome.NOT_SENT


class RefusalKind(StrEnum):
    """What a clear no is about, as the supplier's dialect reads it."""

    BAD_KEY = "bad_key"
    """The operator's key is wrong: every request fails until it is changed."""
    EMPTY_WALLET = "empty_wallet"
    """The operator's own balance at the supplier does not cover the order."""
    OUT_OF_STOCK = "out_of_stock"
    """The supplier has fewer than were ordered."""
    NO_SUCH_ORDER = "no_such_order"
    NO_SUCH_SERVICE = "no_such_service"
    NO_SUCH_THING = "no_such_thing"
    """What was asked for does not exist, and the supplier does not say what that is."""
    OTHER = "other"


NO_SUCH: Final = frozenset(
    {RefusalKind.NO_SUCH_ORDER, RefusalKind.NO_SUCH_SERVICE, RefusalKind.NO_SUCH_THING}
)
"""The supplier has no such thing: enough to know where only one thing was asked about."""


@dataclass(eq=False)
class Refused(SupplierError):
    """A clear no: its kind, and the supplier's words, which only operators may read."""

    outcome = RequestOutcome.REFUSED
    said: str
    kind: RefusalKind = RefusalKind.OTHER


@dataclass(eq=False)
class InDoubt(SupplierError):
    """The request left and nothing usable came back."""

    outcome = RequestOutcome.IN_DOUBT
    why: str
    said: str = ""


@dataclass(eq=False)
class Throttled(SupplierError):
    """The supplier asked for patience; `retry_after` is bounded."""

    outcome = RequestOutcome.THROTTLED
    retry_after: timedelta


@dataclass(eq=False)
class Malformed(SupplierError):
    """A reading (catalogue, status, balance) answered something unusable."""

    why: str


class Unreadable(Malformed):
    """An answer came and cannot be read: the trouble of what was asked about, no silence."""
