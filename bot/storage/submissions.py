"""The way of an order out of the house: claimed, written down, sent, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, exists, insert, select, update

from bot.domain.errors import IllegalMove
from bot.domain.evidence import next_reading
from bot.domain.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.domain.order import Reason, State
from bot.shop.notices import DoubtAlert, OrderEnded, OrderInDoubt, OrderOddity, OrderWaits
from bot.shop.ports import Submission
from bot.shop.suppliers import Accepted, Balance, Rented
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, fail, lock, move
from bot.storage.post import refresh_card, tell, tell_operators
from bot.storage.rental_rows import begin as begin_rental
from bot.storage.rental_rows import phone_to_reuse
from bot.storage.tables import answers, attempts, orders, readings, suppliers
from bot.storage.upsert import insert_for

LANE_LEASE: Final = timedelta(minutes=2)
"""How long an order being sent keeps its supplier's lane: longer than any `add` may take."""
_CLAIMED: Final = timedelta(minutes=1)
_ANSWERABLE: Final = frozenset({State.SUBMITTING, State.IN_DOUBT})


def claim(
    connection: Connection, house: House, supplier: SupplierName, now: datetime
) -> Submission | None:
    """See `Submissions.claim`: adds to one supplier leave one at a time, over all processes."""
    _lock_lane(connection, supplier)
    if _lane_is_taken(connection, supplier, now):
        return None
    query = (
        select(orders)
        .where(
            orders.c.supplier == supplier,
            orders.c.state == State.QUEUED,
            orders.c.due_at <= now,
        )
        .order_by(orders.c.due_at, orders.c.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    later = update(orders).where(orders.c.id == row.id).values(due_at=now + _CLAIMED)
    connection.execute(later)
    return replace(as_submission(row), phone=phone_to_reuse(connection, house, row.reuse))


def _lock_lane(connection: Connection, supplier: SupplierName) -> None:
    row = insert_for(connection, suppliers).values(name=supplier)
    connection.execute(row.on_conflict_do_nothing())
    lane = select(suppliers.c.name).where(suppliers.c.name == supplier)
    connection.execute(lane.with_for_update(key_share=True)).one()


def _lane_is_taken(connection: Connection, supplier: SupplierName, now: datetime) -> bool:
    taken = select(orders.c.id).where(
        orders.c.supplier == supplier,
        orders.c.state == State.SUBMITTING,
        orders.c.submitting_at > now - LANE_LEASE,
    )
    return connection.execute(taken.limit(1)).first() is not None


def as_submission(row: OrderRow) -> Submission:
    """A queued order's row as the lane takes it."""
    return Submission(
        order=OrderId(row.id),
        supplier=SupplierName(row.supplier),
        service=RemoteId(row.remote_service),
        quantity=row.quantity,
        link=row.link,
        tries=row.tries,
        queued_at=row.queued_at,
    )


def begin(
    connection: Connection, submission: Submission, balance: Balance | None, now: datetime
) -> Submission | None:
    """See `Submissions.begin`: from here on the `add` may have left.

    Another process may have begun an order between our claim and this; ours waits then.
    """
    _lock_lane(connection, submission.supplier)
    row = lock(connection, submission.order)
    if row.state is not State.QUEUED:
        return None
    if _lane_is_taken(connection, submission.supplier, now):
        back = update(orders).where(orders.c.id == row.id)
        connection.execute(back.values(due_at=now))
        return None
    number = row.attempt + 1
    if not row.sender and _may_have_arrived(connection, submission.order):
        raise IllegalMove(submission.order, State.SUBMITTING)
    connection.execute(
        insert(attempts).values(order_id=row.id, number=number, at=now, by=row.sender)
    )
    if balance is not None:
        note_balance(connection, submission.order, number, balance, now)
    move(connection, row, State.SUBMITTING, now, actor=row.sender, attempt=number, sender="")
    return replace(submission, attempt=number)


def _may_have_arrived(connection: Connection, order: OrderId) -> bool:
    """Whether an earlier attempt is not known for certain to have stayed here or been refused."""
    unsure = exists().where(
        attempts.c.order_id == order, attempts.c.outcome.not_in(("not_sent", "refused"))
    )
    return bool(connection.execute(select(unsure)).scalar_one())


def note_balance(
    connection: Connection, order: OrderId, attempt: int, balance: Balance, now: datetime
) -> None:
    """Write one balance reading down as evidence."""
    line = {"order_id": order, "attempt": attempt, "at": now, "balance": balance.amount}
    connection.execute(insert(readings).values(line))


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
    elif not _may_have_arrived(connection, sent.order):
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
    if row.state is not State.QUEUED:
        return
    if _may_have_arrived(connection, sent.order):
        park(connection, house, row, reason, now)
    else:
        _fail(connection, row, reason, now)


def _fail(connection: Connection, row: OrderRow, reason: Reason, now: datetime) -> None:
    fail(connection, row, reason, now)
    tell(connection, CustomerId(row.customer), f"ended:{row.id}", OrderEnded(row.id), now)


def park_interrupted(
    connection: Connection, house: House, older_than: timedelta, now: datetime
) -> int:
    """See `Submissions.park_interrupted`."""
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


def due_readings(
    connection: Connection, supplier: SupplierName, now: datetime
) -> tuple[tuple[OrderId, int], ...]:
    """See `Submissions.due_readings`."""
    query = (
        select(attempts.c.order_id, attempts.c.number)
        .join(orders, orders.c.id == attempts.c.order_id)
        .where(
            attempts.c.reading_due_at <= now,
            orders.c.supplier == supplier,
            orders.c.state == State.IN_DOUBT,
            orders.c.attempt == attempts.c.number,
        )
        .order_by(attempts.c.reading_due_at)
        .limit(50)
    )
    return tuple((OrderId(row.order_id), row.number) for row in connection.execute(query))


def reading_failed(
    connection: Connection, order: OrderId, attempt: int, again_at: datetime
) -> None:
    """See `Submissions.reading_failed`."""
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.number == attempt)
        .values(reading_due_at=again_at)
    )


def note_reading(
    connection: Connection, order: OrderId, attempt: int, balance: Balance, now: datetime
) -> None:
    """See `Submissions.note_reading`."""
    row = lock(connection, order)
    query = select(attempts).where(attempts.c.order_id == order, attempts.c.number == attempt)
    found = connection.execute(query).one()
    taken = found.readings + 1
    note_balance(connection, order, attempt, balance, now)
    due = next_reading(row.parked_at or now, taken)
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.number == attempt)
        .values(readings=taken, reading_due_at=due)
    )
