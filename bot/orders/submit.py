"""Submit: take the next due order to its supplier and write down what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError

from bot.base.clock import Clock
from bot.base.errors import BooksClosed
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.orders import attempts, queue
from bot.orders.collect_evidence import GatherEvidence
from bot.orders.kinds import Kinds, Submission
from bot.orders.rules.moves import Reason
from bot.suppliers.errors import InDoubt, NotSent, RefusalKind, Refused, SupplierError, Throttled
from bot.suppliers.port import Accepted, Balance, Supplier

log = logging.getLogger(__name__)

_FIRST_WAIT: Final[timedelta] = timedelta(seconds=1)
_LONGEST_WAIT: Final[timedelta] = timedelta(minutes=1)
_LOST: Final = "no usable answer"
_REASONS: Final = {
    RefusalKind.BAD_KEY: Reason.SUPPLIER_UNAVAILABLE,
    RefusalKind.EMPTY_WALLET: Reason.SUPPLIER_UNAVAILABLE,
    RefusalKind.OUT_OF_STOCK: Reason.OUT_OF_STOCK,
}
"""Why an order failed, by what the refusal is about; `REFUSED` for every other kind."""
_WRITE_TRIES: Final = 20
_WRITE_PAUSE_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Fulfil:
    """One step of a supplier's lane.

    The order of things is the promise: the balance is read, the attempt is written down and
    committed, and only then does the `add` leave. A process that dies in between leaves a row in
    `submitting`, which is parked at the next start and never sent again by itself.
    """

    db: Database
    kinds: Kinds
    watch: WatchSuppliers
    clock: Clock

    async def __call__(self, supplier: Supplier) -> bool:
        """Whether there was an order to send."""
        claimed = await self.db.write(queue.claim, supplier.name)
        if claimed is None:
            return False
        if self.clock.now() - claimed.queued_at >= self.db.settings.patience:
            await self.db.write(attempts.give_up, claimed, Reason.PATIENCE_OVER)
        else:
            await self._send(supplier, claimed)
        return True

    async def _send(self, supplier: Supplier, claimed: Submission) -> None:
        balance = await self._balance_before(supplier, claimed)
        if balance is None:
            return
        if await self.watch.is_paused(supplier.name):
            reason = Reason.SUPPLIER_UNAVAILABLE
            await self.db.write(attempts.give_up, claimed, reason)
            return
        begun = await self.db.write(queue.begin, claimed, balance)
        if begun is None:
            return
        try:
            answer = await self.kinds[begun.kind].submit(supplier, begun)
        except SupplierError as failure:
            await self._failed(begun, failure)
        else:
            await self._accepted(begun, answer)

    async def _balance_before(self, supplier: Supplier, claimed: Submission) -> Balance | None:
        """The evidence for a later doubt; without it nothing leaves, because nothing could."""
        try:
            return await self.watch.read_balance(supplier)
        except Refused as no:
            if no.kind is RefusalKind.BAD_KEY:
                reason = Reason.SUPPLIER_UNAVAILABLE
                await self.db.write(attempts.give_up, claimed, reason)
            else:
                await self._wait(claimed, _wait_after(claimed), no.said)
        except Throttled as busy:
            await self._wait(claimed, busy.retry_after, "asked to wait")
        except SupplierError as failure:
            await self._wait(claimed, _wait_after(claimed), type(failure).__name__)
        return None

    async def _accepted(self, begun: Submission, answer: Accepted) -> None:
        async def note() -> None:
            try:
                await self.db.write(attempts.accepted, begun, answer)
            except IntegrityError:  # another process took that id for its own in the same instant
                await self.db.write(attempts.accepted, begun, answer)

        await _until_written(note, f"order {begun.order} is {answer.order} at {begun.supplier}")
        await self.watch.took_an_order(begun.supplier)

    async def _failed(self, begun: Submission, failure: SupplierError) -> None:
        async def note() -> None:
            await self._note_failure(begun, failure)

        await _until_written(note, f"order {begun.order} ended in {type(failure).__name__}")
        if isinstance(failure, Refused):
            await self.watch.refused(begun.supplier, failure)
        elif isinstance(failure, Throttled):
            waited = self.clock.now() - begun.queued_at
            await self.watch.asked_to_wait(begun.supplier, waited)

    async def _note_failure(self, begun: Submission, failure: SupplierError) -> None:
        if isinstance(failure, NotSent):
            await self._wait(begun, _wait_after(begun), "not sent")
        elif isinstance(failure, Throttled):
            await self._wait(begun, failure.retry_after, "asked to wait")
        elif isinstance(failure, Refused):
            reason = _REASONS.get(failure.kind, Reason.REFUSED)
            await self.db.write(attempts.refused, begun, reason, failure.said)
        else:
            why = failure.said or failure.why if isinstance(failure, InDoubt) else _LOST
            await self.db.write(attempts.in_doubt, begun, Reason.ANSWER_LOST, why)

    async def _wait(self, sent: Submission, after: timedelta, said: str) -> None:
        """Back to the queue, but never beyond our patience without looking."""
        now = self.clock.now()
        left = sent.queued_at + self.db.settings.patience - now
        await self.db.write(attempts.not_sent, sent, max(min(after, left), timedelta(0)), said)


async def _until_written(note: Callable[[], Awaitable[None]], words: str) -> None:
    """Write an outcome down even if the books are closed for a while.

    What cannot be written in the end stays in `submitting`, is parked by the next sweep, and is
    in the log.
    """
    for _ in range(_WRITE_TRIES):
        try:
            await note()
        except BooksClosed:
            log.warning("not written yet: %s", words)
            await asyncio.sleep(_WRITE_PAUSE_S)
        else:
            return
    log.error("could not be written: %s", words)


def _wait_after(sent: Submission) -> timedelta:
    """Longer with each try."""
    doublings = int(2 ** min(sent.tries, 10))
    return min(_FIRST_WAIT * doublings, _LONGEST_WAIT)


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
