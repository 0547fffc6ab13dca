"""The submit queue of each supplier: one order at a time, written down before it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import exists, insert, or_, select, update

from bot.base.ids import OrderId, SupplierName
from bot.catalog.tables import suppliers
from bot.db.tx import Tx, insert_for
from bot.orders.kinds import Kinds, Submission
from bot.orders.rows import OrderRow, lock, move, note_balance
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import HARMLESS, State
from bot.orders.tables import attempts, orders
from bot.suppliers.port import Balance

LANE_LEASE: Final = timedelta(minutes=2)
"""How long an order being sent keeps its supplier's lane: longer than any `add` may take."""
_CLAIMED: Final = timedelta(minutes=1)


def claim(tx: Tx, supplier: SupplierName) -> Submission | None:
    """See `Submissions.claim`: adds to one supplier leave one at a time, over all processes."""
    _lock_lane(tx, supplier)
    if tx.in_safe_mode() or _lane_is_taken(tx, supplier):
        return None
    query = (
        select(orders)
        .where(
            orders.c.supplier == supplier,
            orders.c.state == State.QUEUED,
            orders.c.due_at <= tx.now,
        )
        .order_by(orders.c.due_at, orders.c.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True)
    )
    row = tx.find(OrderRow, query)
    if row is None:
        return None
    later = update(orders).where(orders.c.id == row.id).values(due_at=tx.now + _CLAIMED)
    tx.execute(later)
    sent = as_submission(row, tx.settings.unseal(row.link))
    return replace(sent, phone=tx.part(Kinds)[row.kind].phone(tx, row.reuse))


def _lock_lane(tx: Tx, supplier: SupplierName) -> None:
    row = insert_for(tx, suppliers).values(name=supplier)
    tx.execute(row.on_conflict_do_nothing())
    lane = select(suppliers.c.name).where(suppliers.c.name == supplier)
    tx.execute(lane.with_for_update(key_share=True)).one()


def _lane_is_taken(tx: Tx, supplier: SupplierName) -> bool:
    taken = select(orders.c.id).where(
        orders.c.supplier == supplier,
        orders.c.state == State.SUBMITTING,
        orders.c.submitting_at > tx.now - LANE_LEASE,
    )
    return tx.execute(taken.limit(1)).first() is not None


def as_submission(row: OrderRow, link: str = "") -> Submission:
    """A queued order's row as the lane takes it; `link` is unsealed, where it is to be sent."""
    return Submission(
        order=row.id,
        supplier=row.supplier,
        service=row.remote_service,
        quantity=row.quantity,
        link=link,
        kind=row.kind,
        tries=row.tries,
        queued_at=row.queued_at,
    )


def begin(tx: Tx, submission: Submission, balance: Balance | None) -> Submission | None:
    """See `Submissions.begin`: from here on the `add` may have left.

    Another process may have begun an order between our claim and this; ours waits then.
    """
    _lock_lane(tx, submission.supplier)
    row = lock(tx, submission.order)
    if row.state is not State.QUEUED or tx.in_safe_mode():
        return None
    if _lane_is_taken(tx, submission.supplier):
        back = update(orders).where(orders.c.id == row.id)
        tx.execute(back.values(due_at=tx.now))
        return None
    number = row.attempt + 1
    if not row.sender and may_have_arrived(tx, submission.order):
        raise IllegalMove(submission.order, State.SUBMITTING)
    tx.execute(insert(attempts).values(order_id=row.id, number=number, at=tx.now, by=row.sender))
    if balance is not None:
        note_balance(tx, submission.order, number, balance)
    move(tx, row, State.SUBMITTING, actor=row.sender, attempt=number, sender="")
    return replace(submission, attempt=number)


def may_have_arrived(tx: Tx, order: OrderId) -> bool:
    """Whether an earlier attempt is not known for certain to have stayed here or been refused.

    Of an order that waited in the copy that the shop was restored from, nothing is known.
    """
    unsure = exists().where(attempts.c.order_id == order, attempts.c.outcome.not_in(HARMLESS))
    restored = exists().where(orders.c.id == order, orders.c.restored_at.is_not(None))
    return bool(tx.execute(select(or_(unsure, restored))).scalar_one())
