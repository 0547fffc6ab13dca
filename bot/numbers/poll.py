"""Poll: look at rented numbers until their codes have come or their time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import ColumnElement, bindparam, case, func, select, type_coerce, update

from bot.base.clock import SKEW, Clock
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import NOBODY, CustomerId, OrderId, RemoteId, SupplierName
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.db.tx import Tx, is_due_at
from bot.db.types import Id
from bot.numbers import settle
from bot.numbers.rows import DueNumber, known_codes
from bot.numbers.tables import rentals
from bot.orders.tables import orders
from bot.orders.views import RentalState
from bot.suppliers.errors import Refused, SupplierError, Throttled, Unreadable
from bot.suppliers.port import NumberAnswer, Supplier
from bot.suppliers.progress import RentalWord
from bot.suppliers.words import Code

log = structlog.stdlib.get_logger(__name__)

_MOST_CODES: Final = 30
"""No number gets more: a code that is another at each look would flood a chat."""
_MOST_TEXTS: Final = 5
"""How many texts without a code are delivered: one that counts seconds would flood a chat."""
_AFTER_FAILURE: Final = timedelta(seconds=4)
_AFTER_BREAKING: Final = timedelta(seconds=30)

_LEASE: Final = timedelta(seconds=20)
_LONGEST: Final = timedelta(minutes=11)
"""Longer than any wait between two looks; a supplier may ask for ten minutes and a bit."""
_YIELDS: Final = timedelta(seconds=30)
"""How much longer than one without a code a number with one may wait under a tight rate cap."""
_BATCH: Final = 2
"""Few at a time: under a tight cap a claimed number must not wait behind many others."""


_due_at = type_coerce(rentals.c.due_at, Id)
_turn = case(
    (rentals.c.state == RentalState.WAITING, _due_at),
    else_=_due_at + _YIELDS // timedelta(microseconds=1),
)
"""When a number's turn has come: those that wait for their first code go before the others."""
_may_wait = (rentals.c.state != RentalState.WAITING) & (
    rentals.c.due_at > bindparam("long_waiting")
)
_due = (
    select(
        rentals.c.order_id,
        orders.c.customer,
        orders.c.remote_order,
        _may_wait.label("may_wait"),
        func.row_number()
        .over(partition_by=orders.c.customer, order_by=(_turn, rentals.c.order_id))
        .label("nth"),
    )
    .join(orders, orders.c.id == rentals.c.order_id)
    .where(rentals.c.supplier == bindparam("supplier"), is_due_at(rentals.c.due_at))
    .subquery()
)
_NEXT: Final = (
    select(
        rentals.c.order_id,
        rentals.c.state,
        rentals.c.codes,
        rentals.c.claim,
        _due.c.customer,
        _due.c.remote_order,
    )
    .join(_due, _due.c.order_id == rentals.c.order_id)
    # Once more, for rows that another process has claimed since: PostgreSQL asks again of these.
    .where(is_due_at(rentals.c.due_at))
    .order_by(_due.c.may_wait, _due.c.nth, _due.c.customer <= bindparam("after"), _due.c.customer)
    .limit(bindparam("limit"))
    .with_for_update(of=rentals, key_share=True, skip_locked=True)
)
"""Customers take turns, by their ids from the one `after` on, each with what waits longest."""


def claim(
    tx: Tx, supplier: SupplierName, limit: int, after: CustomerId = NOBODY
) -> tuple[DueNumber, ...]:
    """Lease numbers whose look is due, one of each customer after another; none in safe mode.

    The customer next `after` this one comes first.
    """
    if tx.in_safe_mode():
        return ()
    waiting = {"long_waiting": tx.now - _YIELDS}
    asked = {"supplier": supplier, "limit": limit, "after": after} | waiting
    rows = tx.execute(_NEXT, asked | tx.until(_LONGEST)).all()
    if not rows:
        return ()
    claimed = rentals.c.order_id.in_([row.order_id for row in rows])
    mine = {"claim": rentals.c.claim + 1, "claimed_by": tx.settings.replica}
    tx.execute(update(rentals).where(claimed).values(due_at=tx.now + _LEASE, **mine))
    _set_right(tx, claimed)
    return tuple(
        DueNumber(
            order=OrderId(row.order_id),
            remote=RemoteId(row.remote_order),
            state=row.state,
            customer=CustomerId(row.customer),
            known=known_codes(tx, row.order_id) if row.codes else (),
            claim=row.claim + 1,
        )
        for row in rows
    )


