"""One order's row: locked before it is judged, moved by compare-and-set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    cast,
    insert,
    literal,
    select,
    update,
)

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, QuoteId, RemoteId, ServiceId, SupplierName
from bot.base.keys import ended_key
from bot.base.money import ZERO, Money
from bot.base.subjects import order_subject
from bot.db.tx import IN_SAFE_MODE, Tx
from bot.money import ledger, post
from bot.money.tables import accounts
from bot.orders.claims.rows import replacement_ended
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import FINISHED, PARKED, Reason, State, check_move
from bot.orders.rules.settlement import Ending
from bot.orders.tables import attempts, order_events, orders, quotes, readings
from bot.outbox.notices import OrderEnded
from bot.outbox.tell import refresh_card, settle_notices, tell
from bot.suppliers.port import Balance
from bot.suppliers.words import Kind


class OrderRow(NamedTuple):
    """A row of `orders`, column by column."""

    id: OrderId
    quote: QuoteId
    part: int
    customer: CustomerId
    service: ServiceId
    supplier: SupplierName
    remote_service: RemoteId
    service_name: str
    kind: Kind
    quantity: int
    link: str
    reuse: OrderId | None
    total: Money
    cost: Money
    state: State
    reason: Reason | None
    attempt: int
    tries: int
    remote_order: RemoteId | None
    charge: Decimal | None
    charge_currency: str
    charge_compared: bool
    delivered: int
    batches: int
    captured: Money
    released: Money
    card: int | None
    sender: str
    unsure: bool
    last_said: str
    misses: int
    due_at: datetime | None
    finished_since: datetime | None
    problem_at: datetime | None
    created_at: datetime
    queued_at: datetime
    submitting_at: datetime | None
    active_at: datetime | None
    parked_at: datetime | None
    finished_at: datetime | None
    forgotten_at: datetime | None
    restored_at: datetime | None
    claim: int
    claimed_by: int | None
    replaces: OrderId | None
    refunded: Money
    stuck_told_at: datetime | None

    @property
    def remote(self) -> RemoteId:
        """The supplier's id of an order. Raises IllegalMove when the supplier never took it."""
        if self.remote_order is None:
            raise IllegalMove(self.id, State.ACTIVE)
        return self.remote_order


class Changes(TypedDict, total=False):
    """The columns that a move may write beside the state and its stamp."""

    attempt: int
    captured: Money
    delivered: int | ColumnElement[int]
    due_at: datetime | None
    finished_since: datetime | None
    misses: int
    queued_at: datetime
    reason: Reason | None
    released: Money
    remote_order: RemoteId
    restored_at: datetime
    sender: str
    tries: int
    unsure: bool


_ONE: Final = select(orders).where(orders.c.id == bindparam("order"))
_LOCKED: Final = _ONE.with_for_update(key_share=True)
_LOCKED_IN_OPEN_SHOP: Final = _ONE.where(~IN_SAFE_MODE).with_for_update(of=orders, key_share=True)
"""Built once: each reading of an order's status begins with one of these."""
_NEW_COLUMNS: Final = (
    *("quote", "part", "customer", "service", "supplier", "remote_service", "service_name"),
    *("kind", "quantity", "link", "reuse", "total", "cost", "state", "card"),
    *("due_at", "created_at", "queued_at"),
)
_NEW: Final = "new_"
"""Before each name, because an UPDATE takes whatever is called like a column for a new value."""
_NEW_ORDER: Final = (
    insert(orders)
    .from_select(
        _NEW_COLUMNS,
        select(*(bindparam(_NEW + name, type_=orders.c[name].type) for name in _NEW_COLUMNS)),
    )
    .returning(orders.c.id)
)
_USED: Final = (
    update(quotes)
    .where(quotes.c.id == bindparam("new_quote"), quotes.c.used_at.is_(None))
    .values(used_at=bindparam("new_created_at"))
)
_NEW_EVENT: Final = insert(order_events)
_STAMPS: Final = {
    State.QUEUED: "queued_at",
    State.SUBMITTING: "submitting_at",
    State.ACTIVE: "active_at",
    **dict.fromkeys(PARKED, "parked_at"),
    **dict.fromkeys(FINISHED, "finished_at"),
}


def find_row(tx: Tx, order: OrderId) -> OrderRow | None:
    """An order's row as it stands, None when there is no such order."""
    return tx.find(OrderRow, _ONE, {"order": order})


def lock(tx: Tx, order: OrderId) -> OrderRow:
    """The order's row, locked until the transaction ends. Raises NotYours for none."""
    row = tx.find(OrderRow, _LOCKED, {"order": order})
    if row is None:
        raise NotYours
    return row


def lock_in_open_shop(tx: Tx, order: OrderId) -> OrderRow | None:
    """An order's row, locked until the transaction ends; None in safe mode."""
    return tx.find(OrderRow, _LOCKED_IN_OPEN_SHOP, {"order": order})


