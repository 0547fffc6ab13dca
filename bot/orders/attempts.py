"""What became of each attempt to place an order: accepted, refused, not sent, or in doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, func, insert, or_, select, true, update

from bot.base.clock import SKEW
from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.base.keys import doubt_key, oddity_key, operators_key, waits_key
from bot.base.money import ZERO, Money
from bot.catalog.standing import lock_supplier
from bot.db.tx import Tx
from bot.orders.kinds import Kinds, Submission
from bot.orders.rows import OrderRow, lock, move, note_balance, of_attempt
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.evidence import next_reading
from bot.orders.rules.moves import HARMLESS, Outcome, Reason, State
from bot.orders.standins.hand_on import hand_on_if_paused, hand_on_or_fail
from bot.orders.standins.rows import handed_on, was_elsewhere
from bot.orders.tables import answers, attempts, orders
from bot.outbox.notices import (
    DoubtAlert,
    Oddity,
    OrderInDoubt,
    OrderOddity,
    OrderWaits,
)
from bot.outbox.tell import refresh_card, tell, tell_operators
from bot.suppliers.port import Accepted, Balance
from bot.suppliers.words import Kind

_HEX: Final = re.compile("[0-9a-fA-F]+")
SENDING_LEASE: Final = timedelta(minutes=2)
"""How long an order being sent keeps others of its supplier waiting: longer than any `add`."""
_DAY: Final = timedelta(days=1)
_ANSWERABLE: Final = frozenset({State.SUBMITTING, State.IN_DOUBT})


def as_submission(row: OrderRow, link: str = "") -> Submission:
    """A queued order's row as it is claimed; `link` is unsealed, where it is to be sent."""
    return Submission(
        order=row.id,
        supplier=row.supplier,
        service=row.remote_service,
        quantity=row.quantity,
        link=link,
        kind=row.kind,
        tries=row.tries,
        queued_at=row.queued_at,
        claim=row.claim,
        earlier=row.attempt,
    )


def may_have_arrived(tx: Tx, order: OrderId) -> bool:
    """Whether any attempt may have placed the order: all but those refused or never sent.

    Also true of an order that waited in the copy that the shop was restored from.
    """
    unsure = exists().where(attempts.c.order_id == order, attempts.c.outcome.not_in(HARMLESS))
    restored = exists().where(orders.c.id == order, orders.c.restored_at.is_not(None))
    return bool(tx.execute(select(or_(unsure, restored))).scalar_one())


def is_sending(tx: Tx, supplier: SupplierName) -> bool:
    """Whether an order is being sent to a supplier right now, by whatever process."""
    taken = select(orders.c.id).where(
        orders.c.supplier == supplier,
        orders.c.state == State.SUBMITTING,
        orders.c.submitting_at.between(tx.now - SENDING_LEASE, tx.now + SKEW),
    )
    return tx.execute(taken.limit(1)).first() is not None


def begin(
    tx: Tx, submission: Submission, balance: Balance | None, read_at: datetime | None = None
) -> Submission | None:
    """Write an attempt down before it leaves; from here on the `add` may have left.

    `balance`, read just now or `read_at` then, is evidence for a later doubt. None when the order
    waits no more, another one is being sent there by now, or the shop is in safe mode. Raises
    IllegalMove when an earlier attempt may have arrived and no operator has asked for another.
    """
    lock_supplier(tx, submission.supplier)
    row = lock(tx, submission.order)
    if not _is_held(row, submission) or tx.in_safe_mode():
        return None
    if is_sending(tx, submission.supplier):
        tx.execute(update(orders).where(orders.c.id == row.id).values(due_at=tx.now))
        return None
    number = row.attempt + 1
    if not row.sender and may_have_arrived(tx, submission.order):
        raise IllegalMove(submission.order, State.SUBMITTING)
    tx.execute(insert(attempts).values(order_id=row.id, number=number, at=tx.now, by=row.sender))
    if balance is not None:
        note_balance(tx, submission.order, number, balance, read_at)
    move(tx, row, State.SUBMITTING, actor=row.sender, attempt=number, sender="")
    return replace(submission, attempt=number)


