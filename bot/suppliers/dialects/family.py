"""Words that suppliers of the API v2 family share; a dialect takes them over or has its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.suppliers.errors import RefusalKind
from bot.suppliers.progress import RentalWord, Stage

STATUSES: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.WAITING: ("pending", "awaiting", "queued"),
    Stage.WORKING: ("in progress", "processing", "active"),
    Stage.DONE: ("completed", "complete", "success"),
    Stage.PARTIAL: ("partial", "partially completed"),
    Stage.CANCELED: ("canceled", "cancelled", "refunded", "refund", "expired", "timeout"),
    Stage.TROUBLE: ("error", "fail", "failed", "rejected"),
}
"""Source: the five that HstockPlus lists, and what public clients of the family report."""
NUMBER_STATUSES: Final[Mapping[RentalWord, tuple[str, ...]]] = {
    RentalWord.OPEN: (
        *("waiting", "wait", "pending", "awaiting", "queued"),
        *("in progress", "processing", "active"),
    ),
    RentalWord.CODE: (
        *("code received", "received", "sms received"),
        *("completed", "complete", "success"),
    ),
    RentalWord.RUN_OUT: ("expired", "timeout"),
    RentalWord.CANCELED: ("canceled", "cancelled", "refunded", "refund"),
}
"""Source: the examples under "SMS Verification API" of HstockPlus, and the table above."""
DEFAULT_TYPES: Final = ("default",)
PRODUCT_ENTITIES: Final = ("product", "products", "account", "accounts")
"""Source: "Services List" of AccPlanet, and what public clients of the family report."""
REFUSALS: Final[Mapping[RefusalKind, tuple[str, ...]]] = {
    RefusalKind.BAD_KEY: ("invalid api key",),
    RefusalKind.EMPTY_WALLET: ("insufficient balance",),
    RefusalKind.OUT_OF_STOCK: ("insufficient stock",),
    RefusalKind.NO_SUCH_ORDER: ("order not found",),
    RefusalKind.NO_SUCH_SERVICE: ("service not found",),
    RefusalKind.NO_SUCH_THING: ("not found",),
}
"""Source: "Error Responses" of AccPlanet, the error list at the end of HstockPlus."""
REFUSAL_CODES: Final[Mapping[int, RefusalKind]] = {401: RefusalKind.BAD_KEY}
"""HTTP statuses that are a refusal by themselves. Source: AccPlanet API v2, "Error Responses"."""
