"""The workers of one supplier: a lane that sends orders, pollers that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.errors import SupplierError
from bot.shop.follow import Follow
from bot.shop.fulfil import Fulfil, GatherEvidence
from bot.shop.suppliers import Supplier

_BATCH: Final = 4
"""Few at a time: several pollers share the work, and stopping waits for a batch."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Sends a supplier's orders one after the other, and reads evidence for those in doubt."""

    supplier: Supplier
    fulfil: Fulfil
    gather: GatherEvidence

    async def step(self) -> int:
        """One order sent, or one reading taken; 0 when there was neither."""
        if await self.fulfil(self.supplier):
            return 1
        try:
            await self.gather(self.supplier)
        except SupplierError:
            return 0
        return 0


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads how a supplier's orders stand; several of them share one supplier's rows."""

    supplier: Supplier
    follow: Follow

    async def step(self) -> int:
        """How many orders were read; a fallen supplier is asked for one at a time."""
        fallen = self.supplier.health.down_since is not None
        due = await self.follow.claim(self.supplier, 1 if fallen else _BATCH)
        for one in due:
            await self.follow(self.supplier, one)
        return 0 if fallen else len(due)
