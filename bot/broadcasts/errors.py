"""Why a broadcast cannot be changed or sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.base.errors import ShopError


class CannotBroadcastReason(StrEnum):
    """Why nothing was done with a broadcast."""

    CHANGED = "changed"
    """It is not what the operator saw: changed, started or ended meanwhile."""
    NOBODY = "nobody"


@dataclass(eq=False)
class CannotBroadcast(ShopError):
    """Nothing was changed and nothing sent."""

    reason: CannotBroadcastReason
