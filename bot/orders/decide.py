"""Decide: what an operator does with a parked order, once and in their name.

Every decision raises NotYours for somebody who is no operator in that role, NotAllowed where the
role does not permit it, RefundTooLarge where it gives back more than the role may, IllegalMove
when the order stands elsewhere by now, ShopClosed in safe mode; the audit log has each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError

from bot.base.acts import Act, Permission
from bot.base.errors import TooLate
from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.base.keys import attention_key
from bot.base.money import ZERO, Money
from bot.base.topics import poll_topic, submit_topic
from bot.db.database import Database
from bot.db.tx import Tx
from bot.orders.attempts import is_ours, may_have_arrived, park
from bot.orders.kinds import Kinds
from bot.orders.read import view_of
from bot.orders.rows import OrderRow, fail, find_row, finish, lock, move, tell_end
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State, check_move
from bot.orders.rules.settlement import Ending, partial_ending
from bot.orders.tables import orders
from bot.orders.views import OrderView
from bot.outbox.notices import OrderNeedsPerson
from bot.outbox.tell import tell
from bot.people.audit import note_act
from bot.people.operators import check_act, check_refund
from bot.suppliers.errors import NO_SUCH, Malformed, Refused, SupplierError
from bot.suppliers.port import Suppliers

_FORGOTTEN: Final = "the settings no longer name this supplier"
_AT_ONCE: Final = 100
"""So many orders are decided about in one transaction, so that others get their turn."""


def attach(tx: Tx, act: Act, order: OrderId, remote: RemoteId) -> OrderView:
    """In doubt -> active, under the id that was found. Raises TooLate for another order's id."""
    row = _parked(tx, act, order, State.IN_DOUBT, State.ACTIVE)
    if is_ours(tx, row.supplier, row.kind, remote):
        raise TooLate
    move(
        tx,
        row,
        State.ACTIVE,
        note=remote,
        actor=act.actor,
        remote_order=remote,
        reason=None,
        due_at=tx.part(Kinds)[row.kind].start_polling(tx, row, None),
    )
    return _decided(tx, act, row, "attach")


def fail_order(tx: Tx, act: Act, order: OrderId, reason: Reason) -> OrderView:
    """In doubt -> failed: the money goes back. `reason` is NOT_PLACED or WRITTEN_OFF."""
    row = _parked(tx, act, order, State.IN_DOUBT, State.FAILED)
    check_refund(tx, act, row.total)
    fail(tx, row, reason, act.actor)
    return _decided(tx, act, row, reason)


def send_again(tx: Tx, act: Act, order: OrderId) -> OrderView:
    """In doubt -> queued: a second `add`, in the operator's name."""
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


def call_off(tx: Tx, act: Act, order: OrderId) -> OrderView:
    """Queued -> failed: it is sent no more, and the money goes back.

    One that may have arrived before goes back into doubt instead, its money held.
    """
    row = _parked(tx, act, order, State.QUEUED, State.FAILED)
    check_refund(tx, act, row.total)
    if may_have_arrived(tx, order):
        park(tx, row, Reason.OPERATOR_DECIDED)
    else:
        fail(tx, row, Reason.OPERATOR_DECIDED, act.actor)
    return _decided(tx, act, row, "call_off")


def end(tx: Tx, act: Act, order: OrderId, delivered: int) -> OrderView:
    """Attention -> completed, partial or canceled, by how many units were delivered."""
    row = lock(tx, order)
    ending = _ending(row, delivered, tx.settings.price_step)
    _parked(tx, act, order, State.ATTENTION, ending.to)
    check_refund(tx, act, ending.released)
    finish(tx, row, ending, reason=Reason.OPERATOR_DECIDED, actor=act.actor)
    tell_end(tx, row)
    return _decided(tx, act, row, f"end {delivered}")


def _ending(row: OrderRow, delivered: int, step: Money) -> Ending:
    if not 0 <= delivered <= row.quantity:
        message = "an order is ended by a number of units within its quantity"
        raise ValueError(message)
    if delivered == row.quantity:
        return Ending(State.COMPLETED, row.total, ZERO, delivered)
    if delivered == 0:
        return Ending(State.CANCELED, ZERO, row.total, 0)
    return partial_ending(row.total, delivered, row.quantity, step)


def keep_polling(tx: Tx, act: Act, order: OrderId) -> OrderView:
    """Attention -> active: its supplier is asked again."""
    row = _parked(tx, act, order, State.ATTENTION, State.ACTIVE)
    return _follow_again(tx, act, row)


