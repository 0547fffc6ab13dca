"""The workers of rented numbers: a supplier's are looked at in turn, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import structlog

from bot.domain.errors import BooksClosed
from bot.shop.ports import DueNumber
from bot.shop.suppliers import Supplier
from bot.shop.watch_numbers import WatchNumbers
from bot.storage import rentals

log = structlog.stdlib.get_logger(__name__)

_BATCH: Final = 2
"""Few at a time: under a tight cap a claimed number must not wait behind many others."""


@dataclass(frozen=True, slots=True)
class NumberWatcher:
    """Looks at a supplier's numbers; several of them share one supplier's rows."""

    supplier: Supplier
    look: WatchNumbers

    async def step(self) -> int:
        """How many numbers were looked at; a fallen supplier is asked for one at a time."""
        fallen = self.supplier.health.down_since is not None
        due = await self.look.db.write(rentals.claim, self.supplier.name, 1 if fallen else _BATCH)
        for one in due:
            await self._look(one)
        return 0 if fallen else len(due)

    async def _look(self, one: DueNumber) -> None:
        """One number that breaks must not hold up the others; it is looked at again later."""
        try:
            await self.look(self.supplier, one)
        except BooksClosed:
            raise
        except Exception:
            log.exception("number_broke", order=one.order)
            await self.look.put_off(one)
