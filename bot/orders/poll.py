"""Poll: ask the suppliers of active orders how they stand, often at first and seldom later."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import bindparam, func, select, update

from bot.base.clock import Clock, is_over, not_ahead
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import NOBODY, CustomerId, SupplierName
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.db.tx import IN_SAFE_MODE, Tx, is_due_at
from bot.orders import settle
from bot.orders.rows import OrderRow
from bot.orders.rules.moves import State
from bot.orders.rules.settlement import Ending
from bot.orders.settle import Due
from bot.orders.tables import orders
from bot.suppliers.errors import RefusalKind, Refused, SupplierError, Throttled, Unreadable
from bot.suppliers.port import Supplier

log = structlog.stdlib.get_logger(__name__)

_PACE: Final = (
    (timedelta(seconds=30), timedelta(seconds=1)),
    (timedelta(minutes=2), timedelta(seconds=2)),
    (timedelta(minutes=10), timedelta(seconds=5)),
    (timedelta(hours=1), timedelta(seconds=20)),
    (timedelta(days=1), timedelta(minutes=2)),
)
_SLOWEST: Final = timedelta(minutes=10)
_AFTER_FAILURE: Final = timedelta(seconds=5)
_AFTER_SILENCE: Final = timedelta(seconds=30)
"""An old order is read again this soon after an outage: its goods may have come meanwhile."""
_AFTER_UNREADABLE: Final = timedelta(seconds=10)
"""An old order is read this often too, so that a person knows of it within three minutes."""
_AFTER_BREAKING: Final = timedelta(minutes=5)
_LEASE: Final = timedelta(seconds=30)
_LONGEST: Final = timedelta(minutes=15)
"""Longer than any wait between two readings; a supplier may ask for ten minutes."""
_FEWEST: Final = 4
_MOST: Final = 64
"""How many are claimed at once, by how fast they are read."""
_A_ROUND: Final = timedelta(seconds=1)
"""How long what was claimed at once should take: an order that falls due may wait so long."""


def pace(age: timedelta) -> timedelta:
    """How long to wait between two readings of an order of this age."""
    for up_to, every in _PACE:
        if age < up_to:
            return every
    return _SLOWEST


_due = (
    select(
        orders.c.id,
        func.row_number()
        .over(partition_by=orders.c.customer, order_by=(orders.c.due_at, orders.c.id))
        .label("nth"),
    )
    .where(
        orders.c.state == State.ACTIVE,
        orders.c.supplier == bindparam("supplier"),
        is_due_at(orders.c.due_at),
    )
    .subquery()
)
_NEXT: Final = (
    select(orders)
    .join(_due, _due.c.id == orders.c.id)
    # Once more, for rows that another process has claimed since: PostgreSQL asks again of these.
    .where(orders.c.state == State.ACTIVE, is_due_at(orders.c.due_at), ~IN_SAFE_MODE)
    .order_by(_due.c.nth, orders.c.customer <= bindparam("after"), orders.c.customer)
    .limit(bindparam("limit"))
    .with_for_update(of=orders, key_share=True, skip_locked=True)
)
"""Customers take turns, by their ids from the one `after` on, each with what waits longest."""
_LEASED: Final = (
    update(orders)
    .where(orders.c.id.in_(bindparam("found", expanding=True)))
    .values(due_at=bindparam("until"), claim=orders.c.claim + 1, claimed_by=bindparam("replica"))
)


def claim(
    tx: Tx, supplier: SupplierName, limit: int, after: CustomerId = NOBODY
) -> tuple[Due, ...]:
    """Lease active orders that are due, one of each customer after another; none in safe mode.

    The customer next `after` this one comes first.
    """
    asked = {"supplier": supplier, "limit": limit, "after": after}
    rows = tx.list(OrderRow, _NEXT, asked | tx.until(_LONGEST))
    if not rows:
        return ()
    found = [row.id for row in rows]
    leased = {"found": found, "until": tx.now + _LEASE, "replica": tx.settings.replica}
    tx.execute(_LEASED, leased)
    return tuple(
        Due(
            order=row.id,
            supplier=row.supplier,
            remote=row.remote,
            active_since=not_ahead(row.active_at or row.created_at, tx.now),
            customer=row.customer,
            claim=row.claim + 1,
        )
        for row in rows
    )


def missed(tx: Tx, due: Due, next_at: datetime) -> None:
    """Have an order read again then; a reading that told nothing costs nothing."""
    change = update(orders).where(
        orders.c.id == due.order, orders.c.state == State.ACTIVE, orders.c.claim == due.claim
    )
    tx.execute(change.values(due_at=next_at))


@dataclass(frozen=True, slots=True)
class PollOrder:
    """One order's reading; `jitter` (0 to 1) keeps orders of one moment out of step."""

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
            await self.db.write(missed, due, self.clock.now() + busy.retry_after)
        except Unreadable as flaw:
            next_at = self.clock.now() + _AFTER_UNREADABLE
            await self.db.write(settle.unreadable, due, flaw.why, next_at)
        except SupplierError:
            wait = min(max(self._pause(due), _AFTER_FAILURE), _AFTER_SILENCE)
            await self.db.write(missed, due, self.clock.now() + wait)
        else:
            now = self.clock.now()
            settled = await self.db.write(settle.settle, due, answer, now + self._pause(due))
            return settled if isinstance(settled, Ending) else None
        return None

    async def postpone(self, due: Due) -> None:
        """Read a broken order again in five minutes."""
        await self.db.write(missed, due, self.clock.now() + _AFTER_BREAKING)

    async def _refused(self, supplier: Supplier, due: Due, no: Refused) -> None:
        """Count only the clear word that there is no such order against it."""
        await self.watch.refused(supplier.name, no)
        next_at = self.clock.now() + max(self._pause(due), _AFTER_FAILURE)
        if no.kind is RefusalKind.NO_SUCH_ORDER:
            await self.db.write(settle.unknown_to_supplier, due, next_at)
        else:
            await self.db.write(missed, due, next_at)

    def _pause(self, due: Due) -> timedelta:
        every = pace(self.clock.now() - due.active_since)
        return every * (0.9 + 0.2 * self.jitter())