def _is_held(row: OrderRow, claimed: Submission) -> bool:
    """Whether the order waits, claimed by nobody since, for this supplier still."""
    stands = (row.state, row.claim, row.supplier)
    return stands == (State.QUEUED, claimed.claim, claimed.supplier)


def _answered(tx: Tx, sent: Submission, outcome: Outcome, said: str) -> OrderRow | None:
    """Write an attempt's outcome down; the order, if it still waits for this very answer."""
    row = lock(tx, sent.order)
    tx.execute(
        update(attempts)
        .where(of_attempt(sent.order, sent.attempt))
        .values(outcome=outcome, said=said, answered_at=tx.now)
    )
    if said:
        tx.execute(insert(answers).values(order_id=sent.order, at=tx.now, said=said))
    waiting = row.attempt == sent.attempt and row.state in _ANSWERABLE
    return row if waiting else None


def accepted(tx: Tx, sent: Submission, answer: Accepted) -> bool:
    """Note that the supplier took the order, under the id of its answer.

    False when the id is another order's of ours: this one is in doubt then. An answer that nobody
    waits for any more changes nothing, and operators are told.
    """
    if is_ours(tx, sent.supplier, sent.kind, answer.order, but=sent.order):
        said = f"{answer.order}: {answer.said}"
        in_doubt(tx, sent, Reason.ID_ALREADY_OURS, said)
        return False
    row = _answered(tx, sent, Outcome.ACCEPTED, answer.said)
    if row is None:
        if not _is_known(tx, sent, answer):
            _late_answer(tx, sent, f"accepted as {answer.order}")
        return True
    move(
        tx,
        row,
        State.ACTIVE,
        note=answer.order,
        remote_order=answer.order,
        reason=None,
        due_at=tx.part(Kinds)[row.kind].start_polling(tx, row, answer),
        misses=0,
    )
    return True


def is_ours(
    tx: Tx, supplier: SupplierName, kind: Kind, remote: RemoteId, but: OrderId | None = None
) -> bool:
    """Whether a supplier's id is that of an order of ours, `but` one.

    Numbers and other orders are counted apart, and ids of hex letters are the same in any case.
    """
    counted = orders.c.kind == Kind.NUMBER
    is_hex = _HEX.fullmatch(remote) and not remote.isdecimal()
    named = func.lower(orders.c.remote_order) if is_hex else orders.c.remote_order
    query = select(orders.c.id).where(
        orders.c.supplier == supplier,
        counted if kind is Kind.NUMBER else ~counted,
        named == (remote.lower() if is_hex else remote),
        orders.c.id != but if but is not None else true(),
    )
    return tx.execute(query.limit(1)).first() is not None


def _is_known(tx: Tx, sent: Submission, answer: Accepted) -> bool:
    """Whether the order stands under this very id: the commit that was cut off came through."""
    row = lock(tx, sent.order)
    return row.attempt == sent.attempt and row.remote_order == answer.order


def _late_answer(tx: Tx, sent: Submission, words: str) -> None:
    oddity = OrderOddity(sent.order, Oddity.LATE_ANSWER, words)
    tell_operators(tx, oddity_key("late", sent.order, sent.attempt), oddity)


def refused(tx: Tx, sent: Submission, reason: Reason, said: str) -> None:
    """Hand it on, or give the money back; where an earlier attempt may have arrived neither."""
    row = _answered(tx, sent, Outcome.REFUSED, said)
    if row is None:
        _late_answer(tx, sent, "refused")
    elif not may_have_arrived(tx, sent.order):
        hand_on_or_fail(tx, row, reason)
    elif row.state is State.SUBMITTING:  # this attempt is a clear no, an earlier one is not
        park(tx, row, reason)