def keep_polling_all(
    tx: Tx, act: Act, supplier: SupplierName, reason: Reason, most: int = _AT_ONCE
) -> int:
    """Orders of a supplier that stand in attention for one reason -> active; how many."""
    rows = _of_one_cause(tx, act, most, orders.c.supplier == supplier, orders.c.reason == reason)
    for row in rows:
        _follow_again(tx, act, row)
    return len(rows)


def cancel_all(
    tx: Tx, act: Act, supplier: SupplierName, reason: Reason, most: int = _AT_ONCE
) -> int:
    """The same -> canceled, where nothing was delivered: all of their money goes back."""
    untouched = orders.c.batches == 0
    these = (orders.c.supplier == supplier, orders.c.reason == reason, untouched)
    rows = _of_one_cause(tx, act, most, *these)
    for row in rows:
        end(tx, act, row.id, 0)
    return len(rows)


def _of_one_cause(
    tx: Tx, act: Act, most: int, *these: ColumnElement[bool]
) -> tuple[OrderRow, ...]:
    check_act(tx, act, Permission.ORDERS)
    tx.check_open()
    query = select(orders).where(orders.c.state == State.ATTENTION, *these).order_by(orders.c.id)
    return tx.list(OrderRow, query.limit(min(most, _AT_ONCE)).with_for_update(key_share=True))


DecideAll = Callable[[Tx, Act, SupplierName, Reason, int], int]
"""What is decided about many orders of one cause in one transaction."""


async def decide_all(
    db: Database, decision: DecideAll, act: Act, cause: tuple[SupplierName, Reason], most: int
) -> int:
    """Decide about the oldest `most` orders that share a cause, in short transactions; how many.

    Raises NotYours or ShopClosed, where nothing more is decided.
    """
    decided = 0
    while decided < most:
        more = await db.write(decision, act, *cause, most - decided)
        if not more:
            break
        decided += more
    return decided


def _follow_again(tx: Tx, act: Act, row: OrderRow) -> OrderView:
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


def take_over(tx: Tx, act: Act, order: OrderId) -> OrderView:
    """Active -> attention: its supplier is asked no more, and operators decide how it ends.

    Not for a rented number, which ends by our clock. Its customer is told.
    """
    row = _parked(tx, act, order, State.ACTIVE, State.ATTENTION)
    if row.due_at is None:
        raise IllegalMove(order, State.ATTENTION)
    move(
        tx,
        row,
        State.ATTENTION,
        note="taken over",
        actor=act.actor,
        reason=None,
        due_at=None,
    )
    tell(tx, row.customer, attention_key(order, tx.now), OrderNeedsPerson(order))
    return _decided(tx, act, row, "take_over")


def _parked(tx: Tx, act: Act, order: OrderId, stands_in: State, to: State) -> OrderRow:
    check_act(tx, act, Permission.ORDERS)
    row = lock(tx, order)
    tx.check_open()
    if row.state is not stands_in:
        raise IllegalMove(order, to)
    check_move(order, row.state, to)
    return row


def _decided(tx: Tx, act: Act, was: OrderRow, action: str) -> OrderView:
    row = lock(tx, was.id)
    note_act(tx, act.actor, action, f"order:{was.id}", was.state, row.state)
    return view_of(tx, row)


@dataclass(frozen=True, slots=True)
class Attach:
    """The decision that needs the supplier: it did take the order, under this id."""

    db: Database
    kinds: Kinds
    suppliers: Suppliers

    async def __call__(self, act: Act, order: OrderId, remote: RemoteId) -> OrderView:
        """Follow the order under this id, after reading its status. Raises as `attach` does.

        Also SupplierError, where the supplier does not know the id or cannot be asked now.
        """
        row = await self.db.read(find_row, order)
        if row is None or row.state is not State.IN_DOUBT:
            raise IllegalMove(order, State.ACTIVE)
        supplier = self.suppliers.get(row.supplier)
        if supplier is None:
            raise Malformed(_FORGOTTEN)
        await self.kinds[row.kind].ask(supplier, remote)
        try:
            return await self.db.write(attach, act, order, remote)
        except IntegrityError:  # another process attached it in the same instant
            raise TooLate from None


def is_unknown_id(failure: SupplierError) -> bool:
    """Whether the supplier said that it has no such order."""
    return isinstance(failure, Refused) and failure.kind in NO_SUCH
