"""The way of an order out of the house: claimed, written down, sent, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from bot.domain.evidence import next_reading
from bot.domain.ids import CustomerId, OrderId
from bot.domain.order import Reason, State
from bot.shop.notices import DoubtAlert, OrderEnded, OrderInDoubt, OrderOddity, OrderWaits
from bot.shop.ports import Submission
from bot.shop.suppliers import Accepted, Rented
from bot.storage import safe_mode
from bot.storage.house import House
from bot.storage.lanes import may_have_arrived
from bot.storage.order_rows import OrderRow, fail, lock, move
from bot.storage.post import refresh_card, tell, tell_operators
from bot.storage.rental_rows import begin as begin_rental
from bot.storage.tables import answers, attempts, orders

_ANSWERABLE: Final = frozenset({State.SUBMITTING, State.IN_DOUBT})


def _answered(
    connection: Connection, sent: Submission, outcome: str, said: str, now: datetime
) -> OrderRow | None:
    """Write an attempt's outcome down; the order, if it still waits for this very answer."""
    row = lock(connection, sent.order)
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == sent.order, attempts.c.number == sent.attempt)
        .values(outcome=outcome, said=said, answered_at=now)
    )
    if said:
        connection.execute(insert(answers).values(order_id=sent.order, at=now, said=said))
    waiting = row.attempt == sent.attempt and row.state in _ANSWERABLE
    return row if waiting else None


def accepted(
    connection: Connection, house: House, sent: Submission, answer: Accepted, now: datetime
) -> bool:
    """See `Submissions.accepted`."""
    ours = select(orders.c.id).where(
        orders.c.supplier == sent.supplier,
        orders.c.remote_order == answer.order,
        orders.c.id != sent.order,
    )
    if connection.execute(ours).first() is not None:
        said = f"{answer.order}: {answer.said}"
        in_doubt(connection, house, sent, (Reason.ID_ALREADY_OURS, said), now)
        return False
    row = _answered(connection, sent, "accepted", answer.said, now)
    if row is None:
        _late_answer(connection, house, sent, f"accepted as {answer.order}", now)
        return True
    move(
        connection,
        row,
        State.ACTIVE,
        now,
        note=answer.order,
        remote_order=answer.order,
        reason=None,
        due_at=None if isinstance(answer, Rented) else now,
        misses=0,
    )
    if isinstance(answer, Rented):
        begin_rental(connection, house, row, answer.phone, now)
    return True


def _late_answer(
    connection: Connection, house: House, sent: Submission, words: str, now: datetime
) -> None:
    """An answer nobody waits for any more moves nothing, but operators must know it."""
    oddity = OrderOddity(sent.order, "late_answer", words)
    key = f"late:{sent.order}:{sent.attempt}"
    tell_operators(connection, house.operators, key, oddity, now)


def refused(
    connection: Connection,
    house: House,
    sent: Submission,
    no: tuple[Reason, str],
    now: datetime,
) -> None:
    """See `Submissions.refused`."""
    reason, said = no
    row = _answered(connection, sent, "refused", said, now)
    if row is None:
        _late_answer(connection, house, sent, "refused", now)
    elif not may_have_arrived(connection, sent.order):
        _fail(connection, row, reason, now)
    elif row.state is State.SUBMITTING:  # this attempt is a clear no, an earlier one is not
        park(connection, house, row, reason, now)


def not_sent(
    connection: Connection,
    sent: Submission,
    wait: tuple[timedelta, str],
    now: datetime,
) -> None:
    """See `Submissions.not_sent`."""
    after, said = wait
    if sent.attempt:
        row = _answered(connection, sent, "not_sent", said, now)
    else:
        row = lock(connection, sent.order)
        row = row if row.state is State.QUEUED else None
    if row is None:
        return
    back: dict[str, Any] = {"due_at": now + after, "tries": row.tries + 1}
    if row.state is State.QUEUED:
        connection.execute(update(orders).where(orders.c.id == row.id).values(back))
        if not row.tries:  # later tries change nothing on the card
            refresh_card(connection, CustomerId(row.customer), OrderId(row.id), now)
    else:
        # A name given for an attempt that never left is good for the next one.
        back |= {"sender": _sender_of(connection, sent), "reason": None}
        move(connection, row, State.QUEUED, now, note=said, **back)
        kept = update(orders).where(orders.c.id == row.id).values(queued_at=row.queued_at)
        connection.execute(kept)
    if not row.unsure:  # its money does not come back by itself
        tell(connection, CustomerId(row.customer), f"waits:{row.id}", OrderWaits(row.id), now)


def _sender_of(connection: Connection, sent: Submission) -> str:
    query = select(attempts.c.by).where(
        attempts.c.order_id == sent.order, attempts.c.number == sent.attempt
    )
    return str(connection.execute(query).scalar_one())


def in_doubt(
    connection: Connection,
    house: House,
    sent: Submission,
    doubt: tuple[Reason, str],
    now: datetime,
) -> None:
    """See `Submissions.in_doubt`."""
    reason, said = doubt
    row = _answered(connection, sent, "in_doubt", said, now)
    if row is not None and row.state is State.SUBMITTING:
        park(connection, house, row, reason, now)


def park(
    connection: Connection, house: House, row: OrderRow, reason: Reason, now: datetime
) -> None:
    """Set an order that was being sent aside: its money stays held, people are told once."""
    order = OrderId(row.id)
    parked: dict[str, Any] = {"reason": reason, "due_at": None, "unsure": True}
    move(connection, row, State.IN_DOUBT, now, note=reason, **parked)
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.number == row.attempt)
        .values(reading_due_at=next_reading(now, 0))
    )
    key = f"doubt:{order}:{row.attempt}:{int(now.timestamp() * 1_000_000)}"
    tell(connection, CustomerId(row.customer), key, OrderInDoubt(order), now)
    tell_operators(connection, house.operators, f"a-{key}", DoubtAlert(order), now)


def give_up(
    connection: Connection, house: House, sent: Submission, reason: Reason, now: datetime
) -> None:
    """See `Submissions.give_up`; what may have arrived before is no machine's to refund."""
    row = lock(connection, sent.order)
    if row.state is not State.QUEUED or safe_mode.is_on(connection):
        return
    if may_have_arrived(connection, sent.order):
        park(connection, house, row, reason, now)
    else:
        _fail(connection, row, reason, now)


def _fail(connection: Connection, row: OrderRow, reason: Reason, now: datetime) -> None:
    fail(connection, row, reason, now)
    tell(connection, CustomerId(row.customer), f"ended:{row.id}", OrderEnded(row.id), now)


def park_interrupted(
    connection: Connection, house: House, older_than: timedelta, now: datetime
) -> int:
    """See `Submissions.park_interrupted`; in safe mode these wait for its end."""
    if safe_mode.is_on(connection):
        return 0
    query = (
        select(orders)
        .where(orders.c.state == State.SUBMITTING, orders.c.submitting_at <= now - older_than)
        .order_by(orders.c.id)
        .with_for_update(key_share=True)
    )
    rows = connection.execute(query).all()
    for row in rows:
        connection.execute(
            update(attempts)
            .where(
                attempts.c.order_id == row.id,
                attempts.c.number == row.attempt,
                attempts.c.outcome == "",
            )
            .values(outcome="in_doubt")
        )
        park(connection, house, row, Reason.INTERRUPTED, now)
    return len(rows)
