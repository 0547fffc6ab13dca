"""The workers of one supplier: a lane that sends orders, pollers that follow them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import structlog

from bot.domain.errors import BooksClosed
from bot.shop.follow import Follow
from bot.shop.fulfil import Fulfil
from bot.shop.gather import GatherEvidence
from bot.shop.ports import Due
from bot.shop.suppliers import Supplier
from bot.storage import settling

log = structlog.stdlib.get_logger(__name__)

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
        gathered = await self.gather(self.supplier)
        return 1 if await self.fulfil(self.supplier) or gathered else 0


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads how a supplier's orders stand; several of them share one supplier's rows."""

    supplier: Supplier
    follow: Follow

    async def step(self) -> int:
        """How many orders were read; a fallen supplier is asked for one at a time."""
        fallen = self.supplier.health.down_since is not None
        due = await self.follow.db.write(
            settling.claim, self.supplier.name, 1 if fallen else _BATCH
        )
        for one in due:
            await self._read(one)
        return 0 if fallen else len(due)

    async def _read(self, one: Due) -> None:
        """One order that breaks must not hold up the others; it is looked at again later."""
        try:
            await self.follow(self.supplier, one)
        except BooksClosed:
            raise
        except Exception:
            log.exception("order_broke", order=one.order)
            await self.follow.put_off(one)
