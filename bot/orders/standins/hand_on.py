"""Hand an order on that nothing was placed for: to the next service that is tied to its own.

Only what is known for certain to have placed nothing is handed on, never a doubt. The refusal, the
other supplier and the line of the history are one transaction: whoever dies before it leaves the
attempt unanswered, which is parked, and whoever comes after it finds the order in the other queue.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import exists, select, update

from bot.base.money import Money
from bot.base.topics import submit_topic
from bot.catalog.basis.rows import load_bases
from bot.catalog.rules import Service, ShelfRules
from bot.catalog.standing import holds_orders
from bot.catalog.standins.rows import find_listed, list_tied
from bot.catalog.standins.rules import find_difference
from bot.catalog.store import load_some
from bot.catalog.wanted.come_true import list_on_sale
from bot.db.tx import Tx
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow, fail, move, note_event
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import HARMLESS, Reason, State
from bot.orders.standins.rows import HandedOn, Handover, list_handovers, note_handover
from bot.orders.tables import attempts, orders
from bot.outbox.tell import refresh_card

_PASSES: Final = frozenset(
    {
        Reason.REFUSED,
        Reason.OUT_OF_STOCK,
        Reason.SUPPLIER_UNAVAILABLE,
        Reason.SUPPLIER_GONE,
    }
)
"""Why an order is not made where it is, and could be elsewhere. Our patience is not one: it was
told to its customer."""


class StandIn(NamedTuple):
    """What an order becomes, and what its supplier should take for it."""

    service: Service
    cost: Money


def hand_on_or_fail(tx: Tx, row: OrderRow, reason: Reason) -> None:
    """Hand an order on that was not placed; without a stand-in its money goes back."""
    if not hand_on(tx, row, reason):
        fail(tx, row, reason)


def hand_on_if_paused(tx: Tx, row: OrderRow) -> bool:
    """Hand a waiting order on whose supplier is paused, even while nobody can reach that one."""
    return holds_orders(tx, row.supplier) and hand_on(tx, row, Reason.SUPPLIER_UNAVAILABLE)


def hand_on(tx: Tx, row: OrderRow, reason: Reason) -> bool:
    """Put an order of which nothing was placed into the queue of a stand-in's supplier.

    Whether there was one. The row is locked. Raises ShopClosed in safe mode, IllegalMove when
    somebody else moved the order meanwhile.
    """
    if reason not in _PASSES or not _may_be_elsewhere(tx, row):
        return False
    found = find_stand_in(tx, row)
    if found is None:
        return False
    tx.check_open()
    left = find_listed(tx, row.supplier, row.remote_service) or row.service
    note_handover(tx, row.id, Handover(left, row.supplier, row.cost, reason, row.attempt))
    to = found.service
    note = HandedOn(reason, row.supplier, to.supplier, to.listed.remote_id).note
    if row.state is State.SUBMITTING:
        move(tx, row, State.QUEUED, note=note, due_at=tx.now, tries=0, reason=None)
    else:
        note_event(tx, row.id, State.QUEUED, note=note)
        refresh_card(tx, row.customer, row.id)
    _take_over(tx, row, found)
    tx.wake(submit_topic(to.supplier))
    return True


def _may_be_elsewhere(tx: Tx, row: OrderRow) -> bool:
    """Whether it is being sent or waits, nothing of it is in doubt, and its customer pays for it.

    A number that is to be used again is one supplier's alone.
    """
    is_under_way = row.state in {State.QUEUED, State.SUBMITTING}
    is_certain = not row.unsure and row.restored_at is None
    if not (is_under_way and is_certain and row.reuse is None and row.replaces is None):
        return False
    unsure = attempts.c.order_id == row.id, attempts.c.outcome.not_in(HARMLESS)
    return not tx.execute(select(exists().where(*unsure))).scalar_one()


def find_stand_in(tx: Tx, row: OrderRow) -> StandIn | None:
    """The first service tied to what the customer bought that this order may become.

    None where each of them was tried, cannot be bought, or would cost as much as was paid.
    """
    left = {one.service for one in list_handovers(tx, row.id)}
    tied = [one for one in list_tied(tx, row.service) if one not in left]
    if not tied:
        return None
    on_sale = list_on_sale(tx, tx.part(ShelfRules), tied)
    for service in (on_sale[one].service for one in tied if one in on_sale):
        cost = _cost(tx, row, service)
        there = service.supplier, service.listed.remote_id
        is_other = there != (row.supplier, row.remote_service)
        if cost is not None and is_other and _is_equal(tx, row, service):
            return StandIn(service, cost)
    return None


def _is_equal(tx: Tx, row: OrderRow, service: Service) -> bool:
    """Whether it still is what the customer chose: what both list may have changed since."""
    rules = tx.part(ShelfRules).with_bases(load_bases(tx))
    chosen = (rules.service(kept) for kept in load_some(tx, (row.service,)))
    return all(find_difference(own, service) is None for own in chosen)


def _cost(tx: Tx, row: OrderRow, service: Service) -> Money | None:
    """What so many would cost, None where they are not to be had below what was paid."""
    if service.kind is not row.kind or service.basis is None or row.quantity not in service.span:
        return None
    cost = tx.part(Kinds)[row.kind].cost(service, service.basis, row.quantity)
    return cost if cost < row.total else None


def _take_over(tx: Tx, row: OrderRow, found: StandIn) -> None:
    """Have the other supplier's queue send the order; whoever had claimed it here holds nothing.

    Its customer goes on waiting from when they began to.
    """
    taken = {
        "supplier": found.service.supplier,
        "remote_service": found.service.listed.remote_id,
        "cost": found.cost,
        "due_at": tx.now,
        "tries": 0,
        "queued_at": row.queued_at,
        "claim": row.claim + 1,
    }
    change = update(orders).where(
        orders.c.id == row.id,
        orders.c.state == State.QUEUED,
        orders.c.supplier == row.supplier,
        orders.c.attempt == row.attempt,
        orders.c.claim == row.claim,
    )
    if tx.execute(change.values(taken)).rowcount != 1:
        raise IllegalMove(row.id, State.QUEUED)
