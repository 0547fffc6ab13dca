"""The desk at a glance: what was earned, what waits for a person, and how suppliers stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from bot.base.acts import Permission, Role, may
from bot.base.ids import SupplierName
from bot.base.money import ZERO, Money
from bot.catalog import standing
from bot.catalog.standing import SupplierState
from bot.db.tx import Tx
from bot.desk.stats.read import Span, count_placed, read_sums
from bot.money import approvals
from bot.money.ledger import TopupDecision
from bot.money.tables import topup_requests
from bot.orders.rules.moves import OPEN, State
from bot.orders.sales.days import day_of
from bot.orders.tables import claims, orders
from bot.outbox import store

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
"""Days, today among them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a decision of an operator, and how many orders are open in all.

    `approvals` is credit that waits for a second operator.
    """

    requests: int = 0
    approvals: int = 0
    claims: int = 0
    doubts: int = 0
    attention: int = 0
    open: int = 0

    def count_for(self, role: Role | None) -> int:
        """How much of it somebody in this role may decide."""
        of_orders = self.claims + self.doubts + self.attention
        of_credit = self.requests + self.approvals
        return (of_credit if may(role, Permission.CREDIT) else 0) + (
            of_orders if may(role, Permission.ORDERS) else 0
        )


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What a span of time brought.

    `orders` were confirmed in it, all else is of orders that ended in it: `revenue` is what was
    captured, less what was given back afterwards, `cost` what suppliers charged, or should have
    where they did not say, and `given_back` all that went back to customers.
    """

    orders: int
    revenue: Money
    cost: Money
    given_back: Money

    @property
    def margin(self) -> Money:
        """What is left of the revenue; below zero where the cost was more."""
        return self.revenue - self.cost


@dataclass(frozen=True, slots=True)
class SupplierNeeds:
    """How a supplier stands, and what its orders cost on an average `day` of the last week."""

    state: SupplierState
    day: Money

    def count_days(self, currency: str) -> int | None:
        """How many such days our balance there lasts; None where nobody can know."""
        balance = self.state.balance
        if balance is None or balance.currency != currency or self.day <= ZERO:
            return None
        return max(0, int(balance.amount / self.day.decimal))


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The desk at one moment; `is_closed` in safe mode, `group_takes` alerts in the group.

    `down` are the suppliers that do not answer, `paused_services` how many single ones are paused,
    `risen_prices` how many of these wait for a word about their price; `shop_is_off` while nothing
    at all is sold.
    """

    now: datetime
    waiting: Waiting
    today: PeriodFigures
    week: PeriodFigures
    suppliers: tuple[SupplierNeeds, ...]
    is_closed: bool
    group_takes: bool = True
    down: frozenset[SupplierName] = frozenset()
    paused_services: int = 0
    risen_prices: int = 0
    shop_is_off: bool = False


def read_dashboard(tx: Tx, suppliers: Iterable[SupplierName]) -> Dashboard:
    """All of it in one picture; days are those of the shop's time zone."""
    today, group = day_of(tx.now, tx.settings.zone), tx.settings.alert_chat
    costs = _day_costs(tx)
    return Dashboard(
        now=tx.now,
        waiting=count_waiting(tx),
        today=read_period(tx, Span(today, today)),
        week=read_period(tx, Span(today - _WEEK + 1, today)),
        suppliers=tuple(
            SupplierNeeds(standing.state(tx, name), costs.get(name, ZERO)) for name in suppliers
        ),
        is_closed=tx.in_safe_mode(),
        group_takes=group is None or store.is_open(tx, group.id),
    )


def count_waiting(tx: Tx) -> Waiting:
    """What waits now; each count reads its index over what is open."""
    asked = select(func.count()).where(topup_requests.c.decision == TopupDecision.OPEN)
    claimed = select(func.count()).where(claims.c.state == "open")
    by_state = select(orders.c.state, func.count().label("orders"))
    by_state = by_state.where(orders.c.state.in_(sorted(OPEN))).group_by(orders.c.state)
    found: dict[State, int] = {row.state: row.orders for row in tx.execute(by_state)}
    return Waiting(
        requests=int(tx.execute(asked).scalar_one()),
        approvals=approvals.count_waiting(tx),
        claims=int(tx.execute(claimed).scalar_one()),
        doubts=found.get(State.IN_DOUBT, 0),
        attention=found.get(State.ATTENTION, 0),
        open=sum(found.values()),
    )


def read_period(tx: Tx, span: Span) -> PeriodFigures:
    """What some days brought."""
    sums = read_sums(tx, span)
    return PeriodFigures(count_placed(tx, span), sums.revenue, sums.cost, sums.given_back)


def _day_costs(tx: Tx) -> dict[SupplierName, Money]:
    """What the orders of an average day should cost us at each supplier.

    Counted are those of the last week that were sent there, or those since the first order of a
    younger shop. What failed costs nothing; what nobody has answered for may cost.
    """
    first = tx.execute(select(func.min(orders.c.created_at))).scalar_one()
    if first is None:
        return {}
    days = min(_WEEK, max(1, -((first - tx.now) // _DAY)))
    # Hidden from SQLite, which would read all orders there ever were in the order of suppliers.
    supplier = func.coalesce(orders.c.supplier, "")
    went = (
        select(supplier.label("supplier"), func.sum(orders.c.cost).label("cost"))
        .where(orders.c.created_at > tx.now - _WEEK * _DAY)
        .where(orders.c.attempt > 0, orders.c.state != State.FAILED)
        # An operator's own order says at first what it may cost at most.
        .where(or_(orders.c.total > ZERO, orders.c.replaces.is_not(None)))
        .group_by(supplier)
    )
    return {SupplierName(row.supplier): row.cost.share(1, days) for row in tx.execute(went)}