def not_sent(tx: Tx, sent: Submission, after: timedelta, said: str) -> None:
    """Put an order back into the queue, of which nothing has left us; before or after `begin`.

    It is tried again `after` this while. Its customer is told once that it waits.
    """
    if sent.attempt:
        row = _answered(tx, sent, Outcome.NOT_SENT, said)
    else:
        row = lock(tx, sent.order)
        row = row if _is_held(row, sent) and not hand_on_if_paused(tx, row) else None
    if row is None:
        return
    due_at, tries = tx.now + after, row.tries + 1
    if row.state is State.QUEUED:
        again = update(orders).where(orders.c.id == row.id)
        tx.execute(again.values(due_at=due_at, tries=tries))
        if not row.tries:  # later tries change nothing on the card
            refresh_card(tx, row.customer, row.id)
    else:
        # A name given for an attempt that never left is good for the next one.
        move(
            tx,
            row,
            State.QUEUED,
            note=said,
            due_at=due_at,
            tries=tries,
            sender=_sender_of(tx, sent),
            reason=None,
        )
        kept = update(orders).where(orders.c.id == row.id).values(queued_at=row.queued_at)
        tx.execute(kept)
    if not row.unsure:  # its money does not come back by itself
        tell(tx, row.customer, waits_key(row.id), OrderWaits(row.id))


def _sender_of(tx: Tx, sent: Submission) -> str:
    query = select(attempts.c.by).where(of_attempt(sent.order, sent.attempt))
    return str(tx.execute(query).scalar_one())


def in_doubt(tx: Tx, sent: Submission, reason: Reason, said: str) -> None:
    """Park an order whose attempt had no usable answer; customer and operators are told once."""
    row = _answered(tx, sent, Outcome.IN_DOUBT, said)
    if row is not None and row.state is State.SUBMITTING:
        park(tx, row, reason)


def park(tx: Tx, row: OrderRow, reason: Reason) -> None:
    """Put an order in doubt: its money stays held, readings are planned, people are told once."""
    order = row.id
    move(tx, row, State.IN_DOUBT, note=reason, reason=reason, due_at=None, unsure=True)
    tx.execute(
        update(attempts)
        .where(of_attempt(order, row.attempt))
        .values(reading_due_at=next_reading(tx.now, 0))
    )
    key = doubt_key(order, row.attempt, tx.now)
    tell(tx, row.customer, key, OrderInDoubt(order))
    tell_operators(tx, operators_key(key), DoubtAlert(order))


def give_up(tx: Tx, sent: Submission, reason: Reason) -> None:
    """Hand a queued order on, or give its money back; one that may have arrived is in doubt."""
    row = lock(tx, sent.order)
    if not _is_held(row, sent) or tx.in_safe_mode():
        return
    if may_have_arrived(tx, sent.order):
        park(tx, row, reason)
    else:
        hand_on_or_fail(tx, row, reason)


def day_cost(tx: Tx, supplier: SupplierName) -> Money:
    """What the orders that went to a supplier within a day should have cost us there.

    Refused ones cost nothing; what nobody has answered for may cost.
    """
    cost = (
        select(func.sum(orders.c.cost))
        .join(attempts, attempts.c.order_id == orders.c.id)
        .where(
            attempts.c.at > tx.now - _DAY,
            attempts.c.outcome.in_([Outcome.ACCEPTED, Outcome.UNKNOWN, Outcome.IN_DOUBT]),
            orders.c.supplier == supplier,
        )
    )
    return tx.execute(cost).scalar_one() or ZERO


def refused_cost(tx: Tx, supplier: SupplierName) -> Money | None:
    """What the newest order that a supplier refused for lack of our money should have cost."""
    failed = (
        select(orders.c.id, orders.c.cost)
        .join(attempts, attempts.c.order_id == orders.c.id)
        .where(
            orders.c.supplier == supplier,
            orders.c.reason == Reason.SUPPLIER_UNAVAILABLE,
            attempts.c.outcome == Outcome.REFUSED,
            ~was_elsewhere(),
        )
    )
    refused = failed.union_all(handed_on(supplier, Reason.SUPPLIER_UNAVAILABLE)).subquery()
    newest = select(refused.c.cost).order_by(refused.c.id.desc()).limit(1)
    return tx.execute(newest).scalar_one_or_none()
