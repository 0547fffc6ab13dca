"""Orders that nobody works on by themselves: at forgotten suppliers, or under way for too long."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.base.ids import SupplierName
from bot.base.keys import stuck_cause
from bot.db.tx import Tx
from bot.orders import attempts, queue, settle
from bot.orders.rows import OrderRow
from bot.orders.rules.moves import Reason, State
from bot.orders.tables import orders
from bot.outbox.notices import Oddity, OrderOddity
from bot.outbox.tell import begin_alert

_STUCK: Final = timedelta(hours=24)


def adopt(tx: Tx, names: tuple[SupplierName, ...]) -> int:
    """See `Submissions.adopt`; in safe mode nobody's money moves."""
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
            reason = Reason.SUPPLIER_GONE
            as_submission = queue.as_submission(row)
            attempts.give_up(tx, as_submission, reason)
    return len(rows)


def alert_stuck(tx: Tx) -> int:
    """See `Polls.alert_stuck`."""
    query = select(orders.c.id).where(
        orders.c.state == State.ACTIVE, orders.c.active_at <= tx.now - _STUCK
    )
    stuck = tx.execute(query).scalars().all()
    told = [begin_alert(tx, stuck_cause(one), OrderOddity(one, Oddity.STUCK)) for one in stuck]
    return sum(told)
