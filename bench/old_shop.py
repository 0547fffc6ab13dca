"""The books of a shop that has sold for a year, written in bulk so that they prove."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Table, insert, text, update

from bench.ground import REMOTE, SUPPLIER, put_on_shelf
from bot.app.kinds import PARTS
from bot.base.acts import Role
from bot.base.clock import SystemClock
from bot.base.money import ZERO, Money
from bot.db.database import Database, open_database
from bot.db.opening import open_schema
from bot.db.tx import Tx, TxSettings
from bot.money.ledger import MANUAL, SALES, TransferKind
from bot.money.post import parts_of
from bot.money.tables import accounts, transfers
from bot.ops.seal import Seal
from bot.orders.rules.moves import Outcome, Reason, State
from bot.orders.tables import answers, attempts, order_events, orders, quotes
from bot.people.operators import list_operators
from bot.people.tables import audit_log, customers, operators
from bot.safety import prove
from bot.suppliers.words import Kind

FIRST_CUSTOMER: Final = 500_000
_AT_ONCE: Final = 2_000
_YEAR: Final = timedelta(days=365)
_STEP: Final = 10_000
_ENDS: Final = (State.COMPLETED,) * 17 + (State.PARTIAL, State.CANCELED, State.FAILED)
"""How twenty orders end."""
_LAST: Final = (State.IN_DOUBT, State.ATTENTION, State.ATTENTION)
"""How the newest ones stand, in turn."""
_OPEN: Final = 300
_GIFTS: Final = parts_of(MANUAL)[1:]
_SALES: Final = parts_of(SALES)[1:]
"""The shards, as everybody's money passes there."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is; three transfers an order."""

    orders: int = 100_000
    customers: int = 20_000


async def make_old_shop(url: str, key: str, owners: Sequence[int], sizes: Sizes) -> None:
    """Fill a new database. Raises AssertionError where its books do not prove."""
    db = await open_database(url, SystemClock())
    try:
        db.settings = TxSettings(Seal.with_keys([key]), list_operators, parts=PARTS)
        await db.write(open_schema)
        service = (await put_on_shelf(db)).id
        await db.write(_make_people, owners, sizes)
        for first in range(1, sizes.orders + 1, _AT_ONCE):
            made = range(first, min(first + _AT_ONCE, sizes.orders + 1))
            await db.write(_make_orders, service, made, sizes)
        await _analyze(db)
        faults = await db.read(prove.prove)
        assert not faults, faults[:3]  # noqa: S101 - a chapter that measures wrong books says nothing
    finally:
        await db.close()


def _make_people(tx: Tx, owners: Sequence[int], sizes: Sizes) -> None:
    ids = range(FIRST_CUSTOMER, FIRST_CUSTOMER + sizes.customers)
    seen = {"language": "en", "created_at": tx.now - _YEAR, "seen_at": tx.now}
    people = [{"id": one, "first_name": f"Guest {one}", "username": f"guest{one}"} for one in ids]
    _put(tx, customers, [one | seen for one in people])
    named = [{"id": one, "role": Role.OWNER, "by": str(owners[0])} for one in owners]
    _put(tx, operators, [one | {"at": tx.now} for one in named])
    mine = [{"account": f"customer:{one}", "kind": "customer"} for one in ids]
    shared = [{"account": name, "kind": "world"} for name in parts_of(MANUAL)]
    shared += [{"account": name, "kind": "shop"} for name in parts_of(SALES)]
    _put(tx, accounts, [*mine, *shared])


@dataclass(frozen=True, slots=True)
class _Sale:
    """One order as it stands in the end."""

    number: int
    customer: int
    at: datetime
    total: Money
    state: State
    quantity: int = 3

    @property
    def is_open(self) -> bool:
        return self.state in _LAST

    @property
    def captured(self) -> Money:
        if self.state is State.COMPLETED:
            return self.total
        return self.total.split(1, 3, Money(_STEP))[0] if self.state is State.PARTIAL else ZERO

    @property
    def released(self) -> Money:
        return ZERO if self.is_open else self.total - self.captured


def _make_orders(tx: Tx, service: int, numbers: range, sizes: Sizes) -> None:
    sales = [_sale(number, sizes, tx.now) for number in numbers]
    _put(tx, quotes, [_quote(sale, service) for sale in sales])
    _put(tx, orders, [_order(sale, service) for sale in sales])
    holds = [{"account": f"hold:{sale.number}", "kind": "hold"} for sale in sales]
    _put(tx, accounts, holds)
    _put(tx, transfers, [moved for sale in sales for moved in _held(sale)])
    _move(tx, sales, lambda end: _WAYS.get(end, (State.SUBMITTING, State.ACTIVE)))
    _put(tx, transfers, [moved for sale in sales for moved in _paid_out(sale)])
    _move(tx, sales, lambda end: (end,))
    _put(tx, attempts, [_attempt(sale) for sale in sales])
    _put(tx, order_events, [event for sale in sales for event in _events(sale)])
    said = {"said": '{"status": "Completed", "charge": "0.90"}'}
    _put(tx, answers, [said | {"order_id": sale.number, "at": sale.at} for sale in sales])
    _put(tx, audit_log, [_act(sale) for sale in sales])


_WAYS: Final = dict.fromkeys((State.IN_DOUBT, State.FAILED), (State.SUBMITTING,))
"""The states before an end that an order in progress does not come to."""


