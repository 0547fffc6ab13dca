"""What operators decide about parked orders: once each, with their name, in the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.catalog import Kind
from bot.domain.errors import IllegalMove, TooLate
from bot.domain.ids import CustomerId, OrderId, RemoteId
from bot.domain.money import ZERO
from bot.domain.order import Reason, State, check_move
from bot.domain.settlement import Ending, partial_ending
from bot.shop.notices import OrderEnded
from bot.shop.views import OrderView
from bot.storage import safe_mode
from bot.storage.audit_log import note_act
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, fail, finish, lock, move, view_of
from bot.storage.post import tell
from bot.storage.rental_rows import begin as begin_rental
from bot.storage.tables import orders


def attach(
    connection: Connection,
    house: House,
    order: OrderId,
    remote: RemoteId,
    by: tuple[str, datetime],
) -> OrderView:
    """See `Decisions.attach`; a number's phone comes with its first look."""
    actor, now = by
    row = _parked(connection, order, State.IN_DOUBT, State.ACTIVE)
    taken = select(orders.c.id).where(
        orders.c.supplier == row.supplier, orders.c.remote_order == remote
    )
    if connection.execute(taken).first() is not None:
        raise TooLate
    move(
        connection,
        row,
        State.ACTIVE,
        now,
        note=remote,
        actor=actor,
        remote_order=remote,
        reason=None,
        due_at=None if row.kind is Kind.NUMBER else now,
    )
    if row.kind is Kind.NUMBER:
        begin_rental(connection, house, row, "", now)
    return _decided(connection, house, row, "attach", by)


def fail_order(
    connection: Connection, house: House, order: OrderId, reason: Reason, by: tuple[str, datetime]
) -> OrderView:
    """See `Decisions.fail`."""
    actor, now = by
    row = _parked(connection, order, State.IN_DOUBT, State.FAILED)
    fail(connection, row, reason, now, actor)
    tell(connection, CustomerId(row.customer), f"ended:{order}", OrderEnded(order), now)
    return _decided(connection, house, row, reason, by)


def send_again(
    connection: Connection, house: House, order: OrderId, by: tuple[str, datetime]
) -> OrderView:
    """See `Decisions.send_again`."""
    actor, now = by
    row = _parked(connection, order, State.IN_DOUBT, State.QUEUED)
    move(
        connection,
        row,
        State.QUEUED,
        now,
        note="send again",
        actor=actor,
        sender=actor,
        reason=None,
        tries=0,
        due_at=now,
    )
    return _decided(connection, house, row, "send_again", by)


def end(
    connection: Connection, house: House, order: OrderId, delivered: int, by: tuple[str, datetime]
) -> OrderView:
    """See `Decisions.end`."""
    actor, now = by
    row = lock(connection, order)
    ending = _ending(row, delivered)
    _parked(connection, order, State.ATTENTION, ending.to)
    finish(connection, row, ending, now, reason=Reason.OPERATOR_DECIDED, actor=actor)
    tell(connection, CustomerId(row.customer), f"ended:{order}", OrderEnded(order), now)
    return _decided(connection, house, row, f"end {delivered}", by)


def _ending(row: OrderRow, delivered: int) -> Ending:
    if not 0 <= delivered <= row.quantity:
        message = "an order is ended by a number of units within its quantity"
        raise ValueError(message)
    if delivered == row.quantity:
        return Ending(State.COMPLETED, row.total, ZERO, delivered)
    if delivered == 0:
        return Ending(State.CANCELED, ZERO, row.total, 0)
    return partial_ending(row.total, delivered, row.quantity)


def keep_polling(
    connection: Connection, house: House, order: OrderId, by: tuple[str, datetime]
) -> OrderView:
    """See `Decisions.keep_polling`."""
    actor, now = by
    row = _parked(connection, order, State.ATTENTION, State.ACTIVE)
    move(
        connection,
        row,
        State.ACTIVE,
        now,
        note="keep asking",
        actor=actor,
        reason=None,
        due_at=now,
        finished_since=None,
        misses=0,
    )
    return _decided(connection, house, row, "keep_polling", by)


def _parked(connection: Connection, order: OrderId, stands_in: State, to: State) -> OrderRow:
    row = lock(connection, order)
    safe_mode.check_off(connection)
    if row.state is not stands_in:
        raise IllegalMove(order, to)
    check_move(order, row.state, to)
    return row


def _decided(
    connection: Connection, house: House, was: OrderRow, act: str, by: tuple[str, datetime]
) -> OrderView:
    row = lock(connection, OrderId(was.id))
    note_act(connection, by, act, f"order:{was.id}", (was.state, row.state))
    return view_of(connection, row, house)