def _set_right(tx: Tx, claimed: ColumnElement[bool]) -> None:
    """Take back what a wrong clock has put into the future: a number lives as long as it would."""
    ahead_of = tx.now + SKEW
    wrong = select(rentals.c.order_id, rentals.c.rented_at, rentals.c.expires_at).where(
        claimed, (rentals.c.rented_at > ahead_of) | (rentals.c.ended_at > ahead_of)
    )
    for row in tx.execute(wrong).all():
        ahead = max(row.rented_at - tx.now, timedelta())
        this = update(rentals).where(rentals.c.order_id == row.order_id)
        tx.execute(this.values(rented_at=row.rented_at - ahead, expires_at=row.expires_at - ahead))
        late = this.where(rentals.c.ended_at > ahead_of)
        tx.execute(late.values(ended_at=tx.now))


def missed(tx: Tx, due: DueNumber, next_at: datetime) -> None:
    """Have a number looked at again then; a look that saw nothing changes nothing else."""
    change = update(rentals).where(
        rentals.c.order_id == due.order,
        rentals.c.state != RentalState.CLOSED,
        rentals.c.claim == due.claim,
    )
    tx.execute(change.values(due_at=next_at))


@dataclass(frozen=True, slots=True)
class PollNumber:
    """One look at one number; `jitter` (0 to 1) keeps failed looks of one moment out of step."""

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
        except Unreadable as flaw:
            await self.db.write(settle.unreadable, due, flaw.why, self._after(_AFTER_FAILURE))
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

    async def postpone(self, due: DueNumber) -> None:
        """Look at a broken number again in half a minute."""
        await self._missed(due, _AFTER_BREAKING)

    async def _codes(
        self, supplier: Supplier, due: DueNumber, answer: NumberAnswer
    ) -> tuple[Code, ...]:
        """The codes of this look, with their text; a code that is known is not asked for again.

        Where the text cannot be had, the code goes without it.

        Both answers tell one code, the newest, and no action lists the earlier ones: of two that
        come between two looks (4 to 7 seconds) the older is gone for good. One that comes between
        the two questions of a look is not: the answers differ then, and both are delivered.
        Source: HstockPlus API v2, "SMS Verification API" 4 and 5.
        """
        known = {one.code for one in due.known}
        is_known = answer.code in known and bool(answer.code)
        says_code = bool(answer.code) or answer.word is RentalWord.CODE
        if is_known or not says_code or len(due.known) >= _MOST_CODES:
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
        await self.db.write(missed, due, self._after(wait))

    def _after(self, wait: timedelta) -> datetime:
        return self.clock.now() + wait * (0.95 + 0.1 * self.jitter())


@dataclass(slots=True)
class NumberPoller:
    """Looks at a supplier's numbers; several loops share it, and one supplier's rows.

    `last` is the customer whose turn was the last one.
    """

    supplier: Supplier
    look: PollNumber
    last: CustomerId = NOBODY

    async def step(self) -> int:
        """How many numbers were looked at; a supplier that is down is asked for one at a time."""
        is_down = self.supplier.health.down_since is not None
        limit = 1 if is_down else _BATCH
        due = await self.look.db.write(claim, self.supplier.name, limit, self.last)
        if due:
            self.last = due[-1].customer
        for number in due:
            await self._look(number)
        return 0 if is_down else len(due)

    async def _look(self, due: DueNumber) -> None:
        """One number that breaks must not hold up the others; it is looked at again later."""
        try:
            await self.look(self.supplier, due)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("number_broke", order=due.order)
            await self.look.postpone(due)
