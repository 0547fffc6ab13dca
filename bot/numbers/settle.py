"""Apply what a supplier says of a rented number: codes, money, state and messages at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    case,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from bot.base.errors import NotYours
from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.base.keys import delivery_key, ended_key, oddity_key, spelling_cause
from bot.base.money import ZERO
from bot.db.tx import Tx
from bot.db.types import Id
from bot.numbers import rules as life
from bot.numbers.rows import DueNumber, RentalRow, known_codes
from bot.numbers.rules import Rental, RentalVerdict, Sighting
from bot.numbers.tables import rentals
from bot.orders.charges import compare_charge
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow, finish, lock
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending
from bot.orders.settle import folded, note_answer
from bot.orders.tables import goods, orders
from bot.orders.views import RentalState
from bot.outbox.notices import (
    CodeArrived,
    Oddity,
    OrderEnded,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
)
from bot.outbox.tell import begin_alert, refresh_card, tell, tell_operators
from bot.people.audit_log import note_act
from bot.suppliers.port import NumberAnswer, StatusAnswer
from bot.suppliers.progress import Progress, RentalWord
from bot.suppliers.words import Code

_LEASE: Final = timedelta(seconds=20)
_YIELDS: Final = timedelta(seconds=30)
"""How much longer than one without a code a number with one may wait under a tight rate cap."""
_WORDS: Final = 40


def claim(tx: Tx, supplier: SupplierName, limit: int) -> tuple[DueNumber, ...]:
    """See `Rentals.claim`; nothing is looked at in safe mode."""
    if tx.in_safe_mode():
        return ()
    query = (
        select(rentals, orders.c.remote_order)
        .join(orders, orders.c.id == rentals.c.order_id)
        .where(rentals.c.supplier == supplier, rentals.c.due_at <= tx.now)
        .order_by(_turn(), rentals.c.order_id)
        .limit(limit)
        .with_for_update(of=rentals, key_share=True, skip_locked=True)
    )
    rows = tx.list(_Claimed.of, query)
    leased = update(rentals).where(rentals.c.order_id.in_([one.row.order_id for one in rows]))
    if rows:
        tx.execute(leased.values(due_at=tx.now + _LEASE))
    return tuple(_due(tx, one) for one in rows)


def _turn() -> ColumnElement[int]:
    """Whose turn it is where not all can be looked at: who still waits for the first code."""
    due_at = type_coerce(rentals.c.due_at, Id)
    waits = rentals.c.state == RentalState.WAITING
    return case((waits, due_at), else_=due_at + _YIELDS // timedelta(microseconds=1))


class _Claimed(NamedTuple):
    """A number with its supplier's id."""

    row: RentalRow
    remote: RemoteId

    @classmethod
    def of(cls, *columns: Any) -> _Claimed:
        return cls(RentalRow(*columns[:-1]), columns[-1])


def _due(tx: Tx, claimed: _Claimed) -> DueNumber:
    row = claimed.row
    return DueNumber(
        order=row.order_id,
        supplier=row.supplier,
        remote=claimed.remote,
        state=row.state,
        known=known_codes(tx, row.order_id) if row.codes else (),
    )


def settle(
    tx: Tx, due: DueNumber, answer: NumberAnswer, codes: tuple[Code, ...]
) -> RentalState | None:
    """See `Rentals.settle`."""
    order, row = lock(tx, due.order), _lock(tx, due.order)
    if row.state is RentalState.CLOSED or order.remote_order != due.remote:
        return None
    if tx.in_safe_mode():
        return None
    sighting = Sighting(answer.word, codes, answer.expires_at)
    known = known_codes(tx, due.order)
    verdict = life.judge_look(_rental(row, known), sighting, tx.now)
    said = _as_status(answer)
    note_answer(tx, order, said)
    if known or verdict.fresh:  # before a code a charge is none
        compare_charge(tx, order, said.progress)
    _tell_unknown_word(tx, order, answer)
    _note_first_words(tx, order, row, answer)
    return _apply(tx, order, row, verdict)


def _lock(tx: Tx, order: OrderId) -> RentalRow:
    query = select(rentals).where(rentals.c.order_id == order)
    row = tx.find(RentalRow, query.with_for_update(key_share=True))
    if row is None:
        raise NotYours
    return row


def _rental(row: RentalRow, known: tuple[Code, ...] = ()) -> Rental:
    return Rental(row.state, row.rented_at, row.expires_at, row.told, known, row.ended_at)


def _as_status(answer: NumberAnswer) -> StatusAnswer:
    progress = Progress(
        answer.status, answer.stage, charge=answer.charge, currency=answer.currency
    )
    return StatusAnswer(progress, answer.said)


def _tell_unknown_word(tx: Tx, order: OrderRow, answer: NumberAnswer) -> None:
    """A spelling nobody knows keeps the state and is told once."""
    if answer.word is RentalWord.UNKNOWN:
        words = answer.status[:_WORDS]
        notice = SupplierAlert(order.supplier, SupplierCause.STATUS, words=words)
        cause = spelling_cause(order.supplier, folded(words))
        begin_alert(tx, cause, notice)


