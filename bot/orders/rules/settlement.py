"""What one status answer does to an open order: goods, money, next state, as one verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.base.money import ZERO, Money
from bot.orders.rules.moves import Reason, State
from bot.suppliers.progress import Progress, Stage

GOODS_GRACE: Final = timedelta(minutes=2)
"""How long goods may be missing after the supplier called an order finished."""


@dataclass(frozen=True, slots=True)
class ActiveOrder:
    """What the verdict depends on.

    `brings_goods`: it is complete only with as many goods as were ordered. `goods` are those
    stored already, in the order they came. `finished_since` is when the supplier first called it
    done or partial without all its goods.
    """

    brings_goods: bool
    quantity: int
    total: Money
    goods: tuple[str, ...] = ()
    finished_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A final state with the money it moves; captured + released = the order's total."""

    to: State
    captured: Money
    released: Money
    delivered: int


@dataclass(frozen=True, slots=True)
class OrderVerdict:
    """What to do now: store and deliver `fresh` goods, then end, park or keep polling."""

    fresh: tuple[str, ...] = ()
    ending: Ending | None = None
    park: Reason | None = None
    waits_for_goods: bool = False
    surplus: int = 0


def judge(order: ActiveOrder, said: Progress, now: datetime) -> OrderVerdict:
    """The verdict on an active order. Pure: the same answer twice gives the same verdict.

    Source: suppliers' readings 4 to 6 (statuses, partial, goods that come late).
    """
    fresh = _fresh(order.goods, said.accounts or ())
    count = len(order.goods) + len(fresh)
    case = _Case(order, said, now, count)
    verdict = _RULES.get(said.stage, _keep)(case)
    surplus = max(0, count - order.quantity) if fresh else 0
    return OrderVerdict(fresh, verdict.ending, verdict.park, verdict.waits_for_goods, surplus)


@dataclass(frozen=True, slots=True)
class _Case:
    order: ActiveOrder
    said: Progress
    now: datetime
    count: int

    @property
    def grace_is_over(self) -> bool:
        since = self.order.finished_since
        return since is not None and self.now - since >= GOODS_GRACE


def _fresh(known: tuple[str, ...], listed: tuple[str, ...]) -> tuple[str, ...]:
    """The listed accounts that were not there before; equal ones count as often as they stand.

    Blanks around an account make no other one of it.
    """
    seen = Counter(account.strip() for account in known)
    fresh = []
    for account in listed:
        if seen[account.strip()] > 0:
            seen[account.strip()] -= 1
        else:
            fresh.append(account)
    return tuple(fresh)


def _keep(case: _Case) -> OrderVerdict:
    return OrderVerdict()


def _trouble(case: _Case) -> OrderVerdict:
    return OrderVerdict(park=Reason.TROUBLE_STATUS)


def _canceled(case: _Case) -> OrderVerdict:
    ending = Ending(State.CANCELED, ZERO, case.order.total, min(case.count, case.order.quantity))
    return OrderVerdict(ending=ending)


def _done(case: _Case) -> OrderVerdict:
    if case.order.brings_goods and case.count < case.order.quantity:
        return _wait_for_goods(case)
    ending = Ending(State.COMPLETED, case.order.total, ZERO, case.order.quantity)
    return OrderVerdict(ending=ending)


def _partial(case: _Case) -> OrderVerdict:
    left = case.said.remains
    if left is not None and not 0 <= left <= case.order.quantity:
        return OrderVerdict(park=Reason.BAD_REMAINS)
    if case.order.brings_goods:
        return _partial_goods(case, left)
    if left is None:
        return OrderVerdict(park=Reason.BAD_REMAINS)
    return OrderVerdict(
        ending=partial_ending(case.order.total, case.order.quantity - left, case.order.quantity)
    )


def _partial_goods(case: _Case, left: int | None) -> OrderVerdict:
    """What was delivered is what came; a supplier that claims more gets time to show it."""
    claimed = case.count if left is None else case.order.quantity - left
    nothing_known = left is None and case.count == 0
    if case.said.remains_said and left is None:
        return OrderVerdict(park=Reason.BAD_REMAINS)
    if claimed > case.count or nothing_known:
        return _wait_for_goods(case)
    delivered = min(case.count, case.order.quantity)
    return OrderVerdict(ending=partial_ending(case.order.total, delivered, case.order.quantity))


def _wait_for_goods(case: _Case) -> OrderVerdict:
    if case.grace_is_over:
        return OrderVerdict(park=Reason.GOODS_MISSING)
    return OrderVerdict(waits_for_goods=True)


def partial_ending(total: Money, delivered: int, quantity: int) -> Ending:
    """Pay for what was delivered; the refund is rounded up to the micro-unit, for the customer."""
    released, captured = total.split(quantity - delivered, quantity)
    return Ending(State.PARTIAL, captured, released, delivered)


_RULES: Final[dict[Stage, Callable[[_Case], OrderVerdict]]] = {
    Stage.DONE: _done,
    Stage.PARTIAL: _partial,
    Stage.CANCELED: _canceled,
    Stage.TROUBLE: _trouble,
}
