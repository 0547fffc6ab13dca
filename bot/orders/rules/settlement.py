"""What one status answer does to an open order: goods, money, next state, as one verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.base.clock import is_over
from bot.base.money import CENT, ZERO, Money
from bot.orders.rules.moves import Reason, State
from bot.suppliers.progress import Progress, Stage

GOODS_GRACE: Final = timedelta(minutes=2)
"""How long goods may be missing after the supplier called an order finished."""
_COVERED: Final = re.compile(
    r"[*＊•●∗✱█]{3,}"  # a part of a field
    r"|(?<![^\s:;|,=\"'<>\[\](){}])"  # or a whole one
    r"(?:[*＊•●∗✱█]{2,}|x{4,16}|hidden|masked|redacted)"
    r"(?![^\s:;|,=\"'<>\[\](){}])",
    re.IGNORECASE,
)
_WAITING: Final = frozenset(
    re.findall(
        r"\w+",
        """
        awaiting delayed delivering generating loading pending placeholder prepared preparing
        process processed processing progress queue queued shortly soon unavailable wait
        waiting working none nil null undefined tbd tba
        ожидайте ожидание обрабатывается готовится подождите procesando pendiente processando
        处理中 等待中 准备中 请稍候
        """,
    )
)
"""What is said of goods that are not there yet; a line of goods has none of it as a word."""
_NOTHING: Final = frozenset({"n/a", "n.a.", "n.a", "[]", "{}"})
_MARKS: Final = re.compile(r"[\s\-–—_.…·*•●#?/|~=+]+")
_MOST_WORDS: Final = 10
"""Longer ones are goods: a phrase that opens a purse has twelve words, and any of them."""
_LONGEST_LOOKED_AT: Final = 200
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[0-9]{1,6}(?:/[0-9]{1,6})?%?")
_EDGES: Final = "\"'.,:;!?…()[]{}<>#*"


@dataclass(frozen=True, slots=True)
class ActiveOrder:
    """What the verdict depends on.

    `brings_goods`: it is complete only with as many goods as were ordered. `goods` are those
    stored already, in the order they came. `finished_since` is when the supplier first called it
    done or partial without all its goods. `listed` is how many units its newest list held. A
    part of `total` that goes back is rounded up to `step`.
    """

    brings_goods: bool
    quantity: int
    total: Money
    goods: tuple[str, ...] = ()
    finished_since: datetime | None = None
    listed: int = 0
    step: Money = CENT


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

    Money follows the newest list alone: an account that was edited, replaced or uncovered since
    is the same unit, though its new text is fresh and reaches the customer. What only stands in
    the place of goods is neither; a covered account is shown when a person has to look.

    Source: suppliers' readings 4 to 6 (statuses, partial, goods that come late).
    """
    count = count_units(order, said)
    case = _Case(order, said, now, count)
    verdict = _RULES.get(said.stage, _keep)(case)
    listed = [one for one in said.accounts or () if _is_shown(one, verdict)]
    fresh = _fresh(order.goods, listed)
    surplus = max(0, count - order.quantity) if fresh else 0
    return OrderVerdict(fresh, verdict.ending, verdict.park, verdict.waits_for_goods, surplus)


def count_units(order: ActiveOrder, said: Progress) -> int:
    """How many units the newest list holds: this answer's, or the one before where it has none."""
    return order.listed if said.accounts is None else sum(map(is_goods, said.accounts))


def is_covered(line: str) -> bool:
    """Whether a part of an account is covered, like a password of stars."""
    return _COVERED.search(line) is not None


def is_goods(line: str) -> bool:
    """Whether a listed line is something to pay for; doubt says no, and a person decides then."""
    return not (is_covered(line) or is_empty(line))


def is_empty(line: str) -> bool:
    """Whether a line only says that something is to come; blank ones the reader has left out."""
    text = line.strip().casefold()
    if text in _NOTHING or _MARKS.fullmatch(text):
        return True
    if len(text) > _LONGEST_LOOKED_AT:
        return False
    words = [word.strip(_EDGES) for word in re.sub(r"[_-]", " ", text).split()]
    words = [word for word in words if word]
    if len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    trails_off = len(words) > 1 and text.endswith(("...", "…"))
    return trails_off or not _WAITING.isdisjoint(words)


def _is_shown(line: str, verdict: OrderVerdict) -> bool:
    return is_goods(line) or (verdict.park is not None and not is_empty(line))


@dataclass(frozen=True, slots=True)
class _Case:
    order: ActiveOrder
    said: Progress
    now: datetime
    count: int

    @property
    def grace_is_over(self) -> bool:
        since = self.order.finished_since
        return since is not None and is_over(since, GOODS_GRACE, self.now)


def _fresh(known: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
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
    came = max(case.count, case.order.listed)
    ending = Ending(State.CANCELED, ZERO, case.order.total, min(came, case.order.quantity))
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
    return OrderVerdict(ending=_part(case.order, case.order.quantity - left))


def _partial_goods(case: _Case, left: int | None) -> OrderVerdict:
    """What was delivered is what is listed, and at most what the supplier claims to have done.

    One that claims more than it lists gets time to show it.
    """
    claimed = case.count if left is None else case.order.quantity - left
    nothing_known = left is None and case.count == 0
    if case.said.remains_said and left is None:
        return OrderVerdict(park=Reason.BAD_REMAINS)
    if claimed > case.count or nothing_known:
        return _wait_for_goods(case)
    delivered = min(claimed, case.order.quantity)
    return OrderVerdict(ending=_part(case.order, delivered))


def _part(order: ActiveOrder, delivered: int) -> Ending:
    return partial_ending(order.total, delivered, order.quantity, order.step)


def _wait_for_goods(case: _Case) -> OrderVerdict:
    if case.grace_is_over:
        return OrderVerdict(park=Reason.GOODS_MISSING)
    return OrderVerdict(waits_for_goods=True)


def partial_ending(total: Money, delivered: int, quantity: int, step: Money) -> Ending:
    """Pay for what was delivered; the refund is rounded up to `step`, for the customer."""
    released, captured = total.split(quantity - delivered, quantity, step)
    return Ending(State.PARTIAL, captured, released, delivered)


_RULES: Final[dict[Stage, Callable[[_Case], OrderVerdict]]] = {
    Stage.DONE: _done,
    Stage.PARTIAL: _partial,
    Stage.CANCELED: _canceled,
    Stage.TROUBLE: _trouble,
}