@dataclass(slots=True)
class Poller:
    """Reads how a supplier's orders stand; several loops share it, and one supplier's rows.

    About as many are claimed at once as are read in a second, and each loop takes the next one of
    these: to find whose turn it is among ten thousand that are due takes ten milliseconds. `last`
    is the customer whose turn was the last one.
    """

    supplier: Supplier
    poll_order: PollOrder
    last: CustomerId = NOBODY
    _claimed: deque[Due] = field(default_factory=deque)
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    _limit: int = _FEWEST
    _claimed_at: datetime | None = None
    _is_more_due: bool = False
    """Whether the last claim found as many as it may bring."""

    async def step(self) -> int:
        """How many orders were read; a supplier that is down is asked for one at a time."""
        async with self._claiming:
            due = await self._next()
        if due is None:
            return 0
        await self._read(due)
        return 0 if self._is_down() else 1

    def _is_down(self) -> bool:
        return self.supplier.health.down_since is not None

    async def _next(self) -> Due | None:
        now = self.poll_order.clock.now()
        if self._claimed_at is not None and is_over(self._claimed_at, _LEASE, now):
            self._claimed.clear()  # others may have claimed them by now
        if not self._claimed:
            await self._claim(now)
        return self._claimed.popleft() if self._claimed else None

    async def _claim(self, now: datetime) -> None:
        """Claim more than the last time when those were read within a second, else fewer."""
        grows = self._is_more_due and not is_over(self._claimed_at or now, _A_ROUND, now)
        self._limit = min(self._limit * 2, _MOST) if grows else max(self._limit // 2, _FEWEST)
        limit = 1 if self._is_down() else self._limit
        due = await self.poll_order.db.write(claim, self.supplier.name, limit, self.last)
        if due:
            self.last = due[-1].customer
        self._claimed.extend(due)
        self._claimed_at, self._is_more_due = now, len(due) == limit

    async def _read(self, due: Due) -> None:
        """One order that breaks must not hold up the others; it is read again later."""
        try:
            await self.poll_order(self.supplier, due)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("order_broke", order=due.order)
            await self.poll_order.postpone(due)
