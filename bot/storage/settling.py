"""The way of an order to its end: readings claimed, and each answer applied in one transaction."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from bot.domain.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.domain.order import Reason, State
from bot.domain.progress import Stage
from bot.domain.settlement import Ending, OpenOrder, Verdict, judge
from bot.shop.notices import (
    AttentionAlert,
    GoodsArrived,
    OrderEnded,
    OrderNeedsPerson,
    OrderOddity,
    SupplierAlert,
)
from bot.shop.ports import Due
from bot.shop.suppliers import StatusAnswer
from bot.storage import safe_mode
from bot.storage.charges import compare_charge
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, finish, lock, move
from bot.storage.post import begin_alert, refresh_card, tell, tell_operators
from bot.storage.tables import answers, goods, orders

_LEASE: Final = timedelta(seconds=30)
_MISSES: Final = 20
_MISSED_FOR: Final = timedelta(minutes=5)
_WORDS: Final = 40
_DIGITS: Final = re.compile(r"[0-9]+")
"""A clock or a counter in a status is not a new spelling each time."""


def claim(
    connection: Connection, supplier: SupplierName, now: datetime, limit: int
) -> tuple[Due, ...]:
    """See `Polls.claim`; nothing is followed in safe mode."""
    if safe_mode.is_on(connection):
        return ()
    query = (
        select(orders)
        .where(
            orders.c.state == State.ACTIVE,
            orders.c.supplier == supplier,
            orders.c.due_at <= now,
        )
        .order_by(orders.c.due_at, orders.c.id)
        .limit(limit)
        .with_for_update(key_share=True, skip_locked=True)
    )
    rows = connection.execute(query).all()
    if not rows:
        return ()
    leased = update(orders).where(orders.c.id.in_([row.id for row in rows]))
    connection.execute(leased.values(due_at=now + _LEASE))
    return tuple(_due(row) for row in rows)


def _due(row: OrderRow) -> Due:
    return Due(
        order=OrderId(row.id),
        supplier=SupplierName(row.supplier),
        remote=RemoteId(row.remote_order),
        kind=row.kind,
        active_since=row.active_at,
        misses=row.misses,
    )


def settle(
    connection: Connection,
    house: House,
    due: Due,
    heard: tuple[StatusAnswer, datetime],
    now: datetime,
) -> Ending | Reason | None:
    """See `Polls.settle`; `heard` is the answer and when to ask next if nothing ends."""
    answer, next_at = heard
    row = lock(connection, due.order)
    if row.state is not State.ACTIVE or row.remote_order != due.remote:
        return None
    if safe_mode.is_on(connection):
        return None
    verdict = judge(_open_order(connection, house, row), answer.progress, now)
    note_answer(connection, row, answer, now)
    compare_charge(connection, house, row, answer.progress, now)
    _tell_unknown_status(connection, house, row, answer, now)
    if verdict.fresh:
        _take_in(connection, house, row, verdict, now)
    return _apply(connection, house, row, verdict, (next_at, now))


def _open_order(connection: Connection, house: House, row: OrderRow) -> OpenOrder:
    return OpenOrder(
        kind=row.kind,
        quantity=row.quantity,
        total=row.total,
        goods=known_goods(connection, house, OrderId(row.id)),
        finished_since=row.finished_since,
    )


def known_goods(connection: Connection, house: House, order: OrderId) -> tuple[str, ...]:
    """All goods of an order so far, in the order they came, unsealed."""
    query = select(goods.c.sealed).where(goods.c.order_id == order).order_by(goods.c.batch)
    sealed = connection.execute(query).scalars()
    return tuple(one for batch in sealed for one in unsealed(house, batch))


def unsealed(house: House, sealed: str) -> tuple[str, ...]:
    """One batch's goods."""
    return msgspec.json.decode(house.sealer.unseal(sealed), type=tuple[str, ...])


def note_answer(
    connection: Connection, row: OrderRow, answer: StatusAnswer, now: datetime
) -> None:
    """Keep what the supplier said about an order, when it says something new."""
    said = answer.progress
    values: dict[str, object] = {"misses": 0}
    if said.charge is not None:
        values |= {"charge": said.charge, "charge_currency": said.currency or ""}
    if answer.said != row.last_said:
        values["last_said"] = answer.said
        connection.execute(insert(answers).values(order_id=row.id, at=now, said=answer.said))
    connection.execute(update(orders).where(orders.c.id == row.id).values(values))


