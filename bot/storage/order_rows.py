"""One order's row: locked before it is judged, moved by compare-and-set, told as a view."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Row, case, insert, literal, select, update

from bot.domain import ledger
from bot.domain.catalog import Kind
from bot.domain.errors import IllegalMove, NotYours
from bot.domain.ids import CustomerId, OrderId, ServiceId
from bot.domain.money import ZERO, Money
from bot.domain.order import FINISHED, PARKED, Reason, State, check_move
from bot.domain.settlement import Ending
from bot.shop.views import OrderView
from bot.storage import books, safe_mode
from bot.storage.post import refresh_card
from bot.storage.rental_rows import find_rental
from bot.storage.tables import order_events, orders
from bot.storage.tx import Tx

OrderRow = Row[Any]

_NEW_EVENT: Final = insert(order_events)
_STAMPS: Final = {
    State.QUEUED: "queued_at",
    State.SUBMITTING: "submitting_at",
    State.ACTIVE: "active_at",
    **dict.fromkeys(PARKED, "parked_at"),
    **dict.fromkeys(FINISHED, "finished_at"),
}


def lock(tx: Tx, order: OrderId) -> OrderRow:
    """The order's row, locked until the transaction ends.

    Raises:
        NotYours: there is no such order.
    """
    query = select(orders).where(orders.c.id == order).with_for_update(key_share=True)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotYours
    return row


def move(
    tx: Tx,
    row: OrderRow,
    to: State,
    *,
    note: str = "",
    actor: str = "",
    **values: Any,
) -> None:
    """Take an order to its next state, stamp the time, write its history, refresh its card.

    Raises:
        IllegalMove: MOVES does not allow it, or someone else moved the order meanwhile.
    """
    check_move(OrderId(row.id), row.state, to)
    change = (
        update(orders)
        .where(orders.c.id == row.id, orders.c.state == row.state)
        .values(state=to, **{_STAMPS[to]: tx.now}, **values)
    )
    if tx.execute(change).rowcount != 1:
        raise IllegalMove(OrderId(row.id), to)
    note_event(tx, OrderId(row.id), to, note=note, actor=actor)
    refresh_card(tx, CustomerId(row.customer), OrderId(row.id))


def note_event(
    tx: Tx,
    order: OrderId,
    state: State,
    *,
    note: str = "",
    actor: str = "",
) -> None:
    """Write one line of an order's history."""
    line = {"order_id": order, "at": tx.now, "state": state, "note": note, "actor": actor}
    tx.execute(_NEW_EVENT, line)


def finish(
    tx: Tx,
    row: OrderRow,
    ending: Ending,
    *,
    reason: Reason | None = None,
    actor: str = "",
) -> None:
    """Pay out the whole hold and move the order to its end.

    Raises:
        ShopClosed: in safe mode nothing is settled.
    """
    safe_mode.check_off(tx)
    order, customer = OrderId(row.id), CustomerId(row.customer)
    if ending.captured > ZERO:
        books.post(tx, ledger.capture(order, ending.captured, actor))
    if ending.released > ZERO:
        books.post(tx, ledger.release(customer, order, ending.released, actor))
    move(
        tx,
        row,
        ending.to,
        note=reason or "",
        actor=actor,
        captured=ending.captured,
        released=ending.released,
        delivered=_delivered(ending),
        reason=reason,
        due_at=None,
    )


def _delivered(ending: Ending) -> ColumnElement[int]:
    """What was paid for counts as delivered, also where no goods pass through us."""
    if ending.to is State.PARTIAL:
        return literal(ending.delivered)
    more = orders.c.delivered < ending.delivered
    return case((more, ending.delivered), else_=orders.c.delivered)


def fail(tx: Tx, row: OrderRow, reason: Reason, actor: str = "") -> None:
    """End an order that was not placed: all of its money goes back."""
    ending = Ending(State.FAILED, ZERO, row.total, 0)
    finish(tx, row, ending, reason=reason, actor=actor)


def view_of(tx: Tx, row: OrderRow) -> OrderView:
    """The row as its customer sees it."""
    waits = row.state is State.QUEUED and row.tries > 0
    return OrderView(
        id=OrderId(row.id),
        customer=CustomerId(row.customer),
        service=ServiceId(row.service),
        service_name=row.service_name,
        kind=row.kind,
        quantity=row.quantity,
        link=tx.settings.unseal(row.link),
        total=row.total,
        captured=_money(row.captured),
        released=_money(row.released),
        state=row.state,
        reason=row.reason,
        delivered=row.delivered,
        batches=row.batches,
        created_at=row.created_at,
        finished_at=row.finished_at,
        waiting_until=row.queued_at + tx.settings.patience if waits else None,
        goods_kept=row.batches > 0 and row.forgotten_at is None,
        may_have_left=row.unsure,
        rental=find_rental(tx, row) if row.kind is Kind.NUMBER else None,
    )


def _money(amount: Money | None) -> Money:
    return amount if amount is not None else ZERO
