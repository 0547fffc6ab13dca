"""When the operator's balance is read again around an attempt in doubt, and what it suggests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

READ_AFTER: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
)
"""How long after the attempt was parked each further reading is due."""
_LONGEST_APART: Final = timedelta(minutes=1)
_OFF: Final = Decimal("0.05")
"""A charge may differ from the expected cost by this part of it (the suppliers' readings 1)."""
_LONG_ENOUGH: Final = timedelta(minutes=2)
"""A supplier that has not charged by then is not going to: nothing is said before."""


class EvidenceVerdict(StrEnum):
    """What the readings suggest; never more than that."""

    LIKELY_PLACED = "likely_placed"
    LIKELY_NOT_PLACED = "likely_not_placed"
    INCONCLUSIVE = "inconclusive"


class EvidenceReason(StrEnum):
    """Why the verdict is what it is; the desk has a sentence for each."""

    FELL_BY_COST = "fell_by_cost"
    DID_NOT_FALL = "did_not_fall"
    NONE_BEFORE = "none_before"
    TOO_EARLY = "too_early"
    OTHERS_UNKNOWN = "others_unknown"
    OTHERS_MOVED_IT = "others_moved_it"
    ROSE = "rose"
    FELL_OTHERWISE = "fell_otherwise"


@dataclass(frozen=True, slots=True)
class BalanceReading:
    """The supplier's balance at one moment after the attempt, and what else may have moved it.

    `spent` is what other orders cost that were accepted there meanwhile; `unknown` when another
    attempt there is in doubt itself or under way; `moved` when orders there were refunded.
    """

    at: datetime
    balance: Decimal
    spent: Decimal = Decimal(0)
    unknown: bool = False
    moved: bool = False

    @property
    def disturbed(self) -> bool:
        """Whether anything but this attempt touched the balance."""
        return bool(self.spent) or self.unknown or self.moved


@dataclass(frozen=True, slots=True)
class EvidenceResult:
    """A verdict and its clue. `fell` is the fall that no other order explains, None unread.

    `alone`: nothing else touched the balance from the first reading to the last.
    """

    verdict: EvidenceVerdict
    reason: EvidenceReason
    fell: Decimal | None = None
    alone: bool = False

    @property
    def is_strong_no(self) -> bool:
        """Likely not placed, with nothing else that could hide a charge."""
        return self.verdict is EvidenceVerdict.LIKELY_NOT_PLACED and self.alone


def next_reading(
    parked_at: datetime, readings: int, last_at: datetime | None = None
) -> datetime | None:
    """When the reading after `readings` further ones is due; None when there were enough.

    It is some time after the last one, at `last_at`: a clock that jumps brings none near.
    """
    if readings >= len(READ_AFTER):
        return None
    due = parked_at + READ_AFTER[readings]
    if last_at is None or not readings:
        return due
    apart = READ_AFTER[readings] - READ_AFTER[readings - 1]
    return max(due, last_at + min(apart, _LONGEST_APART))


def judge_evidence(
    cost: Decimal, before: Decimal | None, after: Sequence[BalanceReading], sent_at: datetime
) -> EvidenceResult:
    """What the readings say about one attempt; `before` is the balance just before it left.

    The first reading that shows the cost gone decides: a refund or a top-up later cannot undo it.
    """
    if before is None:
        return EvidenceResult(EvidenceVerdict.INCONCLUSIVE, EvidenceReason.NONE_BEFORE)
    for one in after:
        fell = before - one.balance - one.spent
        if not one.unknown and not one.moved and _is_cost(fell, cost):
            return EvidenceResult(EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST, fell)
    if not after or after[-1].at - sent_at < _LONG_ENOUGH:
        return EvidenceResult(EvidenceVerdict.INCONCLUSIVE, EvidenceReason.TOO_EARLY)
    last = after[-1]
    fell = before - last.balance - last.spent
    if reason := _unclear(last, fell, cost):
        return EvidenceResult(EvidenceVerdict.INCONCLUSIVE, reason, fell)
    alone = all(not one.disturbed and one.balance == before for one in after)
    return EvidenceResult(
        EvidenceVerdict.LIKELY_NOT_PLACED, EvidenceReason.DID_NOT_FALL, fell, alone
    )


def _is_cost(fell: Decimal, cost: Decimal) -> bool:
    return cost > 0 and abs(fell - cost) <= cost * _OFF


def _unclear(last: BalanceReading, fell: Decimal, cost: Decimal) -> EvidenceReason | None:
    if last.unknown:
        return EvidenceReason.OTHERS_UNKNOWN
    if last.moved:
        return EvidenceReason.OTHERS_MOVED_IT
    if cost <= 0 or fell > cost * _OFF:
        return EvidenceReason.FELL_OTHERWISE
    return EvidenceReason.ROSE if fell < -cost * _OFF else None
