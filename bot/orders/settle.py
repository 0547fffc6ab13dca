"""Apply what a supplier says of an order: goods, money, state and messages at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import insert, select, update

from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.base.keys import (
    attention_key,
    delivery_key,
    ended_key,
    oddity_key,
    operators_key,
    spelling_cause,
)
from bot.db.tx import Tx, TxSettings
from bot.orders.charges import compare_charge
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow, finish, lock, move
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending, OpenOrder, Verdict, judge
from bot.orders.tables import answers, goods, orders
from bot.outbox.notices import (
    AttentionAlert,
    GoodsArrived,
    Oddity,
    OrderEnded,
    OrderNeedsPerson,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
)
from bot.outbox.tell import begin_alert, refresh_card, tell, tell_operators
from bot.suppliers.port import StatusAnswer
from bot.suppliers.progress import Stage

_LEASE: Final = timedelta(seconds=30)
_MISSES: Final = 20
_MISSED_FOR: Final = timedelta(minutes=5)
_WORDS: Final = 40
_DIGITS: Final = re.compile(r"[0-9]+")
"""A clock or a counter in a status is not a new spelling each time."""


@dataclass(frozen=True, slots=True)
class Due:
    """An active order claimed for a status reading."""

    order: OrderId
    supplier: SupplierName
    remote: RemoteId
    active_since: datetime


def claim(tx: Tx, supplier: SupplierName, limit: int) -> tuple[Due, ...]:
    """See `Polls.claim`; nothing is followed in safe mode."""
    if tx.in_safe_mode():
        return ()
    query = (
        select(orders)
        .where(
            orders.c.state == State.ACTIVE,
            orders.c.supplier == supplier,
            orders.c.due_at <= tx.now,
        )
        .order_by(orders.c.due_at, orders.c.id)
        .limit(limit)
        .with_for_update(key_share=True, skip_locked=True)
    )
    rows = tx.list(OrderRow, query)
    if not rows:
        return ()
    leased = update(orders).where(orders.c.id.in_([row.id for row in rows]))
    tx.execute(leased.values(due_at=tx.now + _LEASE))
    return tuple(_due(row) for row in rows)


def _due(row: OrderRow) -> Due:
    return Due(
        order=row.id,
        supplier=row.supplier,
        remote=row.remote,
        active_since=row.active_at or row.created_at,
    )


def settle(tx: Tx, due: Due, answer: StatusAnswer, next_at: datetime) -> Ending | Reason | None:
    """See `Polls.settle`."""
    row = lock(tx, due.order)
    if row.state is not State.ACTIVE or row.remote_order != due.remote:
        return None
    if tx.in_safe_mode():
        return None
    verdict = judge(_open_order(tx, row), answer.progress, tx.now)
    note_answer(tx, row, answer)
    compare_charge(tx, row, answer.progress)
    _tell_unknown_status(tx, row, answer)
    if verdict.fresh:
        _take_in(tx, row, verdict)
    return _apply(tx, row, verdict, next_at)


def _open_order(tx: Tx, row: OrderRow) -> OpenOrder:
    return OpenOrder(
        brings_goods=tx.part(Kinds)[row.kind].brings_goods,
        quantity=row.quantity,
        total=row.total,
        goods=known_goods(tx, row.id),
        finished_since=row.finished_since,
    )


def known_goods(tx: Tx, order: OrderId) -> tuple[str, ...]:
    """All goods of an order so far, in the order they came, unsealed."""
    query = select(goods.c.sealed).where(goods.c.order_id == order).order_by(goods.c.batch)
    sealed = tx.execute(query).scalars()
    return tuple(one for batch in sealed for one in unsealed(tx.settings, batch))


def unsealed(settings: TxSettings, sealed: str) -> tuple[str, ...]:
    """One batch's goods."""
    return msgspec.json.decode(settings.sealer.unseal(sealed), type=tuple[str, ...])


def note_answer(tx: Tx, row: OrderRow, answer: StatusAnswer) -> None:
    """Keep what the supplier said about an order, when it says something new."""
    said = answer.progress
    values: dict[str, object] = {"misses": 0}
    if said.charge is not None:
        values |= {"charge": said.charge, "charge_currency": said.currency or ""}
    if answer.said != row.last_said:
        values["last_said"] = answer.said
        tx.execute(insert(answers).values(order_id=row.id, at=tx.now, said=answer.said))
    tx.execute(update(orders).where(orders.c.id == row.id).values(values))


