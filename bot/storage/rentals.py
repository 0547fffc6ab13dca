"""The way of a rented number to its end: looks claimed, and each one applied in a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    case,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from bot.domain import rental as life
from bot.domain.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.domain.money import ZERO
from bot.domain.order import Reason, State
from bot.domain.progress import Progress
from bot.domain.rental import Code, Rental, RentalState, RentalVerdict, Sighting, Word
from bot.domain.settlement import Ending
from bot.shop.notices import CodeArrived, OrderEnded, OrderOddity, SupplierAlert
from bot.shop.ports import DueNumber
from bot.shop.suppliers import NumberAnswer, StatusAnswer
from bot.storage import safe_mode
from bot.storage.audit_log import note_act
from bot.storage.charges import compare_charge
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, finish, lock
from bot.storage.post import begin_alert, refresh_card, tell, tell_operators
from bot.storage.rental_rows import RentalRow, known_codes
from bot.storage.settling import note_answer, spelling_cause
from bot.storage.tables import goods, orders, rentals
from bot.storage.types import Id

_LEASE: Final = timedelta(seconds=20)
_YIELDS: Final = timedelta(seconds=30)
"""How much longer than one without a code a number with one may wait under a tight rate cap."""
_WORDS: Final = 40


def claim(
    connection: Connection, house: House, supplier: SupplierName, now: datetime, limit: int
) -> tuple[DueNumber, ...]:
    """See `Rentals.claim`; nothing is looked at in safe mode."""
    if safe_mode.is_on(connection):
        return ()
    query = (
        select(rentals, orders.c.remote_order)
        .join(orders, orders.c.id == rentals.c.order_id)
        .where(rentals.c.supplier == supplier, rentals.c.due_at <= now)
        .order_by(_turn(), rentals.c.order_id)
        .limit(limit)
        .with_for_update(of=rentals, key_share=True, skip_locked=True)
    )
    rows = connection.execute(query).all()
    leased = update(rentals).where(rentals.c.order_id.in_([row.order_id for row in rows]))
    if rows:
        connection.execute(leased.values(due_at=now + _LEASE))
    return tuple(_due(connection, house, row) for row in rows)


def _turn() -> ColumnElement[int]:
    """Whose turn it is where not all can be looked at: who still waits for the first code."""
    due_at = type_coerce(rentals.c.due_at, Id)
    waits = rentals.c.state == RentalState.WAITING
    return case((waits, due_at), else_=due_at + _YIELDS // timedelta(microseconds=1))


def _due(connection: Connection, house: House, row: RentalRow) -> DueNumber:
    order = OrderId(row.order_id)
    return DueNumber(
        order=order,
        supplier=SupplierName(row.supplier),
        remote=RemoteId(row.remote_order),
        state=row.state,
        known=known_codes(connection, house, order) if row.codes else (),
    )


def settle(
    connection: Connection,
    house: House,
    due: DueNumber,
    seen: tuple[NumberAnswer, tuple[Code, ...]],
    now: datetime,
) -> RentalState | None:
    """See `Rentals.settle`; `seen` is the answer and the codes found with it."""
    answer, codes = seen
    order, row = lock(connection, due.order), _lock(connection, due.order)
    if row.state is RentalState.CLOSED or order.remote_order != due.remote:
        return None
    if safe_mode.is_on(connection):
        return None
    sighting = Sighting(answer.status, codes, answer.expires_at)
    known = known_codes(connection, house, due.order)
    verdict = life.judge_look(_rental(row, known), sighting, now)
    said = _as_status(answer)
    note_answer(connection, order, said, now)
    if known or verdict.fresh:  # before a code a charge is none
        compare_charge(connection, house, order, said.progress, now)
    _tell_unknown_word(connection, house, order, answer, now)
    _note_first_words(connection, house, (order, row), answer, now)
    return _apply(connection, house, (order, row), verdict, now)


def _lock(connection: Connection, order: OrderId) -> RentalRow:
    query = select(rentals).where(rentals.c.order_id == order)
    return connection.execute(query.with_for_update(key_share=True)).one()


def _rental(row: RentalRow, known: tuple[Code, ...] = ()) -> Rental:
    return Rental(row.state, row.rented_at, row.expires_at, row.told, known, row.ended_at)


def _as_status(answer: NumberAnswer) -> StatusAnswer:
    progress = Progress(answer.status, charge=answer.charge, currency=answer.currency)
    return StatusAnswer(progress, answer.said)


def _tell_unknown_word(
    connection: Connection, house: House, order: OrderRow, answer: NumberAnswer, now: datetime
) -> None:
    """A spelling nobody knows keeps the state and is told once."""
    if life.word_of(answer.status) is Word.UNKNOWN:
        words = answer.status[:_WORDS]
        notice = SupplierAlert(order.supplier, "status", words=words)
        cause = spelling_cause(order.supplier, words)
        begin_alert(connection, house.operators, cause, notice, now)


def _note_first_words(
    connection: Connection,
    house: House,
    rows: tuple[OrderRow, RentalRow],
    answer: NumberAnswer,
    now: datetime,
) -> None:
    """The first answer's end counts, and the phone where the rent brought none."""
    order, row = rows
    values: dict[str, Any] = {"told": True}
    if answer.phone and not row.phone:
        values["phone"] = house.sealer.seal(answer.phone)
        refresh_card(connection, CustomerId(order.customer), OrderId(order.id), now)
    same = update(rentals).where(rentals.c.order_id == row.order_id)
    connection.execute(same.values(values))


