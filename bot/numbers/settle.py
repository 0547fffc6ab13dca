"""Apply what a supplier says of a rented number: codes, money, state and messages at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, or_, select, update

from bot.base.errors import NotYours
from bot.base.ids import OrderId, SupplierName
from bot.base.keys import oddity_key, supplier_cause
from bot.base.money import ZERO
from bot.db.tx import Tx
from bot.numbers import rules as life
from bot.numbers.rows import DueNumber, RentalRow, known_codes
from bot.numbers.rules import NumberReading, Rental, RentalVerdict
from bot.numbers.tables import rentals
from bot.orders.goods.deliver import deliver
from bot.orders.goods.fingerprints import note_phone
from bot.orders.rows import OrderRow, finish, lock, tell_end
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending
from bot.orders.settle import compare_charge, note_answer, tell_unknown_status
from bot.orders.tables import answers, orders
from bot.orders.views import RentalState
from bot.outbox.notices import CodeArrived, Oddity, OrderOddity, SupplierAlert, SupplierCause
from bot.outbox.tell import (
    begin_alert,
    end_alert,
    end_if_unseen,
    is_alert_known,
    is_seen_since,
    refresh_card,
    tell_operators,
)
from bot.people.audit import note_act
from bot.suppliers.port import NumberAnswer, StatusAnswer
from bot.suppliers.progress import Progress, RentalWord
from bot.suppliers.words import Code

_MOST_UNREADABLE: Final = 12
"""About a minute of looks: one garbled answer is nobody's business."""
_TOLD_EVERY: Final = timedelta(hours=1)


def settle(
    tx: Tx, due: DueNumber, answer: NumberAnswer, codes: tuple[Code, ...]
) -> RentalState | None:
    """Apply the verdict on one look: codes, money, state and messages, in one transaction.

    Where the number stands now; None without any change when it was closed meanwhile, has another
    id by now, was claimed since and this look brought no code, or the shop is in safe mode.
    """
    order, row = lock(tx, due.order), _lock(tx, due.order)
    if row.state is RentalState.CLOSED or order.remote_order != due.remote or tx.in_safe_mode():
        return None
    if row.claim != due.claim and not codes:  # a code is told once, whoever has looked since
        return None
    reading = NumberReading(answer.word, codes, answer.expires_at, answer.has_zone)
    known = known_codes(tx, due.order)
    verdict = life.judge_reading(_rental(row, known), reading, tx.now)
    if order.misses >= _MOST_UNREADABLE:
        end_alert(tx, *_unreadable_alert(order.supplier, over=True))
    said = _as_status(answer)
    note_answer(tx, order, said)
    if known or verdict.fresh:  # what is charged before a code may still be given back
        compare_charge(tx, order, said.progress)
    if answer.word is RentalWord.UNKNOWN:
        tell_unknown_status(tx, order.supplier, answer.status)
    _note_first_words(tx, order, row, answer)
    return _apply(tx, order, row, verdict)


def unreadable(tx: Tx, due: DueNumber, why: str, next_at: datetime) -> None:
    """Count a look whose answer cannot be read, and look again at `next_at`.

    After a minute of them operators hear of it, once an hour for all numbers of a supplier. The
    money needs nobody: it goes back by our clock.
    """
    order, row = lock(tx, due.order), _lock(tx, due.order)
    if row.claim != due.claim or order.remote_order != due.remote:
        return
    if row.state is RentalState.CLOSED:
        return
    misses, said = order.misses + 1, f"cannot be read: {why}"
    if said != order.last_said:
        tx.execute(insert(answers).values(order_id=order.id, at=tx.now, said=said))
    counted = {"misses": misses, "last_said": said}
    tx.execute(update(orders).where(orders.c.id == order.id).values(counted))
    again = update(rentals).where(rentals.c.order_id == row.order_id)
    tx.execute(again.values(due_at=next_at))
    if misses >= _MOST_UNREADABLE:
        _tell_unreadable(tx, order.supplier, why)


def _tell_unreadable(tx: Tx, supplier: SupplierName, why: str) -> None:
    cause, alert = _unreadable_alert(supplier, words=why)
    told_since = tx.now - _TOLD_EVERY
    if is_seen_since(tx, cause, told_since):
        return
    known = is_alert_known(tx, cause, _TOLD_EVERY, on=True)
    if not known or end_if_unseen(tx, cause, told_since, None):
        begin_alert(tx, cause, alert)


def _unreadable_alert(
    supplier: SupplierName, *, over: bool = False, words: str = ""
) -> tuple[str, SupplierAlert]:
    about = SupplierCause.NUMBERS
    return supplier_cause(about, supplier), SupplierAlert(supplier, about, over=over, words=words)


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


def _note_first_words(tx: Tx, order: OrderRow, row: RentalRow, answer: NumberAnswer) -> None:
    """Note that an end was told, and the phone where the rent brought none."""
    values: dict[str, object] = {"told": True}
    if answer.phone and not row.phone:
        values["phone"] = tx.settings.sealer.seal(answer.phone)
        values["marked"] = note_phone(tx, order.id, answer.phone)
        refresh_card(tx, order.customer, order.id)
    same = update(rentals).where(rentals.c.order_id == row.order_id)
    tx.execute(same.values(values))


def _apply(tx: Tx, order: OrderRow, row: RentalRow, verdict: RentalVerdict) -> RentalState:
    changed = verdict.expires_at != row.expires_at
    for batch, code in enumerate(verdict.fresh, start=row.codes + 1):
        _take_in(tx, order, row, batch, code)
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
    """End the order; its customer is told when no code came, as a code tells it by itself."""
    if order.state is not State.ACTIVE:
        return
    released = ending.to is State.CANCELED
    finish(tx, order, ending, reason=Reason.NO_CODE if released else None)
    if released:
        tell_end(tx, order)


def _take_in(tx: Tx, order: OrderRow, row: RentalRow, batch: int, found: Code) -> None:
    """Deliver a code; one that comes late is the shop's loss."""
    delivered = max(order.delivered, 1)
    texts = (found.code, found.text)
    deliver(tx, order, CodeArrived(order.id, batch), texts, count=1, delivered=delivered)
    if row.state in {RentalState.EXPIRED, RentalState.CANCELED}:
        _book_loss(tx, order, batch)


def _book_loss(tx: Tx, order: OrderRow, batch: int) -> None:
    """Tell operators of a late code: it is free, and the shop pays what the supplier takes."""
    cost = f"{order.cost.decimal.normalize():f} {tx.settings.currency}"
    oddity = OrderOddity(order.id, Oddity.LATE_CODE, cost)
    tell_operators(tx, oddity_key("late-code", order.id, batch), oddity)
    note_act(tx, "clock", "late_code", f"order:{order.id}", "", cost)


def end_overdue(tx: Tx) -> int:
    """End the numbers whose time is over, whatever their suppliers do; how many.

    In safe mode there are none.
    """
    return 0 if tx.in_safe_mode() else sum(_end(tx, order) for order in list_overdue(tx))


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
    return tuple(tx.execute(query.order_by(rentals.c.order_id)).scalars())


def _end(tx: Tx, number: OrderId) -> bool:
    order, row = lock(tx, number), _lock(tx, number)
    verdict = life.judge_reading(_rental(row), None, tx.now)
    if verdict.to is None:
        return False
    _apply(tx, order, row, verdict)
    return True
