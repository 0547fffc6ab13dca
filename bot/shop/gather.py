"""Gather evidence: read the operator's balance again for attempts in doubt whose time has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.errors import SupplierError, Throttled
from bot.ops.clock import Clock
from bot.shop.suppliers import Supplier
from bot.shop.watch import WatchSuppliers
from bot.storage import evidence, releasing
from bot.storage.database import Database

_AGAIN: Final = timedelta(seconds=15)
_OTHER_MONEY: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class GatherEvidence:
    """One look at a supplier's attempts in doubt."""

    db: Database
    watch: WatchSuppliers
    clock: Clock

    async def __call__(self, supplier: Supplier) -> bool:
        """Whether a reading was taken; one serves all attempts that wait for one."""
        due = await self.db.read(evidence.due_readings, supplier.name)
        if not due:
            return False
        try:
            balance = await self.watch.read_balance(supplier)
        except SupplierError as failure:
            wait = failure.retry_after if isinstance(failure, Throttled) else _AGAIN
            for order, attempt in due:
                again_at = self.clock.now() + wait
                await self.db.write(evidence.reading_failed, order, attempt, again_at)
            return False
        if balance.currency != self.watch.currency:  # amounts in two currencies prove nothing
            for order, attempt in due:
                again_at = self.clock.now() + _OTHER_MONEY
                await self.db.write(evidence.reading_failed, order, attempt, again_at)
            return False
        for order, attempt in due:
            await self.db.write(releasing.note_reading, order, attempt, balance)
        return True
