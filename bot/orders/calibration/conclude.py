"""A calibration is concluded: the balance is read once more, and the charge is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, or_, select, update

from bot.base.clock import Clock, is_over
from bot.base.ids import CustomerId, OrderId, SupplierName
from bot.base.keys import calibration_key
from bot.base.money import NotMoney, money_from
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database
from bot.db.tx import Tx
from bot.orders.calibration.judge import ChargeResult, ChargeSeen, judge_charge
from bot.orders.calibration.tables import CalibrationState, UnclearReason, calibrations
from bot.orders.rows import OrderRow, find_row
from bot.orders.rules.moves import Outcome, State
from bot.orders.tables import attempts, orders, readings
from bot.outbox.supplier_notices import CalibrationDone
from bot.outbox.tell import tell
from bot.suppliers.errors import SupplierError, Throttled
from bot.suppliers.port import Balance, Supplier

_LEASE: Final = timedelta(seconds=30)
_AGAIN: Final = timedelta(seconds=2)
_PARKED_AGAIN: Final = timedelta(seconds=30)
_AFTER_FAILURE: Final = timedelta(seconds=15)
_CHARGED_WITHIN: Final = timedelta(minutes=10)
"""A supplier that has not said a charge by then says none."""
_LONGEST: Final = timedelta(minutes=15)
_UNDER_WAY: Final = frozenset({State.QUEUED, State.SUBMITTING, State.IN_DOUBT})
_UNSETTLED: Final = (Outcome.UNKNOWN, Outcome.IN_DOUBT)


class OpenCalibration(NamedTuple):
    """A calibration that this process looks at; whoever holds an older `claim` writes nothing."""

    order: OrderId
    claim: int


def claim_calibration(tx: Tx, supplier: SupplierName) -> OpenCalibration | None:
    """The open calibration of a supplier if its charge can be judged now, kept from others.

    One whose order came to nothing is concluded at once; one whose order goes on is looked at
    again.
    """
    due = (calibrations.c.supplier == supplier) & _is_due(tx)
    query = select(calibrations.c.order_id, calibrations.c.claim).where(due)
    found = tx.execute(query.with_for_update(skip_locked=True)).one_or_none()
    if tx.in_safe_mode():
        return None
    row = None if found is None else find_row(tx, OrderId(found.order_id))
    if found is None or row is None:
        return None
    claimed = OpenCalibration(row.id, int(found.claim) + 1)
    again_at = tx.now + _LEASE
    why = _why_in_vain(row)
    ready = why is None and _is_charged(row, tx.now)
    if not ready:
        again_at = tx.now + (_PARKED_AGAIN if row.state is State.IN_DOUBT else _AGAIN)
    held = {"due_at": again_at, "claim": claimed.claim, "claimed_by": tx.settings.replica}
    tx.execute(update(calibrations).where(calibrations.c.order_id == row.id).values(held))
    if why is not None:
        _conclude(tx, row, ChargeResult(CalibrationState.UNCLEAR, why=why), None, None)
    return claimed if ready else None


def _is_due(tx: Tx) -> Any:
    return and_(
        calibrations.c.state == CalibrationState.OPEN, tx.is_due(calibrations.c.due_at, _LONGEST)
    )


def is_any_due(tx: Tx, supplier: SupplierName) -> bool:
    """Whether there is one to look at; a look without a lock."""
    query = select(calibrations.c.order_id).where(calibrations.c.supplier == supplier, _is_due(tx))
    return tx.execute(query.limit(1)).first() is not None


def _why_in_vain(row: OrderRow) -> UnclearReason | None:
    """Why an order's charge proves nothing: it was not placed, or not kept as it was."""
    if row.state is State.FAILED:
        return UnclearReason.NOT_ORDERED
    return UnclearReason.CANCELED if row.state in {State.CANCELED, State.PARTIAL} else None


def _is_charged(row: OrderRow, now: datetime) -> bool:
    """Whether the supplier has said what it charged, or had its time to."""
    if row.state in _UNDER_WAY:
        return False
    if row.state is State.COMPLETED or row.charge:
        return True
    return is_over(row.active_at or row.created_at, _CHARGED_WITHIN, now)


def read_again(tx: Tx, held: OpenCalibration, after: timedelta) -> None:
    """Look at it again later: the balance cannot be had now."""
    mine = _held_by(held)
    tx.execute(update(calibrations).where(mine).values(due_at=tx.now + after))


def _held_by(held: OpenCalibration) -> Any:
    return and_(
        calibrations.c.order_id == held.order,
        calibrations.c.claim == held.claim,
        calibrations.c.state == CalibrationState.OPEN,
    )


