"""Submit: each supplier's orders leave one at a time, each written down before it is sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.base.clock import SKEW, Clock, not_ahead
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import SupplierName
from bot.catalog.standing import lock_supplier
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.db.tx import Tx, is_due_at
from bot.orders import attempts, orphaned_orders, tables
from bot.orders.calibration.conclude import ConcludeCalibrations
from bot.orders.collect_evidence import BalanceBefore, CollectEvidence, ReadBefore
from bot.orders.fence import Fence
from bot.orders.kinds import Kinds, Submission
from bot.orders.rows import OrderRow
from bot.orders.rules.moves import Reason, State
from bot.orders.tables import orders
from bot.suppliers.errors import (
    InDoubt,
    NotSent,
    RefusalKind,
    Refused,
    SupplierError,
    Throttled,
    Unreadable,
)
from bot.suppliers.port import Accepted, Supplier

log = logging.getLogger(__name__)

_CLAIMED: Final = timedelta(minutes=1)
_A_ROUND: Final = timedelta(minutes=5)
"""Who had no order sent for so long comes first; longer than most rounds of all who wait."""
_LONGEST_WAIT: Final = timedelta(minutes=1)
_LONGEST_ASKED: Final = timedelta(minutes=10)
"""A supplier may ask for so long."""
_LOST: Final = "no usable answer"
_REASONS: Final = {
    RefusalKind.BAD_KEY: Reason.SUPPLIER_UNAVAILABLE,
    RefusalKind.EMPTY_WALLET: Reason.SUPPLIER_UNAVAILABLE,
    RefusalKind.OUT_OF_STOCK: Reason.OUT_OF_STOCK,
}
"""Why an order failed, by what the refusal is about; `REFUSED` for every other kind."""
_WRITE_TRIES: Final = 4
_WRITE_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 30.0

_sent = tables.attempts
_served = (
    select(orders.c.customer, func.max(_sent.c.at).label("at"))
    .join(_sent, _sent.c.order_id == orders.c.id)
    .where(
        orders.c.supplier == bindparam("supplier"),
        _sent.c.at.between(bindparam("long_ago"), bindparam("soon")),
    )
    .group_by(orders.c.customer)
    .subquery()
)
_NEXT: Final = (
    select(orders)
    .outerjoin(_served, _served.c.customer == orders.c.customer)
    .where(
        orders.c.supplier == bindparam("supplier"),
        orders.c.state == State.QUEUED,
        is_due_at(orders.c.due_at),
    )
    .order_by(_served.c.at.is_not(None), _served.c.at, orders.c.due_at, orders.c.id)
    .limit(1)
    .with_for_update(of=orders, key_share=True, skip_locked=True)
)
"""Customers take turns: the order of the one for whom none has left for the longest time."""


def claim(tx: Tx, supplier: SupplierName) -> Submission | None:
    """The next order due to be sent to a supplier, leased for a minute.

    None also while another one is being sent there, by whatever process, and in safe mode.
    """
    lock_supplier(tx, supplier)
    if tx.in_safe_mode() or attempts.is_sending(tx, supplier):
        return None
    span = {"long_ago": tx.now - _A_ROUND, "soon": tx.now + SKEW}
    row = tx.find(OrderRow, _NEXT, {"supplier": supplier} | span | tx.until(_LONGEST_ASKED))
    if row is None:
        return None
    row = row._replace(queued_at=not_ahead(row.queued_at, tx.now), claim=row.claim + 1)
    claimed = {"claim": row.claim, "claimed_by": tx.settings.replica}
    leased = {"due_at": tx.now + _CLAIMED, "queued_at": row.queued_at} | claimed
    tx.execute(update(orders).where(orders.c.id == row.id).values(leased))
    sent = attempts.as_submission(row, tx.settings.unseal(row.link))
    return replace(sent, phone=tx.part(Kinds)[row.kind].phone(tx, row.reuse))


@dataclass(slots=True)
class Unwritten:
    """What became of an attempt, kept in memory until the database takes it.

    It is due by the seconds of the event loop, which nobody sets.
    """

    supplier: SupplierName
    note: Callable[[], Awaitable[None]]
    words: str
    tries: int = 0
    due_s: float = 0.0

    async def is_stored(self) -> bool:
        """Try once more; the next time is due later each time, half a minute at most."""
        try:
            await self.note()
        except DatabaseUnavailable:
            log.warning("not written yet: %s", self.words)
        except Exception:
            log.exception("could not be written: %s", self.words)
        else:
            return True
        pause_s = min(_LONGEST_PAUSE_S, _WRITE_PAUSE_S * 2.0 ** min(self.tries, 10))
        self.tries += 1
        self.due_s = asyncio.get_running_loop().time() + pause_s
        return False


@dataclass(frozen=True, slots=True)
class SubmitOrder:
    """One step of a supplier's submit queue.

    The order of things is the promise: the balance is read, the attempt is written down and
    committed, and only then does the `add` leave, if it is not too late by then. A process that
    dies in between leaves a row in `submitting`, which is parked and never sent again by itself.
    """

    db: Database
    kinds: Kinds
    watch: WatchSuppliers
    read_before: ReadBefore
    clock: Clock
    fence: Fence
    unwritten: list[Unwritten] = field(default_factory=list)

    async def __call__(self, supplier: Supplier) -> bool:
        """Whether there was an order to send."""
        await self.write_again(supplier.name)
        claimed = await self.db.write(claim, supplier.name)
        if claimed is None:
            return False
        if self.clock.now() - claimed.queued_at >= self.db.settings.patience:
            await self.db.write(attempts.give_up, claimed, Reason.PATIENCE_OVER)
        else:
            await self._send(supplier, claimed)
        return True

    async def _send(self, supplier: Supplier, claimed: Submission) -> None:
        before = await self._balance_before(supplier, claimed)
        if before is None:
            return
        if await self.watch.is_paused(supplier.name):
            await self.db.write(attempts.give_up, claimed, Reason.SUPPLIER_UNAVAILABLE)
            return
        may_leave = self.fence.open()
        begun = await self._begun(claimed, before)
        if begun is None:
            return
        try:
            answer = await self.kinds[begun.kind].submit(supplier, begun, may_leave)
        except SupplierError as failure:
            await self._failed(begun, failure)
        else:
            if await self._accepted(begun, answer):
                self.read_before.accepted(supplier.name, before)

    async def _begun(self, claimed: Submission, before: BalanceBefore) -> Submission | None:
        """The attempt, written down; where that is not certain nothing leaves, and is noted."""
        try:
            return await self.db.write(attempts.begin, claimed, before.balance, before.at)
        except DatabaseUnavailable:
            note = partial(self.db.write, orphaned_orders.not_left, claimed)
            await self._write(claimed, note, f"order {claimed.order} has not left")
            raise

    async def _balance_before(
        self, supplier: Supplier, claimed: Submission
    ) -> BalanceBefore | None:
        """The evidence for a later doubt; None when it cannot be had: then the order waits."""
        try:
            return await self.read_before(supplier)
        except Refused as no:
            if no.kind is RefusalKind.BAD_KEY:
                await self.db.write(attempts.give_up, claimed, Reason.SUPPLIER_UNAVAILABLE)
            else:
                await self._wait(claimed, _wait_after(claimed), no.said)
        except Throttled as busy:
            await self._wait(claimed, busy.retry_after, "asked to wait")
        except Unreadable:
            await self.db.write(attempts.give_up, claimed, Reason.SUPPLIER_UNAVAILABLE)
        except SupplierError:
            await self._wait(claimed, _wait_after(claimed), "not sent")
        return None

    async def _accepted(self, begun: Submission, answer: Accepted) -> bool:
        """Whether it is written down that the order is the supplier's under this id."""
        taken = False

        async def note() -> None:
            nonlocal taken
            try:
                taken = await self.db.write(attempts.accepted, begun, answer)
            except IntegrityError:  # another process took that id for its own in the same instant
                taken = await self.db.write(attempts.accepted, begun, answer)

        await self._write(
            begun, note, f"order {begun.order} is {answer.order} at {begun.supplier}"
        )
        await self.watch.took_an_order(begun.supplier)
        return taken

    async def _write(
        self, begun: Submission, note: Callable[[], Awaitable[None]], words: str
    ) -> None:
        """Write an outcome down even if the database cannot be written for a while.

        What is not written within seconds is kept, and written before anything else is sent; the
        order may be parked meanwhile, and the answer counts all the same.
        """
        outcome = Unwritten(begun.supplier, note, words)
        for _ in range(_WRITE_TRIES):
            if await outcome.is_stored():
                return
            await asyncio.sleep(_WRITE_PAUSE_S)
        log.error("kept in memory until it can be written: %s", words)
        self.unwritten.append(outcome)

    async def write_again(self, supplier: SupplierName) -> None:
        """Write down what could not be written before, each as soon as that is possible."""
        now_s = asyncio.get_running_loop().time()
        for outcome in [one for one in self.unwritten if one.supplier == supplier]:
            if outcome.due_s <= now_s and await outcome.is_stored():
                self.unwritten.remove(outcome)
                log.info("written at last: %s", outcome.words)

    async def _failed(self, begun: Submission, failure: SupplierError) -> None:
        async def note() -> None:
            await self._note_failure(begun, failure)

        await self._write(begun, note, f"order {begun.order} ended in {type(failure).__name__}")
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
        """Put it back into the queue, due again when our patience is over at the latest."""
        left = sent.queued_at + self.db.settings.patience - self.clock.now()
        await self.db.write(attempts.not_sent, sent, max(min(after, left), timedelta(0)), said)


def _wait_after(sent: Submission) -> timedelta:
    """1 s, 2 s, 4 s and so on, at most a minute."""
    return min(timedelta(seconds=2 ** min(sent.tries, 10)), _LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class SubmitQueue:
    """Sends a supplier's orders one after the other, and reads balances as evidence."""

    supplier: Supplier
    submit_order: SubmitOrder
    collect_evidence: CollectEvidence
    conclude_calibrations: ConcludeCalibrations

    async def step(self) -> int:
        """One order sent, or one reading taken; 0 when there was neither."""
        collected = [await self.collect_evidence(self.supplier)]
        collected += [await self.conclude_calibrations(self.supplier)]
        return 1 if await self.submit_order(self.supplier) or any(collected) else 0