def _apply(
    connection: Connection,
    house: House,
    rows: tuple[OrderRow, RentalRow],
    verdict: RentalVerdict,
    now: datetime,
) -> RentalState:
    order, row = rows
    changed = verdict.expires_at != row.expires_at
    for nth, code in enumerate(verdict.fresh, start=1):
        _take_in(connection, house, rows, (row.codes + nth, code), now)
    _write(connection, row, verdict, now)
    if verdict.captures:
        _settle_money(connection, order, Ending(State.COMPLETED, order.total, ZERO, 1), now)
    elif verdict.releases:
        _settle_money(connection, order, Ending(State.CANCELED, ZERO, order.total, 0), now)
    elif changed or verdict.to is not None:
        refresh_card(connection, CustomerId(order.customer), OrderId(order.id), now)
    return verdict.to or RentalState(row.state)


def _write(connection: Connection, row: RentalRow, verdict: RentalVerdict, now: datetime) -> None:
    """The number's next state and look, by compare-and-set over the state it was judged in."""
    to = verdict.to or RentalState(row.state)
    ended_at = now if verdict.releases else row.ended_at
    after = Rental(to, row.rented_at, verdict.expires_at, told=True, ended_at=ended_at)
    closed = to is RentalState.CLOSED
    connection.execute(
        update(rentals)
        .where(rentals.c.order_id == row.order_id, rentals.c.state == row.state)
        .values(
            state=to,
            expires_at=verdict.expires_at,
            codes=row.codes + len(verdict.fresh),
            ended_at=ended_at,
            due_at=None if closed else life.next_look(after, now),
        )
    )


def _settle_money(connection: Connection, order: OrderRow, ending: Ending, now: datetime) -> None:
    """The order's end; a code speaks for itself, a missing one is told."""
    if order.state is not State.ACTIVE:
        return
    released = ending.to is State.CANCELED
    finish(connection, order, ending, now, reason=Reason.NO_CODE if released else None)
    if released:
        customer = CustomerId(order.customer)
        tell(connection, customer, f"ended:{order.id}", OrderEnded(order.id), now)


def _take_in(
    connection: Connection,
    house: House,
    rows: tuple[OrderRow, RentalRow],
    code: tuple[int, Code],
    now: datetime,
) -> None:
    """Seal a code and send it on its way; one that comes late is the shop's loss."""
    (order, row), (batch, found) = rows, code
    sealed = house.sealer.seal(msgspec.json.encode((found.code, found.text)).decode())
    line = {"order_id": order.id, "batch": batch, "count": 1, "at": now}
    connection.execute(insert(goods).values(sealed=sealed, **line))
    counted = {"batches": batch, "delivered": max(order.delivered, 1)}
    connection.execute(update(orders).where(orders.c.id == order.id).values(counted))
    customer = CustomerId(order.customer)
    notice = CodeArrived(order.id, batch)
    tell(connection, customer, f"code:{order.id}:{batch}", notice, now)
    refresh_card(connection, customer, OrderId(order.id), now)
    if row.state in {RentalState.EXPIRED, RentalState.CANCELED}:
        _book_loss(connection, house, order, batch, now)


def _book_loss(
    connection: Connection, house: House, order: OrderRow, batch: int, now: datetime
) -> None:
    """A late code costs the customer nothing and the shop what the supplier takes."""
    cost = f"{order.cost.decimal.normalize():f} {house.currency}"
    oddity = OrderOddity(order.id, "late_code", cost)
    tell_operators(connection, house.operators, f"late-code:{order.id}:{batch}", oddity, now)
    note_act(connection, ("clock", now), "late_code", f"order:{order.id}", ("", cost))


def missed(connection: Connection, due: DueNumber, next_at: datetime) -> None:
    """See `Rentals.missed`."""
    change = update(rentals).where(
        rentals.c.order_id == due.order, rentals.c.state != RentalState.CLOSED
    )
    connection.execute(change.values(due_at=next_at))


def end_overdue(connection: Connection, house: House, now: datetime) -> int:
    """See `Rentals.end_overdue`; in safe mode the clock ends nothing."""
    if safe_mode.is_on(connection):
        return 0
    overdue = list_overdue(connection, now)
    return sum(_end(connection, house, one, now) for one in overdue)


def list_overdue(connection: Connection, now: datetime) -> tuple[OrderId, ...]:
    """The orders whose numbers' time is over, last look and all."""
    query = select(rentals.c.order_id).where(
        or_(
            rentals.c.state.in_([RentalState.WAITING, RentalState.RECEIVED])
            & (rentals.c.expires_at <= now - life.LAST_LOOK_AFTER - life.LAST_LOOK_WITHIN),
            rentals.c.state.in_([RentalState.EXPIRED, RentalState.CANCELED])
            & (rentals.c.ended_at <= now - life.LATE_FOR),
        )
    )
    found = connection.execute(query.order_by(rentals.c.order_id)).scalars()
    return tuple(OrderId(one) for one in found)


def _end(connection: Connection, house: House, number: OrderId, now: datetime) -> bool:
    order, row = lock(connection, number), _lock(connection, number)
    verdict = life.judge_look(_rental(row), None, now)
    if verdict.to is None:
        return False
    _apply(connection, house, (order, row), verdict, now)
    return True