def move(
    tx: Tx, row: OrderRow, to: State, *, note: str = "", actor: str = "", **values: Unpack[Changes]
) -> None:
    """Take an order to its next state, stamp the time, write its history, refresh its card.

    Raises IllegalMove, also when someone else moved the order meanwhile.
    """
    check_move(row.id, row.state, to)
    change = (
        update(orders)
        .where(orders.c.id == row.id, orders.c.state == row.state)
        .values(state=to, **{_STAMPS[to]: tx.now}, **values)
    )
    if tx.execute(change).rowcount != 1:
        raise IllegalMove(row.id, to)
    note_event(tx, row.id, to, note=note, actor=actor)
    refresh_card(tx, row.customer, row.id)
    if _settles(row, to):
        settle_notices(tx, order_subject(row.id))


def _settles(row: OrderRow, to: State) -> bool:
    """Whether people may have been told something of the order that is now past."""
    if row.state in PARKED:
        return True
    waited = row.tries > 0 or row.parked_at is not None
    return waited and to not in {State.QUEUED, State.SUBMITTING}


def write_order(tx: Tx, row: Mapping[str, object], actor: str) -> OrderId:
    """Write an order down with all columns that do not begin as the table says.

    On a server it is one turn, and the account that is to hold the money is made with it: nobody
    else sees one of these rows before all are committed.
    """
    given = {_NEW + name: row[name] for name in _NEW_COLUMNS}
    if tx.dialect.name == "postgresql":
        return OrderId(tx.execute(_AT_ONCE, {**given, "actor": actor}).scalar_one())
    order = OrderId(tx.execute(_NEW_ORDER, given).scalar_one())
    note_event(tx, order, State.QUEUED, actor=actor)
    tx.execute(_USED, given)
    return order


def _all_at_once() -> Select[Any]:
    made, line = _NEW_ORDER.cte("made"), order_events.c
    event = select(
        made.c.id,
        bindparam("new_created_at", type_=line.at.type),
        literal(State.QUEUED, line.state.type),
        bindparam("actor", type_=line.actor.type),
    )
    hold = select(
        literal(f"{ledger.HOLD}:", Text).concat(cast(made.c.id, Text)), literal(ledger.HOLD, Text)
    )
    return select(made.c.id).add_cte(
        insert(order_events).from_select(["order_id", "at", "state", "actor"], event).cte("event"),
        insert(accounts).from_select(["account", "kind"], hold).cte("hold"),
        _USED.cte("used"),
    )


_AT_ONCE: Final = _all_at_once()


def note_event(tx: Tx, order: OrderId, state: State, *, note: str = "", actor: str = "") -> None:
    """Write one line of an order's history."""
    line = {"order_id": order, "at": tx.now, "state": state, "note": note, "actor": actor}
    tx.execute(_NEW_EVENT, line)


def finish(
    tx: Tx, row: OrderRow, ending: Ending, *, reason: Reason | None = None, actor: str = ""
) -> None:
    """Pay out the whole hold and move the order to its end; ShopClosed in safe mode."""
    tx.check_open()
    order, customer = row.id, row.customer
    if ending.captured > ZERO:
        post.post(tx, ledger.capture(order, ending.captured, actor))
    if ending.released > ZERO:
        post.post(tx, ledger.release(customer, order, ending.released, actor))
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
    if row.replaces is not None:
        came = max(row.delivered, ending.delivered)
        replacement_ended(tx, order, came)


def _delivered(ending: Ending) -> ColumnElement[int]:
    """What was paid for counts as delivered, also where no goods pass through us."""
    if ending.to is State.PARTIAL:
        return literal(ending.delivered)
    more = orders.c.delivered < ending.delivered
    return case((more, ending.delivered), else_=orders.c.delivered)


def fail(tx: Tx, row: OrderRow, reason: Reason, actor: str = "") -> None:
    """End an order that was not placed: all of its money goes back, and its customer is told."""
    finish(tx, row, Ending(State.FAILED, ZERO, row.total, 0), reason=reason, actor=actor)
    tell_end(tx, row)


def tell_end(tx: Tx, row: OrderRow) -> None:
    """Tell a customer that their order came to its end."""
    tell(tx, row.customer, ended_key(row.id), OrderEnded(row.id))


def of_attempt(order: OrderId, number: int) -> ColumnElement[bool]:
    """The condition that holds for one attempt alone."""
    return (attempts.c.order_id == order) & (attempts.c.number == number)


def note_balance(
    tx: Tx, order: OrderId, attempt: int, balance: Balance, at: datetime | None = None
) -> None:
    """Write one balance reading down as evidence; it was taken `at` then, or just now."""
    line = {"order_id": order, "attempt": attempt, "at": at or tx.now, "balance": balance.amount}
    tx.execute(insert(readings).values(line))