def _move(tx: Tx, sales: Sequence[_Sale], way: Callable[[State], tuple[State, ...]]) -> None:
    """Move orders of the same end together, each along the moves that there are."""
    by_end: dict[State, list[int]] = {}
    for sale in sales:
        by_end.setdefault(sale.state, []).append(sale.number)
    for end, numbers in by_end.items():
        for state in way(end):
            moved = update(orders).where(orders.c.id.in_(numbers))
            tx.execute(moved.values(state=state))


def _sale(number: int, sizes: Sizes, now: datetime) -> _Sale:
    chance = random.Random(number)  # noqa: S311 - a made-up shop
    at = now - _YEAR * (sizes.orders - number + 1) / (sizes.orders + 1)
    total = Money(_STEP * chance.randint(30, 2_000))
    is_new = sizes.orders - number < _OPEN
    state = _LAST[number % 3] if is_new else chance.choice(_ENDS)
    # One in twenty orders is the first customer's, one in five is of a hundred who come often.
    circle = chance.choice((1, *(100,) * 4, *(sizes.customers,) * 15))
    nth = chance.randrange(circle)
    return _Sale(number, FIRST_CUSTOMER + nth, at, total, state)


def _quote(sale: _Sale, service: int) -> dict[str, Any]:
    prices = {"unit_price": sale.total.share(1, 3), "unit": 1, "total": sale.total}
    times = {"created_at": sale.at, "expires_at": sale.at, "used_at": sale.at}
    what = {"customer": sale.customer, "service": service, "kind": Kind.PRODUCT}
    return {**what, **prices, **times, "quantity": sale.quantity, "cost": sale.total.share(3, 4)}


def _order(sale: _Sale, service: int) -> dict[str, Any]:
    ended = None if sale.is_open else sale.at + timedelta(minutes=2)
    return {
        "quote": sale.number,
        "customer": sale.customer,
        "service": service,
        "supplier": SUPPLIER,
        "remote_service": REMOTE,
        "service_name": "Aged account",
        "kind": Kind.PRODUCT,
        "quantity": sale.quantity,
        "total": sale.total,
        "cost": sale.total.share(3, 4),
        "state": State.QUEUED,
        "reason": _REASONS.get(sale.state),
        "attempt": 1,
        "remote_order": f"old{sale.number}",
        "delivered": {State.COMPLETED: 3, State.PARTIAL: 1}.get(sale.state, 0),
        "captured": sale.captured,
        "released": sale.released,
        "created_at": sale.at,
        "queued_at": sale.at,
        "submitting_at": sale.at,
        "active_at": sale.at,
        "parked_at": sale.at if sale.is_open else None,
        "finished_at": ended,
    }


_REASONS: Final = {
    State.IN_DOUBT: Reason.ANSWER_LOST,
    State.ATTENTION: Reason.TROUBLE_STATUS,
    State.FAILED: Reason.REFUSED,
}


def _attempt(sale: _Sale) -> dict[str, Any]:
    outcome = Outcome.IN_DOUBT if sale.state is State.IN_DOUBT else Outcome.ACCEPTED
    at = {"at": sale.at, "answered_at": sale.at}
    return {"order_id": sale.number, "number": 1, "outcome": outcome, "said": "taken", **at}


def _events(sale: _Sale) -> Iterator[dict[str, Any]]:
    for state in (State.QUEUED, State.SUBMITTING, State.ACTIVE, sale.state):
        yield {"order_id": sale.number, "at": sale.at, "state": state}


def _held(sale: _Sale) -> Iterator[dict[str, Any]]:
    """A gift of what the order costs, and its hold."""
    mine, hold = f"customer:{sale.customer}", f"hold:{sale.number}"
    gift = _GIFTS[sale.number % len(_GIFTS)]
    number, total = sale.number, sale.total
    yield _transfer(sale, gift, mine, total, TransferKind.TOPUP, f"gift:{number}", order=None)
    yield _transfer(sale, mine, hold, total, TransferKind.HOLD, f"hold:{number}")


def _paid_out(sale: _Sale) -> Iterator[dict[str, Any]]:
    """The end of the hold."""
    mine, hold = f"customer:{sale.customer}", f"hold:{sale.number}"
    sales, number = _SALES[sale.number % len(_SALES)], sale.number
    if sale.captured:
        key = f"cap:{number}"
        yield _transfer(sale, hold, sales, sale.captured, TransferKind.CAPTURE, key)
    if sale.released:
        key = f"rel:{number}"
        yield _transfer(sale, hold, mine, sale.released, TransferKind.RELEASE, key)


def _transfer(
    sale: _Sale,
    debit: str,
    credit: str,
    amount: Money,
    kind: TransferKind,
    key: str,
    order: int | None = 0,
) -> dict[str, Any]:
    ends = {"debit": debit, "credit": credit, "amount": amount, "kind": kind}
    of_order = None if order is None else sale.number
    return {**ends, "idem_key": key, "order_id": of_order, "created_at": sale.at}


def _act(sale: _Sale) -> dict[str, Any]:
    change = {"before": "0", "after": f"{sale.total.decimal:f}"}
    who = {"actor": str(FIRST_CUSTOMER), "subject": f"customer:{sale.customer}"}
    return {"at": sale.at, "action": "topup", **who, **change}


def _put(tx: Tx, table: Table, rows: list[dict[str, Any]]) -> None:
    for at in range(0, len(rows), _AT_ONCE):
        tx.execute(insert(table), rows[at : at + _AT_ONCE])


async def _analyze(db: Database) -> None:
    """Have the database know how much it holds, as it does by itself after a while."""
    await db.write(lambda tx: tx.execute(text("ANALYZE")).close())
