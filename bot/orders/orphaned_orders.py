"""Orders that no worker ends: left in sending, at suppliers that are gone, stuck for a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select, text, update

from bot.base.clock import SKEW
from bot.base.ids import OrderId, SupplierName
from bot.base.keys import stuck_cause
from bot.db.tx import Tx
from bot.orders import attempts, settle, tables
from bot.orders.kinds import Submission
from bot.orders.rows import OrderRow, lock, of_attempt
from bot.orders.rules.moves import Outcome, Reason, State
from bot.orders.tables import STUCK_TOLD, UNTOLD, orders
from bot.outbox.notices import Oddity, OrderOddity
from bot.outbox.tell import begin_alert

_STUCK: Final = timedelta(hours=24)
_MOST_A_DAY: Final = 5


def take_over_orphaned_orders(tx: Tx, names: tuple[SupplierName, ...]) -> int:
    """End what waits at suppliers that the settings no longer name; how many orders there were.

    Queued ones are refunded, or in doubt where they may have arrived; active ones need a person.
    In safe mode none is touched.
    """
    if tx.in_safe_mode():
        return 0
    query = (
        select(orders)
        .where(orders.c.supplier.not_in(names))
        .where(
            (orders.c.state == State.QUEUED)
            # A rented number ends by our clock, which needs no supplier.
            | ((orders.c.state == State.ACTIVE) & orders.c.due_at.is_not(None))
        )
        .order_by(orders.c.id)
        .with_for_update(key_share=True)
    )
    rows = tx.list(OrderRow, query)
    for row in rows:
        if row.state is State.ACTIVE:
            settle.park(tx, row, Reason.SUPPLIER_GONE)
        else:
            attempts.give_up(tx, attempts.as_submission(row), Reason.SUPPLIER_GONE)
    return len(rows)


def park_interrupted(tx: Tx, older_than: timedelta) -> int:
    """Put every order in doubt that has been in sending for longer; how many there were.

    In safe mode none is touched: its end parks them.
    """
    since = orders.c.submitting_at
    return _park(tx, (since <= tx.now - older_than) | (since > tx.now + SKEW))


def park_sent_by(tx: Tx, replica: int) -> int:
    """Put every order in doubt that a process was sending which is gone; how many there were."""
    return _park(tx, orders.c.claimed_by == replica)


def _park(tx: Tx, which: ColumnElement[bool]) -> int:
    if tx.in_safe_mode():
        return 0
    query = (
        select(orders)
        .where(orders.c.state == State.SUBMITTING, which)
        .order_by(orders.c.id)
        .with_for_update(key_share=True)
    )
    rows = tx.list(OrderRow, query)
    for row in rows:
        tx.execute(
            update(tables.attempts)
            .where(of_attempt(row.id, row.attempt), tables.attempts.c.outcome == Outcome.UNKNOWN)
            .values(outcome=Outcome.IN_DOUBT)
        )
        attempts.park(tx, row, Reason.INTERRUPTED)
    return len(rows)


def not_left(tx: Tx, claimed: Submission) -> None:
    """Put an order back that has not left, because nobody heard whether `begin` was committed.

    An attempt of that number under this claim is its own, whatever others made of it meanwhile.
    """
    row = lock(tx, claimed.order)
    if row.claim != claimed.claim:
        return
    if row.attempt > claimed.earlier:
        attempts.not_sent(tx, replace(claimed, attempt=row.attempt), timedelta(), "")
    elif row.state is State.QUEUED:
        tx.execute(update(orders).where(orders.c.id == row.id).values(due_at=tx.now))


def alert_stuck(tx: Tx) -> int:
    """Tell operators once of each order that has been under way for a day; how many are new.

    Of few a day: a supplier that is away for a day holds up all its orders, and is told itself.
    """
    told_at = orders.c.stuck_told_at
    lately = (text(STUCK_TOLD), told_at > tx.now - _STUCK, told_at <= tx.now + SKEW)
    left = _MOST_A_DAY - tx.execute(select(func.count()).where(*lately)).scalar_one()
    late = select(orders.c.id).where(
        text(UNTOLD), orders.c.state == State.ACTIVE, orders.c.active_at <= tx.now - _STUCK
    )
    oldest = late.order_by(orders.c.active_at, orders.c.id).limit(max(left, 0))
    found = tx.execute(oldest).scalars().all()
    if found:
        noted = update(orders).where(orders.c.id.in_(found))
        tx.execute(noted.values(stuck_told_at=tx.now))
    told = (OrderOddity(order, Oddity.STUCK) for order in found)
    return sum(begin_alert(tx, stuck_cause(OrderId(one.order)), one) for one in told)
