"""Evidence about a lost answer: the operator's balance, read around an attempt."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, func, select, update

from bot.base.clock import Clock, not_ahead
from bot.base.ids import OrderId, SupplierName
from bot.base.keys import oddity_key
from bot.base.subjects import order_subject
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.db.tx import Tx
from bot.orders.calibration.judge import NUMBERS
from bot.orders.calibration.tables import CalibrationState, calibrations
from bot.orders.rows import OrderRow, fail, lock, note_balance, of_attempt
from bot.orders.rules.evidence import (
    READ_AFTER,
    BalanceReading,
    EvidenceResult,
    judge_evidence,
    next_reading,
)
from bot.orders.rules.moves import HARMLESS, Outcome, Reason, State
from bot.orders.tables import attempts, orders, readings
from bot.outbox.notices import DoubtAlert, Oddity, OrderOddity
from bot.outbox.tell import settle_notices, tell_operators
from bot.people.audit import note_act
from bot.suppliers.errors import SupplierError, Throttled
from bot.suppliers.port import Balance, Supplier

_BY = "evidence"

_ORDERS_A_READING: Final = 5
_SERVES_FOR: Final = timedelta(seconds=5)
_CLOCK_WAS_SET: Final = timedelta(seconds=1)
_AGAIN: Final = timedelta(seconds=15)
_LEASE: Final = timedelta(seconds=30)
"""How long others leave a reading to the process that takes it."""
_OTHER_MONEY: Final = timedelta(minutes=5)


class DueReading(NamedTuple):
    """An attempt in doubt for which the balance is to be read once more, after so many times."""

    order: OrderId
    attempt: int
    taken: int


def due_readings(tx: Tx, supplier: SupplierName) -> tuple[DueReading, ...]:
    """Attempts in doubt for which a reading is due."""
    return tx.list(DueReading, _due_readings(tx, supplier))


def claim_readings(tx: Tx, supplier: SupplierName) -> tuple[DueReading, ...]:
    """The same, kept from other processes for half a minute."""
    query = _due_readings(tx, supplier).with_for_update(of=attempts, skip_locked=True)
    claimed = tx.list(DueReading, query)
    for one in claimed:
        held = update(attempts).where(of_attempt(one.order, one.attempt))
        mine = {"reading_due_at": tx.now + _LEASE, "claimed_by": tx.settings.replica}
        tx.execute(held.values(mine))
    return claimed


def _due_readings(tx: Tx, supplier: SupplierName) -> Select[Any]:
    return (
        select(attempts.c.order_id, attempts.c.number, attempts.c.readings)
        .join(orders, orders.c.id == attempts.c.order_id)
        .where(
            tx.is_due(attempts.c.reading_due_at, READ_AFTER[-1]),
            orders.c.supplier == supplier,
            orders.c.state == State.IN_DOUBT,
            orders.c.attempt == attempts.c.number,
        )
        .order_by(attempts.c.reading_due_at)
        .limit(50)
    )


def reading_failed(tx: Tx, due: DueReading, again_at: datetime) -> None:
    """Plan a reading again that could not be taken, unless another worker has taken it."""
    untaken = attempts.c.readings == due.taken
    again = update(attempts).where(of_attempt(due.order, due.attempt), untaken)
    tx.execute(again.values(reading_due_at=again_at, claimed_by=None))


def take_reading(tx: Tx, due: DueReading, balance: Balance) -> OrderRow | None:
    """Write a reading down; the order, once the last of them is there.

    One that another process has taken meanwhile is not taken twice.
    """
    order, attempt = due.order, due.attempt
    row, this = lock(tx, order), of_attempt(order, attempt)
    if tx.execute(select(attempts.c.readings).where(this)).scalar_one() != due.taken:
        return None
    taken = due.taken + 1
    note_balance(tx, order, attempt, balance)
    again_at = next_reading(not_ahead(row.parked_at or tx.now, tx.now), taken, tx.now)
    noted = {"readings": taken, "reading_due_at": again_at, "claimed_by": None}
    tx.execute(update(attempts).where(this).values(noted))
    return row if again_at is None else None


def find(tx: Tx, order: OrderRow) -> EvidenceResult | None:
    """What the readings around the last attempt of an order in doubt suggest; None elsewhere."""
    if order.state is not State.IN_DOUBT or not order.attempt:
        return None
    query = select(readings.c.at, readings.c.balance).where(
        readings.c.order_id == order.id, readings.c.attempt == order.attempt
    )
    rows = tx.execute(query.order_by(readings.c.id)).all()
    sent = select(attempts.c.at).where(of_attempt(order.id, order.attempt))
    sent_at = tx.execute(sent).scalar_one()
    # Written down with the attempt. Others came later, whatever a clock that was wrong said.
    before = [row for row in rows[:1] if row.at <= sent_at]
    since = before[0].at if before else sent_at
    after = rows[len(before) :]
    others, refunded = _others_sent(tx, order, since), _refunds(tx, order, since)
    readings_after = tuple(
        _balance_reading(row, [one for one in others if one.at <= row.at], refunded)
        for row in after
    )
    return judge_evidence(
        _least_cost(order), before[0].balance if before else None, readings_after, sent_at
    )


def _least_cost(order: OrderRow) -> Decimal:
    """What the balance has to fall by at least, had the supplier taken the order.

    A calibration's cost is the dearest that it can be: any fall may be its charge.
    """
    is_calibration = not order.total and order.replaces is None
    return order.cost.decimal / max(NUMBERS) if is_calibration else order.cost.decimal


def _others_sent(tx: Tx, order: OrderRow, since: datetime) -> Sequence[Any]:
    """Attempts of other orders that left for this supplier from then on."""
    query = (
        select(attempts.c.at, attempts.c.outcome, orders.c.cost, calibrations.c.state)
        .join(orders, orders.c.id == attempts.c.order_id)
        .outerjoin(calibrations, calibrations.c.order_id == orders.c.id)
        .where(
            attempts.c.at >= since, orders.c.supplier == order.supplier, orders.c.id != order.id
        )
    )
    return tx.execute(query).all()


def _refunds(tx: Tx, order: OrderRow, since: datetime) -> Sequence[datetime]:
    """When this supplier gave something back for other orders, from then on."""
    query = select(orders.c.finished_at).where(
        orders.c.finished_at >= since,
        orders.c.forgotten_at.is_(None),
        orders.c.supplier == order.supplier,
        orders.c.remote_order.is_not(None),
        orders.c.state.in_((State.CANCELED, State.PARTIAL)),
    )
    return tx.execute(query).scalars().all()


def _balance_reading(
    reading: Any, sent: Sequence[Any], refunds: Sequence[datetime]
) -> BalanceReading:
    accepted = (one.cost.decimal for one in sent if one.outcome is Outcome.ACCEPTED)
    # What a calibration takes is not known before it is concluded, and may not be then.
    unknown = any(
        one.outcome in {Outcome.UNKNOWN, Outcome.IN_DOUBT}
        or one.state in {CalibrationState.OPEN, CalibrationState.UNCLEAR}
        for one in sent
    )
    return BalanceReading(
        at=reading.at,
        balance=reading.balance,
        spent=sum(accepted, Decimal(0)),
        unknown=unknown,
        moved=any(moment <= reading.at for moment in refunds),
    )


def note_reading(tx: Tx, due: DueReading, balance: Balance) -> None:
    """Write a balance reading down as evidence.

    After the last reading an order ends by itself where the settings let it, and the readings
    prove clearly that it was not placed: its money goes back, customer and operators are told.
    """
    order, number = due.order, due.attempt
    row = take_reading(tx, due, balance)
    settle_notices(tx, order_subject(order), DoubtAlert)  # its verdict may be another one now
    if row is None or not tx.settings.auto_refund or not _is_clear(tx, row, number):
        return
    fail(tx, row, Reason.LIKELY_NOT_PLACED, _BY)
    key = oddity_key(Oddity.RELEASED, order, number)
    tell_operators(tx, key, OrderOddity(order, Oddity.RELEASED))
    note_act(tx, _BY, Reason.LIKELY_NOT_PLACED, f"order:{order}", row.state, lock(tx, order).state)


def _is_clear(tx: Tx, row: OrderRow, number: int) -> bool:
    """Whether this attempt alone may have arrived, and the readings say that it did not."""
    if row.attempt != number or row.restored_at is not None or tx.in_safe_mode():
        return False
    may_have = select(func.count()).where(
        attempts.c.order_id == row.id, attempts.c.outcome.not_in(HARMLESS)
    )
    if tx.execute(may_have).scalar_one() != 1:
        return False
    evidence = find(tx, row)
    return evidence is not None and evidence.is_strong_no


@dataclass(frozen=True, slots=True)
class BalanceBefore:
    """The balance before an attempt: when the answer came, and how many orders left since.

    `at_s` is the same moment by the seconds of the event loop, which nobody sets.
    """

    balance: Balance
    at: datetime
    at_s: float
    orders: int = 0

    def is_fresh(self, now: datetime, now_s: float) -> bool:
        """Whether it may stand before one more order; a clock that was set ends it."""
        age = timedelta(seconds=now_s - self.at_s)
        return (
            self.orders < _ORDERS_A_READING
            and age < _SERVES_FOR
            and abs(now - self.at - age) < _CLOCK_WAS_SET
        )


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """Reads the balance before orders: once for a few that leave right after each other.

    One reading stands before several as long as each of them was accepted: what they cost is
    known, and `find` takes it off. Whatever else happens to one ends it.
    """

    watch: WatchSuppliers
    clock: Clock
    _kept: dict[SupplierName, BalanceBefore] = field(default_factory=dict)

    async def __call__(self, supplier: Supplier) -> BalanceBefore:
        """The balance to write down with the next attempt. Raises SupplierError."""
        kept, loop = self._kept.pop(supplier.name, None), asyncio.get_running_loop()
        if kept is not None and kept.is_fresh(self.clock.now(), loop.time()):
            return kept
        balance = await self.watch.read_balance(supplier)
        return BalanceBefore(balance, self.clock.now(), loop.time())

    def accepted(self, supplier: SupplierName, before: BalanceBefore) -> None:
        """Let it stand before the next order too."""
        self._kept[supplier] = replace(before, orders=before.orders + 1)


@dataclass(frozen=True, slots=True)
class CollectEvidence:
    """One look at a supplier's attempts in doubt."""

    db: Database
    watch: WatchSuppliers
    clock: Clock

    async def __call__(self, supplier: Supplier) -> bool:
        """Whether a reading was taken; one serves all attempts that wait for one."""
        if not await self.db.read(due_readings, supplier.name):  # a look without a lock
            return False
        due = await self.db.write(claim_readings, supplier.name)
        if not due:
            return False
        try:
            balance = await self.watch.read_balance(supplier)
        except SupplierError as failure:
            wait = failure.retry_after if isinstance(failure, Throttled) else _AGAIN
            await self._failed(due, wait)
            return False
        if balance.currency != self.watch.currency:  # amounts in two currencies prove nothing
            await self._failed(due, _OTHER_MONEY)
            return False
        for one in due:
            await self.db.write(note_reading, one, balance)
        return True

    async def _failed(self, due: tuple[DueReading, ...], wait: timedelta) -> None:
        for one in due:
            again_at = self.clock.now() + wait
            await self.db.write(reading_failed, one, again_at)
