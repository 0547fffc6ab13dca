"""Words that suppliers of the API v2 family share; a dialect takes them over or has its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.errors import RefusalKind

REFUSALS: Final[Mapping[str, RefusalKind]] = {
    "invalid api key": RefusalKind.BAD_KEY,
    "insufficient balance": RefusalKind.EMPTY_WALLET,
    "insufficient stock": RefusalKind.OUT_OF_STOCK,
    "order not found": RefusalKind.NO_SUCH_ORDER,
    "service not found": RefusalKind.NO_SUCH_SERVICE,
    "not found": RefusalKind.NO_SUCH_THING,
}
"""Source: "Error Responses" of AccPlanet, the error list at the end of HstockPlus."""
REFUSAL_CODES: Final[Mapping[int, RefusalKind]] = {401: RefusalKind.BAD_KEY}
"""HTTP statuses that are a refusal by themselves. Source: AccPlanet API v2, "Error Responses"."""