def _tell_unknown_status(tx: Tx, row: OrderRow, answer: StatusAnswer) -> None:
    """A spelling nobody knows keeps the last state and is told once."""
    if answer.progress.stage is not Stage.UNKNOWN:
        return
    spelling = answer.progress.status[:_WORDS]
    cause = spelling_cause(row.supplier, folded(spelling))
    notice = SupplierAlert(row.supplier, SupplierCause.STATUS, words=spelling)
    begin_alert(tx, cause, notice)


def folded(spelling: str) -> str:
    """A spelling as a cause has it: it is new once, not once an order."""
    return _DIGITS.sub("#", spelling.casefold())


def _take_in(tx: Tx, row: OrderRow, verdict: Verdict) -> None:
    """Seal new goods and send them on their way, before anything else may go wrong."""
    batch, order = row.batches + 1, row.id
    sealed = tx.settings.sealer.seal(msgspec.json.encode(verdict.fresh).decode())
    line = {"order_id": order, "batch": batch, "count": len(verdict.fresh), "at": tx.now}
    tx.execute(insert(goods).values(sealed=sealed, **line))
    counted = {"batches": batch, "delivered": row.delivered + len(verdict.fresh)}
    tx.execute(update(orders).where(orders.c.id == order).values(counted))
    customer = row.customer
    tell(
        tx,
        customer,
        delivery_key(tx.part(Kinds)[row.kind].delivery_mark, order, batch),
        GoodsArrived(order, batch),
    )
    refresh_card(tx, customer, order)
    if verdict.surplus:
        oddity = OrderOddity(order, Oddity.SURPLUS, str(verdict.surplus))
        tell_operators(tx, oddity_key(Oddity.SURPLUS, order), oddity)


def _apply(tx: Tx, row: OrderRow, verdict: Verdict, next_at: datetime) -> Ending | Reason | None:
    if verdict.ending is not None:
        end(tx, row, verdict.ending)
        return verdict.ending
    if verdict.park is not None:
        park(tx, row, verdict.park)
        return verdict.park
    since = (row.finished_since or tx.now) if verdict.waits_for_goods else None
    waits = {"due_at": next_at, "finished_since": since}
    tx.execute(update(orders).where(orders.c.id == row.id).values(waits))
    return None


def end(tx: Tx, row: OrderRow, ending: Ending) -> None:
    """Finish an order and tell its customer, unless the goods in the chat say it all."""
    finish(tx, row, ending)
    order, customer = row.id, row.customer
    speaks_for_itself = (
        ending.to is State.COMPLETED and ending.delivered and tx.part(Kinds)[row.kind].goods_tell
    )
    if not speaks_for_itself:
        tell(tx, customer, ended_key(order), OrderEnded(order))
    if ending.to is State.CANCELED and ending.delivered:
        oddity = OrderOddity(order, Oddity.CANCELED_AFTER_GOODS, str(ending.delivered))
        tell_operators(tx, oddity_key("odd-cancel", order), oddity)


def park(tx: Tx, row: OrderRow, reason: Reason) -> None:
    """An active order needs a person: its money stays held, people are told."""
    order = row.id
    move(tx, row, State.ATTENTION, note=reason, reason=reason, due_at=None)
    key = attention_key(order, tx.now)
    tell(tx, row.customer, key, OrderNeedsPerson(order))
    tell_operators(tx, operators_key(key), AttentionAlert(order))


def missed(tx: Tx, due: Due, next_at: datetime) -> None:
    """See `Polls.missed`."""
    change = update(orders).where(orders.c.id == due.order, orders.c.state == State.ACTIVE)
    tx.execute(change.values(due_at=next_at))


def unknown_to_supplier(tx: Tx, due: Due, next_at: datetime) -> None:
    """See `Polls.unknown_to_supplier`."""
    row = lock(tx, due.order)
    if row.state is not State.ACTIVE or row.remote_order != due.remote:
        return
    misses = row.misses + 1
    if misses >= _MISSES and tx.now - (row.active_at or row.created_at) >= _MISSED_FOR:
        park(tx, row, Reason.UNKNOWN_TO_SUPPLIER)
        return
    change = update(orders).where(orders.c.id == row.id)
    tx.execute(change.values(misses=misses, due_at=next_at))
