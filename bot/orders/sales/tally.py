"""Adds up ended orders by the ledger: the one way in which sums come about, kept or not."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from sqlalchemy import and_, bindparam, func, select

from bot.base.ids import OrderId, ServiceId, SupplierName
from bot.base.money import ZERO, Money, NotMoney, money_from
from bot.db.tx import Tx
from bot.db.types import Moment
from bot.money.ledger import SALES
from bot.money.post import parts_of
from bot.money.tables import transfers
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.sales.days import Days
from bot.orders.sales.sums import Key, Sums, Tallies, Tally, step_of
from bot.orders.tables import orders

_FAILED: Final = frozenset({State.CANCELED, State.FAILED})
_ENDED: Final = and_(
    orders.c.finished_at >= bindparam("begin", type_=Moment()),
    orders.c.finished_at < bindparam("end", type_=Moment()),
)


class _Ended(NamedTuple):
    """An order that came to its end."""

    id: OrderId
    supplier: SupplierName
    service: ServiceId
    state: State
    reason: Reason | None
    quantity: int
    delivered: int
    captured: Money
    released: Money
    total: Money
    replaces: OrderId | None
    cost: Money
    charge: Decimal | None
    charge_currency: str
    created_at: datetime
    finished_at: datetime

    @property
    def is_own(self) -> bool:
        """Whether an operator ordered it, to find out what a rate is for; nobody else paid."""
        return self.total == ZERO and self.replaces is None


_ORDERS: Final = select(*(orders.c[name] for name in _Ended._fields)).where(
    _ENDED, orders.c.state.in_(sorted(FINISHED))
)
_BACK: Final = (
    select(transfers.c.order_id, func.sum(transfers.c.amount).label("back"))
    .where(
        transfers.c.debit.in_(parts_of(SALES)),
        transfers.c.order_id.in_(select(orders.c.id).where(_ENDED)),
    )
    .group_by(transfers.c.order_id)
)
"""What went back of their captured money, whenever it did."""


def tally(tx: Tx, days: Days) -> Tallies:
    """What the orders come to that ended in these days, counted one by one.

    An order's money is captured and released in the moment in which it ends.
    """
    span = {"begin": days.begin, "end": days.end}
    back: dict[OrderId, Money] = {row.order_id: row.back for row in tx.execute(_BACK, span)}
    found: Tallies = defaultdict(Tally)
    for one in tx.list(_Ended, _ORDERS, span):
        tallied = found[Key(days.find(one.finished_at), one.supplier, one.service)]
        tallied.sums += _sums_of(tx, one, back.get(one.id, ZERO))
        if one.is_own:
            continue
        if one.state not in _FAILED:
            tallied.times[step_of(one.finished_at - one.created_at)] += 1
    return found


def _sums_of(tx: Tx, one: _Ended, back: Money) -> Sums:
    charge, expected = _charge(tx, one), ZERO
    if one.is_own:
        return Sums(cost=charge or ZERO)
    if charge is None:
        charge = expected = _expected(one)
    is_failed = one.state in _FAILED and one.reason is not Reason.CUSTOMER_CANCELED
    return Sums(
        orders=1,
        failures=int(is_failed),
        units=_units(one),
        captured=one.captured,
        refunded=back,
        released=one.released,
        cost=charge,
        expected=expected,
    )


def _units(one: _Ended) -> int:
    if one.state in _FAILED:
        return 0
    return one.quantity if one.state is State.COMPLETED else min(one.delivered, one.quantity)


def _charge(tx: Tx, one: _Ended) -> Money | None:
    """What the supplier charged in the end; None where it said nothing that counts.

    What delivered nothing costs nothing, whatever the last answer before its end said.
    """
    if one.state in _FAILED:
        return ZERO
    if one.charge is None or one.charge_currency not in {"", tx.settings.currency}:
        return None
    try:
        return max(ZERO, money_from(one.charge))
    except NotMoney:
        return None


def _expected(one: _Ended) -> Money:
    """What the delivered units should cost us."""
    return one.cost.share(_units(one), one.quantity)
