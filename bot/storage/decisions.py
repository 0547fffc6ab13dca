"""What operators decide about parked orders: once each, with their name, in the audit log."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.acts import Act
from bot.domain.errors import IllegalMove, TooLate
from bot.domain.ids import OrderId, RemoteId
from bot.domain.keys import ended_key
from bot.domain.money import ZERO
from bot.domain.order import Reason, State, check_move
from bot.domain.settlement import Ending, partial_ending
from bot.shop.notices import OrderEnded
from bot.shop.topics import poll_topic, submit_topic
from bot.shop.views import OrderView
from bot.storage import safe_mode
from bot.storage.audit_log import note_act
from bot.storage.kinds import Kinds
from bot.storage.operators import check_act
from bot.storage.order_rows import OrderRow, fail, finish, lock, move
from bot.storage.order_views import view_of
from bot.storage.post import tell
from bot.storage.tables import orders
from bot.storage.tx import Tx


def attach(tx: Tx, act: Act, order: OrderId, remote: RemoteId) -> OrderView:
    """See `Decisions.attach`; a number's phone comes with its first look."""
    row = _parked(tx, act, order, State.IN_DOUBT, State.ACTIVE)
    taken = select(orders.c.id).where(
        orders.c.supplier == row.supplier, orders.c.remote_order == remote
    )
    if tx.execute(taken).first() is not None:
        raise TooLate
    move(
        tx,
        row,
        State.ACTIVE,
        note=remote,
        actor=act.actor,
        remote_order=remote,
        reason=None,
        due_at=tx.part(Kinds)[row.kind].follow(tx, row, None),
    )
    return _decided(tx, act, row, "attach")


def fail_order(tx: Tx, act: Act, order: OrderId, reason: Reason) -> OrderView:
    """See `Decisions.fail`."""
    row = _parked(tx, act, order, State.IN_DOUBT, State.FAILED)
    fail(tx, row, reason, act.actor)
    tell(tx, row.customer, ended_key(order), OrderEnded(order))
    return _decided(tx, act, row, reason)


def send_again(tx: Tx, act: Act, order: OrderId) -> OrderView:
    """See `Decisions.send_again`."""
    row = _parked(tx, act, order, State.IN_DOUBT, State.QUEUED)
    move(
        tx,
        row,
        State.QUEUED,
        note="send again",
        actor=act.actor,
        sender=act.actor,
        reason=None,
        tries=0,
        due_at=tx.now,
    )
    tx.wake(submit_topic(row.supplier))
    return _decided(tx, act, row, "send_again")


def end(tx: Tx, act: Act, order: OrderId, delivered: int) -> OrderView:
    """See `Decisions.end`."""
    row = lock(tx, order)
    ending = _ending(row, delivered)
    _parked(tx, act, order, State.ATTENTION, ending.to)
    finish(tx, row, ending, reason=Reason.OPERATOR_DECIDED, actor=act.actor)
    tell(tx, row.customer, ended_key(order), OrderEnded(order))
    return _decided(tx, act, row, f"end {delivered}")


def _ending(row: OrderRow, delivered: int) -> Ending:
    if not 0 <= delivered <= row.quantity:
        message = "an order is ended by a number of units within its quantity"
        raise ValueError(message)
    if delivered == row.quantity:
        return Ending(State.COMPLETED, row.total, ZERO, delivered)
    if delivered == 0:
        return Ending(State.CANCELED, ZERO, row.total, 0)
    return partial_ending(row.total, delivered, row.quantity)


def keep_polling(tx: Tx, act: Act, order: OrderId) -> OrderView:
    """See `Decisions.keep_polling`."""
    row = _parked(tx, act, order, State.ATTENTION, State.ACTIVE)
    move(
        tx,
        row,
        State.ACTIVE,
        note="keep asking",
        actor=act.actor,
        reason=None,
        due_at=tx.now,
        finished_since=None,
        misses=0,
    )
    tx.wake(poll_topic(row.supplier))
    return _decided(tx, act, row, "keep_polling")


def _parked(tx: Tx, act: Act, order: OrderId, stands_in: State, to: State) -> OrderRow:
    check_act(tx, act)
    row = lock(tx, order)
    safe_mode.check_off(tx)
    if row.state is not stands_in:
        raise IllegalMove(order, to)
    check_move(order, row.state, to)
    return row


def _decided(tx: Tx, act: Act, was: OrderRow, action: str) -> OrderView:
    row = lock(tx, was.id)
    note_act(tx, act.actor, action, f"order:{was.id}", was.state, row.state)
    return view_of(tx, row)