def _note_first_words(tx: Tx, order: OrderRow, row: RentalRow, answer: NumberAnswer) -> None:
    """The first answer's end counts, and the phone where the rent brought none."""
    values: dict[str, Any] = {"told": True}
    if answer.phone and not row.phone:
        values["phone"] = tx.settings.sealer.seal(answer.phone)
        refresh_card(tx, order.customer, order.id)
    same = update(rentals).where(rentals.c.order_id == row.order_id)
    tx.execute(same.values(values))


def _apply(tx: Tx, order: OrderRow, row: RentalRow, verdict: RentalVerdict) -> RentalState:
    changed = verdict.expires_at != row.expires_at
    for nth, code in enumerate(verdict.fresh, start=1):
        _take_in(tx, order, row, row.codes + nth, code)
    _write(tx, row, verdict)
    if verdict.captures:
        _settle_money(tx, order, Ending(State.COMPLETED, order.total, ZERO, 1))
    elif verdict.releases:
        _settle_money(tx, order, Ending(State.CANCELED, ZERO, order.total, 0))
    elif changed or verdict.to is not None:
        refresh_card(tx, order.customer, order.id)
    return verdict.to or row.state


def _write(tx: Tx, row: RentalRow, verdict: RentalVerdict) -> None:
    """The number's next state and look, by compare-and-set over the state it was judged in."""
    to = verdict.to or row.state
    ended_at = tx.now if verdict.releases else row.ended_at
    after = Rental(to, row.rented_at, verdict.expires_at, told=True, ended_at=ended_at)
    closed = to is RentalState.CLOSED
    tx.execute(
        update(rentals)
        .where(rentals.c.order_id == row.order_id, rentals.c.state == row.state)
        .values(
            state=to,
            expires_at=verdict.expires_at,
            codes=row.codes + len(verdict.fresh),
            ended_at=ended_at,
            due_at=None if closed else life.next_look(after, tx.now),
        )
    )


def _settle_money(tx: Tx, order: OrderRow, ending: Ending) -> None:
    """The order's end; a code speaks for itself, a missing one is told."""
    if order.state is not State.ACTIVE:
        return
    released = ending.to is State.CANCELED
    finish(tx, order, ending, reason=Reason.NO_CODE if released else None)
    if released:
        customer = order.customer
        tell(tx, customer, ended_key(order.id), OrderEnded(order.id))


def _take_in(tx: Tx, order: OrderRow, row: RentalRow, batch: int, found: Code) -> None:
    """Seal a code and send it on its way; one that comes late is the shop's loss."""
    sealed = tx.settings.sealer.seal(msgspec.json.encode((found.code, found.text)).decode())
    line = {"order_id": order.id, "batch": batch, "count": 1, "at": tx.now}
    tx.execute(insert(goods).values(sealed=sealed, **line))
    counted = {"batches": batch, "delivered": max(order.delivered, 1)}
    tx.execute(update(orders).where(orders.c.id == order.id).values(counted))
    customer = order.customer
    notice = CodeArrived(order.id, batch)
    tell(
        tx,
        customer,
        delivery_key(tx.part(Kinds)[order.kind].delivery_mark, order.id, batch),
        notice,
    )
    refresh_card(tx, customer, order.id)
    if row.state in {RentalState.EXPIRED, RentalState.CANCELED}:
        _book_loss(tx, order, batch)


def _book_loss(tx: Tx, order: OrderRow, batch: int) -> None:
    """A late code costs the customer nothing and the shop what the supplier takes."""
    cost = f"{order.cost.decimal.normalize():f} {tx.settings.currency}"
    oddity = OrderOddity(order.id, Oddity.LATE_CODE, cost)
    tell_operators(tx, oddity_key("late-code", order.id, batch), oddity)
    note_act(tx, "clock", "late_code", f"order:{order.id}", "", cost)


def missed(tx: Tx, due: DueNumber, next_at: datetime) -> None:
    """See `Rentals.missed`."""
    change = update(rentals).where(
        rentals.c.order_id == due.order, rentals.c.state != RentalState.CLOSED
    )
    tx.execute(change.values(due_at=next_at))


def end_overdue(tx: Tx) -> int:
    """See `Rentals.end_overdue`; in safe mode the clock ends nothing."""
    if tx.in_safe_mode():
        return 0
    overdue = list_overdue(tx)
    return sum(_end(tx, one) for one in overdue)


def list_overdue(tx: Tx) -> tuple[OrderId, ...]:
    """The orders whose numbers' time is over, last look and all."""
    query = select(rentals.c.order_id).where(
        or_(
            rentals.c.state.in_([RentalState.WAITING, RentalState.RECEIVED])
            & (rentals.c.expires_at <= tx.now - life.LAST_LOOK_AFTER - life.LAST_LOOK_WITHIN),
            rentals.c.state.in_([RentalState.EXPIRED, RentalState.CANCELED])
            & (rentals.c.ended_at <= tx.now - life.LATE_FOR),
        )
    )
    found = tx.execute(query.order_by(rentals.c.order_id)).scalars()
    return tuple(OrderId(one) for one in found)


def _end(tx: Tx, number: OrderId) -> bool:
    order, row = lock(tx, number), _lock(tx, number)
    verdict = life.judge_look(_rental(row), None, tx.now)
    if verdict.to is None:
        return False
    _apply(tx, order, row, verdict)
    return True
