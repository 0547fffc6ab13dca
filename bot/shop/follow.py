"""Follow: read how sent orders stand, often at first and seldom later, until each has its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.errors import RefusalKind, Refused, SupplierError, Throttled
from bot.domain.settlement import Ending
from bot.ops.clock import Clock
from bot.shop.ports import Due
from bot.shop.suppliers import Supplier
from bot.shop.watch import WatchSuppliers
from bot.storage import settling
from bot.storage.database import Database

_PACE: Final = (
    (timedelta(seconds=30), timedelta(seconds=1)),
    (timedelta(minutes=2), timedelta(seconds=2)),
    (timedelta(minutes=10), timedelta(seconds=5)),
    (timedelta(hours=1), timedelta(seconds=20)),
    (timedelta(days=1), timedelta(minutes=2)),
)
_SLOWEST: Final = timedelta(minutes=10)
_AFTER_FAILURE: Final = timedelta(seconds=5)
_AFTER_A_FALL: Final = timedelta(minutes=5)


def pace(age: timedelta) -> timedelta:
    """How long to wait between two readings of an order of this age."""
    for up_to, every in _PACE:
        if age < up_to:
            return every
    return _SLOWEST


@dataclass(frozen=True, slots=True)
class Follow:
    """One order's reading.

    Args:
        jitter: from 0 to 1, so that orders of one moment do not stay in step.
    """

    db: Database
    watch: WatchSuppliers
    clock: Clock
    jitter: Callable[[], float]

    async def __call__(self, supplier: Supplier, due: Due) -> Ending | None:
        """The order's end, if this reading brought it."""
        try:
            answer = await supplier.status(due.remote)
        except Refused as no:
            await self._refused(supplier, due, no)
        except Throttled as busy:
            await self.db.write(settling.missed, due, self.clock.now() + busy.retry_after)
        except SupplierError:
            wait = max(self._pause(due), _AFTER_FAILURE)
            await self.db.write(settling.missed, due, self.clock.now() + wait)
        else:
            now = self.clock.now()
            settled = await self.db.write(settling.settle, due, answer, now + self._pause(due))
            return settled if isinstance(settled, Ending) else None
        return None

    async def put_off(self, due: Due) -> None:
        """Look at a broken order again in a while."""
        await self.db.write(settling.missed, due, self.clock.now() + _AFTER_A_FALL)

    async def _refused(self, supplier: Supplier, due: Due, no: Refused) -> None:
        """Only the clear word that there is no such order counts against it."""
        await self.watch.refused(supplier.name, no)
        next_at = self.clock.now() + max(self._pause(due), _AFTER_FAILURE)
        if no.kind is RefusalKind.NO_SUCH_ORDER:
            await self.db.write(settling.unknown_to_supplier, due, next_at)
        else:
            await self.db.write(settling.missed, due, next_at)

    def _pause(self, due: Due) -> timedelta:
        every = pace(self.clock.now() - due.active_since)
        return every * (0.9 + 0.2 * self.jitter())