def note_balance_after(
    tx: Tx, held: OpenCalibration, balance: Balance, read_at: datetime
) -> ChargeResult | None:
    """Judge the charge by the balance that was read then, and tell the operator.

    None, and nothing is changed, where another process has looked at it since.
    """
    query = select(calibrations).where(_held_by(held)).with_for_update()
    found = tx.execute(query).one_or_none()
    row = find_row(tx, held.order)
    if found is None or row is None:
        return None
    if (why := _why_in_vain(row)) is not None:
        result = ChargeResult(CalibrationState.UNCLEAR, why=why)
        _conclude(tx, row, result, None, None)
        return result
    before = _balance_before(tx, row)
    currencies = {row.charge_currency or tx.settings.currency, balance.currency}
    seen = ChargeSeen(
        rate=found.rate,
        quantity=row.quantity,
        charge=row.charge,
        before=None if before is None else before[0],
        after=balance.amount,
        same_currency={one.upper() for one in currencies} == {tx.settings.currency},
        alone=before is not None and not _others_moved(tx, row, before[1], read_at),
    )
    result = judge_charge(seen)
    _conclude(tx, row, result, seen.before, seen.after)
    return result


def _balance_before(tx: Tx, row: OrderRow) -> tuple[Decimal, datetime] | None:
    """The balance that was written down with the only attempt, and when it was read."""
    query = select(readings.c.balance, readings.c.at).where(readings.c.order_id == row.id)
    first = tx.execute(query.order_by(readings.c.id).limit(1)).one_or_none()
    sent = select(attempts.c.at).where(attempts.c.order_id == row.id)
    sent_at = tx.execute(sent.order_by(attempts.c.number).limit(1)).scalar_one_or_none()
    if first is None or sent_at is None or first.at > sent_at:
        return None
    return first.balance, first.at


def _others_moved(tx: Tx, row: OrderRow, since: datetime, read_at: datetime) -> bool:
    """Whether any other order may have moved the balance between the two readings.

    Also what is in doubt since earlier may be charged in between, and so may an earlier attempt.
    """
    there = (orders.c.supplier == row.supplier) & (orders.c.id != row.id)
    sent = or_(
        attempts.c.at >= since,
        attempts.c.answered_at >= since,  # it was on its way when the balance was read
        attempts.c.outcome.in_(_UNSETTLED),
    )
    other = select(orders.c.id).join(attempts, attempts.c.order_id == orders.c.id)
    back = select(orders.c.id).where(
        there,
        orders.c.finished_at >= since,
        orders.c.state.in_((State.CANCELED, State.PARTIAL)),
    )
    tried = select(attempts.c.number).where(
        attempts.c.order_id == row.id, attempts.c.number != row.attempt
    )
    queries = (other.where(there, sent), back, tried)
    return any(tx.execute(one.limit(1)).first() is not None for one in queries) or read_at < since


def _conclude(
    tx: Tx, row: OrderRow, result: ChargeResult, before: Decimal | None, after: Decimal | None
) -> None:
    """Write the result down and tell the operator; the order's cost is what was charged."""
    noted = {
        "state": result.state,
        "why": result.why,
        "basis": "" if result.basis is None else str(result.basis),
        "before": before,
        "after": after,
        "due_at": None,
    }
    tx.execute(update(calibrations).where(calibrations.c.order_id == row.id).values(noted))
    if result.state is not CalibrationState.UNCLEAR and row.charge is not None:
        _note_cost(tx, row, row.charge)
    tell(tx, CustomerId(row.customer), calibration_key(row.id), CalibrationDone(row.id))


def _note_cost(tx: Tx, row: OrderRow, charge: Decimal) -> None:
    try:
        cost = money_from(charge)
    except NotMoney:
        return
    tx.execute(update(orders).where(orders.c.id == row.id).values(cost=cost))


@dataclass(frozen=True, slots=True)
class ConcludeCalibrations:
    """One look at a supplier's open calibration."""

    db: Database
    watch: WatchSuppliers
    clock: Clock

    async def __call__(self, supplier: Supplier) -> bool:
        """Whether one was concluded."""
        if not await self.db.read(is_any_due, supplier.name):
            return False
        held = await self.db.write(claim_calibration, supplier.name)
        if held is None:
            return False
        try:
            balance = await self.watch.read_balance(supplier)
        except SupplierError as failure:
            wait = failure.retry_after if isinstance(failure, Throttled) else _AFTER_FAILURE
            await self.db.write(read_again, held, min(wait, _LONGEST))
            return False
        at = self.clock.now()
        return await self.db.write(note_balance_after, held, balance, at) is not None
