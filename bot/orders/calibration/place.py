"""A calibration is placed: an order of the operator's own that costs no customer anything.

It is an ordinary order whose total is zero, so everything that keeps orders from being sent twice
keeps this one too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select

from bot.base.acts import Act, Permission
from bot.base.errors import TooLate
from bot.base.ids import OrderId, ServiceId, SupplierName
from bot.base.money import ZERO, Money
from bot.base.topics import submit_topic
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.pricing import expected_cost
from bot.catalog.standing import check_not_paused, lock_supplier
from bot.catalog.tables import services
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import hold_account
from bot.orders.calibration.tables import CalibrationState, calibrations
from bot.orders.rows import note_event
from bot.orders.rules.moves import State
from bot.orders.tables import orders, quotes
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.suppliers.words import Kind


@dataclass(frozen=True, slots=True)
class CalibrationAsked:
    """What an operator agreed to: the smallest order of a service, for `most` at most.

    `seen` is how many calibrations of this supplier there were on the card that was tapped, so
    that one card places one order.
    """

    service: ServiceId
    kind: Kind
    most: Money
    seen: int
    link: str = ""


def dearest_cost(rate: Decimal, quantity: int) -> Money:
    """The most that an order can cost: where the rate is for one. Raises NotMoney."""
    return expected_cost(rate, 1, quantity)


def count_calibrations(tx: Tx, supplier: SupplierName) -> int:
    """How many there ever were of a supplier."""
    newest = select(func.max(calibrations.c.number)).where(calibrations.c.supplier == supplier)
    return int(tx.execute(newest).scalar_one() or 0)


def place_calibration(tx: Tx, act: Act, asked: CalibrationAsked) -> tuple[OrderId, bool]:
    """Queue the order; it, and whether this tap placed it: a card that was used gives its order.

    Raises TooLate where another one is open or the cost is another one by now, NotForSale,
    SoldOut, NotAllowed, ShopClosed.
    """
    check_act(tx, act, Permission.SHOP)
    tx.check_open()
    found = tx.execute(select(services).where(services.c.id == asked.service)).one_or_none()
    if found is None:
        raise NotForSale(NotForSaleReason.GONE)
    supplier = SupplierName(found.supplier)
    lock_supplier(tx, supplier)
    row = tx.execute(select(services).where(services.c.id == asked.service)).one()
    last = count_calibrations(tx, supplier)
    if last > asked.seen:
        return _placed_as(tx, supplier, asked.seen + 1), False
    _check_can_be_ordered(tx, row, asked, supplier)
    order = _write(tx, act, row, asked)
    line = {"order_id": order, "supplier": supplier, "number": last + 1, "operator": act.who}
    tx.execute(insert(calibrations).values(rate=row.rate, due_at=tx.now, **line))
    note_act(tx, act.actor, "calibrate", f"service:{asked.service}", "", f"#{order}")
    tx.wake(submit_topic(supplier))
    return order, True


def _placed_as(tx: Tx, supplier: SupplierName, number: int) -> OrderId:
    query = select(calibrations.c.order_id).where(
        calibrations.c.supplier == supplier, calibrations.c.number == number
    )
    return OrderId(tx.execute(query).scalar_one())


def _check_can_be_ordered(
    tx: Tx, row: Any, asked: CalibrationAsked, supplier: SupplierName
) -> None:
    others = select(calibrations.c.order_id).where(
        calibrations.c.supplier == supplier, calibrations.c.state == CalibrationState.OPEN
    )
    if tx.execute(others).first() is not None or dearest_cost(row.rate, row.least) != asked.most:
        raise TooLate
    if row.gone or row.problem:
        raise NotForSale(NotForSaleReason.GONE)
    check_not_paused(tx, supplier, asked.kind)
    if row.stock is not None and row.stock < row.least:
        raise SoldOut(max(0, row.stock))


def _write(tx: Tx, act: Act, row: Any, asked: CalibrationAsked) -> OrderId:
    """An order in the queue whose total, and so its hold, is nothing.

    Its charge is compared with no expected cost: what it should be is what is to be found out.
    """
    ordered = {
        "customer": act.who,
        "service": asked.service,
        "kind": asked.kind,
        "quantity": row.least,
        "link": tx.settings.seal(asked.link),
        "total": ZERO,
        "cost": asked.most,
        "created_at": tx.now,
    }
    used = {"unit_price": ZERO, "unit": 1, "expires_at": tx.now, "used_at": tx.now}
    quote = tx.execute(insert(quotes).values(ordered | used).returning(quotes.c.id)).scalar_one()
    queued = {
        "quote": quote,
        "supplier": row.supplier,
        "remote_service": row.remote_id,
        "service_name": row.name,
        "state": State.QUEUED,
        "due_at": tx.now,
        "queued_at": tx.now,
        "charge_compared": True,
    }
    made = tx.execute(insert(orders).values(ordered | queued).returning(orders.c.id)).scalar_one()
    order = OrderId(made)
    post.open_account(tx, hold_account(order))
    note_event(tx, order, State.QUEUED, actor=act.actor)
    return order
