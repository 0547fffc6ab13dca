"""Poll: look at rented numbers until their codes have come or their time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.base.clock import Clock
from bot.base.errors import BooksClosed
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.numbers import settle
from bot.numbers.rows import DueNumber
from bot.orders.views import RentalState
from bot.suppliers.errors import Refused, SupplierError, Throttled
from bot.suppliers.port import NumberAnswer, Supplier
from bot.suppliers.progress import RentalWord
from bot.suppliers.words import Code

_MOST_TEXTS: Final = 5
"""So many messages without a code of their own; one that counts seconds must not flood a chat."""
_AFTER_FAILURE: Final = timedelta(seconds=4)
_AFTER_A_FALL: Final = timedelta(seconds=30)

log = structlog.stdlib.get_logger(__name__)

_BATCH: Final = 2
"""Few at a time: under a tight cap a claimed number must not wait behind many others."""


@dataclass(frozen=True, slots=True)
class WatchNumbers:
    """One look at one number.

    Args:
        jitter: from 0 to 1, so that failed looks of one moment do not stay in step.
    """

    db: Database
    watch: WatchSuppliers
    clock: Clock
    jitter: Callable[[], float]

    async def __call__(self, supplier: Supplier, due: DueNumber) -> RentalState | None:
        """Where the number stands after this look; None when it saw nothing."""
        try:
            answer = await supplier.number_status(due.remote)
            codes = await self._codes(supplier, due, answer)
        except Refused as no:
            await self.watch.refused(supplier.name, no)
            await self._missed(due, _AFTER_FAILURE)
        except Throttled as busy:
            await self._missed(due, busy.retry_after)
        except SupplierError:
            await self._missed(due, _AFTER_FAILURE)
        else:
            return await self.db.write(settle.settle, due, answer, codes)
        return None

    async def end_overdue(self) -> int:
        """What our clock ends, whatever the suppliers do."""
        if not await self.db.read(settle.list_overdue):  # a look without a lock
            return 0
        return await self.db.write(settle.end_overdue)

    async def put_off(self, due: DueNumber) -> None:
        """Look at a broken number again in a while."""
        await self._missed(due, _AFTER_A_FALL)

    async def _codes(
        self, supplier: Supplier, due: DueNumber, answer: NumberAnswer
    ) -> tuple[Code, ...]:
        """The codes of this look, with their text; nobody asks for a code that is known.

        A code is worth more than its text: where the text cannot be had, the code goes alone.

        Both answers tell one code, the newest, and no action lists the earlier ones: of two that
        come between two looks (4 to 7 seconds) the older is gone for good. One that comes between
        the two questions of a look is not: the answers differ then, and both are delivered.
        Source: HstockPlus API v2, "SMS Verification API" 4 and 5.
        """
        known = {one.code for one in due.known}
        is_known = answer.code in known and bool(answer.code)
        if is_known or not (answer.code or answer.word is RentalWord.CODE):
            return ()
        bare = (Code(answer.code),) if answer.code else ()
        try:
            full = await supplier.number_code(due.remote)
        except SupplierError:
            if not bare:
                raise
            return bare
        texts = sum(not one.code for one in due.known)
        if full is None or (not full.code and not bare and texts >= _MOST_TEXTS):
            return bare
        if not full.code:
            return (Code(answer.code, full.text),)
        return (full,) if full.code == answer.code else (*bare, full)

    async def _missed(self, due: DueNumber, wait: timedelta) -> None:
        spread = wait * (0.95 + 0.1 * self.jitter())
        await self.db.write(settle.missed, due, self.clock.now() + spread)


@dataclass(frozen=True, slots=True)
class NumberWatcher:
    """Looks at a supplier's numbers; several of them share one supplier's rows."""

    supplier: Supplier
    look: WatchNumbers

    async def step(self) -> int:
        """How many numbers were looked at; a fallen supplier is asked for one at a time."""
        fallen = self.supplier.health.down_since is not None
        due = await self.look.db.write(settle.claim, self.supplier.name, 1 if fallen else _BATCH)
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