def _tell_unknown_status(
    connection: Connection, house: House, row: OrderRow, answer: StatusAnswer, now: datetime
) -> None:
    """A spelling nobody knows keeps the last state and is told once."""
    if answer.progress.stage is not Stage.UNKNOWN:
        return
    spelling = answer.progress.status[:_WORDS]
    cause = spelling_cause(row.supplier, spelling)
    notice = SupplierAlert(row.supplier, "status", words=spelling)
    begin_alert(connection, house.operators, cause, notice, now)


def spelling_cause(supplier: str, spelling: str) -> str:
    """The cause of an alert about a spelling; it is new once, not once an order."""
    return f"status:{supplier}:{_DIGITS.sub('#', spelling.casefold())}"


def _take_in(
    connection: Connection, house: House, row: OrderRow, verdict: Verdict, now: datetime
) -> None:
    """Seal new goods and send them on their way, before anything else may go wrong."""
    batch, order = row.batches + 1, OrderId(row.id)
    sealed = house.sealer.seal(msgspec.json.encode(verdict.fresh).decode())
    line = {"order_id": order, "batch": batch, "count": len(verdict.fresh), "at": now}
    connection.execute(insert(goods).values(sealed=sealed, **line))
    counted = {"batches": batch, "delivered": row.delivered + len(verdict.fresh)}
    connection.execute(update(orders).where(orders.c.id == order).values(counted))
    customer = CustomerId(row.customer)
    tell(connection, customer, f"goods:{order}:{batch}", GoodsArrived(order, batch), now)
    refresh_card(connection, customer, order, now)
    if verdict.surplus:
        oddity = OrderOddity(order, "surplus", str(verdict.surplus))
        tell_operators(connection, house.operators, f"surplus:{order}", oddity, now)


def _apply(
    connection: Connection,
    house: House,
    row: OrderRow,
    verdict: Verdict,
    times: tuple[datetime, datetime],
) -> Ending | Reason | None:
    next_at, now = times
    if verdict.ending is not None:
        end(connection, house, row, verdict.ending, now)
        return verdict.ending
    if verdict.park is not None:
        park(connection, house, row, verdict.park, now)
        return verdict.park
    since = (row.finished_since or now) if verdict.waits_for_goods else None
    waits = {"due_at": next_at, "finished_since": since}
    connection.execute(update(orders).where(orders.c.id == row.id).values(waits))
    return None


def end(
    connection: Connection, house: House, row: OrderRow, ending: Ending, now: datetime
) -> None:
    """Finish an order and tell its customer, unless the goods in the chat say it all."""
    finish(connection, row, ending, now)
    order, customer = OrderId(row.id), CustomerId(row.customer)
    speaks_for_itself = ending.to is State.COMPLETED and ending.delivered and row.kind == "product"
    if not speaks_for_itself:
        tell(connection, customer, f"ended:{order}", OrderEnded(order), now)
    if ending.to is State.CANCELED and ending.delivered:
        oddity = OrderOddity(order, "canceled_after_goods", str(ending.delivered))
        tell_operators(connection, house.operators, f"odd-cancel:{order}", oddity, now)


def park(
    connection: Connection, house: House, row: OrderRow, reason: Reason, now: datetime
) -> None:
    """An active order needs a person: its money stays held, people are told."""
    order = OrderId(row.id)
    move(connection, row, State.ATTENTION, now, note=reason, reason=reason, due_at=None)
    key = f"attention:{order}:{int(now.timestamp())}"
    tell(connection, CustomerId(row.customer), key, OrderNeedsPerson(order), now)
    tell_operators(connection, house.operators, f"a-{key}", AttentionAlert(order), now)


def missed(connection: Connection, due: Due, next_at: datetime) -> None:
    """See `Polls.missed`."""
    change = update(orders).where(orders.c.id == due.order, orders.c.state == State.ACTIVE)
    connection.execute(change.values(due_at=next_at))


def unknown_to_supplier(
    connection: Connection, house: House, due: Due, next_at: datetime, now: datetime
) -> None:
    """See `Polls.unknown_to_supplier`."""
    row = lock(connection, due.order)
    if row.state is not State.ACTIVE or row.remote_order != due.remote:
        return
    misses = row.misses + 1
    if misses >= _MISSES and now - row.active_at >= _MISSED_FOR:
        park(connection, house, row, Reason.UNKNOWN_TO_SUPPLIER, now)
        return
    change = update(orders).where(orders.c.id == row.id)
    connection.execute(change.values(misses=misses, due_at=next_at))
