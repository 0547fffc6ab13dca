"""The operator's balance is read again after a doubt, and what the readings may suggest."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.rules.evidence import (
    READ_AFTER,
    BalanceReading,
    EvidenceReason,
    EvidenceResult,
    EvidenceVerdict,
    judge_evidence,
    next_reading,
)

PARKED = datetime(2026, 3, 1, tzinfo=UTC)
COST = Decimal("2.50")
BEFORE = Decimal(100)


def test_each_reading_is_due_later_than_the_one_before() -> None:
    due = [next_reading(PARKED, taken) for taken in range(len(READ_AFTER))]

    assert due == [PARKED + after for after in READ_AFTER]
    assert len(set(READ_AFTER)) == len(READ_AFTER)
    assert list(READ_AFTER) == sorted(READ_AFTER)


def test_after_the_last_reading_there_is_no_further_one() -> None:
    assert next_reading(PARKED, len(READ_AFTER)) is None
    assert next_reading(PARKED, len(READ_AFTER) + 5) is None


def read(*balances: str | Decimal | BalanceReading) -> tuple[BalanceReading, ...]:
    """One balance at each planned moment."""
    return tuple(
        one if isinstance(one, BalanceReading) else BalanceReading(PARKED + after, Decimal(one))
        for one, after in zip(balances, READ_AFTER, strict=False)
    )


def found(*balances: str | Decimal | BalanceReading, cost: Decimal = COST) -> EvidenceResult:
    return judge_evidence(cost, BEFORE, read(*balances), PARKED)


def at(
    reading: int, balance: str, spent: str = "0", *, unknown: bool = False, moved: bool = False
) -> BalanceReading:
    when = PARKED + READ_AFTER[reading]
    return BalanceReading(when, Decimal(balance), Decimal(spent), unknown, moved)


@pytest.mark.parametrize(
    ("balances", "verdict", "reason"),
    [
        (("97.50",), EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST),
        (("97.40",), EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST),
        (("97.625",), EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST),
        (("97.626",), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.TOO_EARLY),
        (("100",), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.TOO_EARLY),
        (("100", "100"), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.TOO_EARLY),
        (("100", "100", "100"), EvidenceVerdict.LIKELY_NOT_PLACED, EvidenceReason.DID_NOT_FALL),
        (("100", "100", "97.50"), EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST),
        (
            ("97.50", "100", "100", "100"),
            EvidenceVerdict.LIKELY_PLACED,
            EvidenceReason.FELL_BY_COST,
        ),
        (("100", "100", "90"), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.FELL_OTHERWISE),
        (("100", "100", "98.75"), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.FELL_OTHERWISE),
        (("100", "100", "150"), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.ROSE),
        ((), EvidenceVerdict.INCONCLUSIVE, EvidenceReason.TOO_EARLY),
    ],
)
def test_a_fall_by_the_cost_is_likely_placed_and_none_is_likely_not(
    balances: tuple[str, ...], verdict: EvidenceVerdict, reason: EvidenceReason
) -> None:
    evidence = found(*balances)

    assert (evidence.verdict, evidence.reason) == (verdict, reason)


def test_without_a_reading_before_nothing_is_said() -> None:
    assert judge_evidence(COST, None, read("97.5"), PARKED).reason is EvidenceReason.NONE_BEFORE


def test_what_other_orders_cost_is_no_sign_of_this_one() -> None:
    seen = found(at(0, "96", "4"), at(1, "96", "4"), at(2, "96", "4"))
    assert (seen.verdict, seen.reason) == (
        EvidenceVerdict.LIKELY_NOT_PLACED,
        EvidenceReason.DID_NOT_FALL,
    )
    assert found(at(0, "93.50", "4")).verdict is EvidenceVerdict.LIKELY_PLACED


@pytest.mark.parametrize(
    ("more", "reason"),
    [("unknown", EvidenceReason.OTHERS_UNKNOWN), ("moved", EvidenceReason.OTHERS_MOVED_IT)],
)
@pytest.mark.parametrize("balance", ["97.50", "100"])
def test_beside_another_doubt_or_a_refund_nothing_is_said(
    more: str, reason: EvidenceReason, balance: str
) -> None:
    seen = found(at(2, balance, unknown=more == "unknown", moved=more == "moved"))
    assert (seen.verdict, seen.reason) == (EvidenceVerdict.INCONCLUSIVE, reason)


def test_a_strong_no_needs_a_balance_that_never_moved() -> None:
    assert found("100", "100", "100", "100").is_strong_no
    assert not found("100", "99.99", "100", "100").is_strong_no
    assert not found(at(0, "100"), at(1, "96", "4"), at(2, "96", "4")).is_strong_no
    assert not found(at(0, "100", unknown=True), at(1, "100"), at(2, "100")).is_strong_no
    assert not found(at(0, "100", moved=True), at(1, "100"), at(2, "100")).is_strong_no


def test_an_order_that_costs_nothing_leaves_no_trace() -> None:
    assert found("100", "100", "100", cost=Decimal(0)).verdict is EvidenceVerdict.INCONCLUSIVE


@given(
    st.lists(st.decimals(0, 200, places=2), max_size=4),
    st.decimals(Decimal("0.01"), 50, places=2),
    st.booleans(),
)
def test_a_strong_no_is_never_said_of_a_balance_below_the_first(
    balances: list[Decimal], cost: Decimal, strange: bool
) -> None:
    after = [
        BalanceReading(PARKED + wait, balance, moved=strange)
        for balance, wait in zip(balances, READ_AFTER, strict=False)
    ]
    evidence = judge_evidence(cost, BEFORE, after, PARKED)
    if evidence.is_strong_no:
        assert {one.balance for one in after} == {BEFORE}
        assert not strange
    if evidence.verdict is EvidenceVerdict.LIKELY_PLACED:
        assert any(abs(BEFORE - one.balance - cost) <= cost * Decimal("0.05") for one in after)
    assert after or evidence.verdict is EvidenceVerdict.INCONCLUSIVE


def test_a_finding_tells_by_how_much_the_balance_fell() -> None:
    placed = EvidenceResult(
        EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST, Decimal("2.6")
    )
    otherwise = EvidenceResult(
        EvidenceVerdict.INCONCLUSIVE, EvidenceReason.FELL_OTHERWISE, Decimal(10)
    )
    not_placed = EvidenceResult(
        EvidenceVerdict.LIKELY_NOT_PLACED, EvidenceReason.DID_NOT_FALL, Decimal(0), alone=True
    )

    assert found("97.4") == placed
    assert found("100", "100", "90") == otherwise
    assert found("100", "100", "100") == not_placed
    assert judge_evidence(COST, None, (), PARKED) == EvidenceResult(
        EvidenceVerdict.INCONCLUSIVE, EvidenceReason.NONE_BEFORE
    )


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ("99.875", EvidenceReason.DID_NOT_FALL),
        ("99.874", EvidenceReason.FELL_OTHERWISE),
        ("100.125", EvidenceReason.DID_NOT_FALL),
        ("100.126", EvidenceReason.ROSE),
    ],
)
def test_five_percent_of_the_cost_is_no_movement_and_more_is(
    last: str, reason: EvidenceReason
) -> None:
    assert found("100", "100", last).reason is reason


def test_an_order_of_cents_is_weighed_like_any_other() -> None:
    cents = Decimal("0.25")
    assert found("99.75", cost=cents).reason is EvidenceReason.FELL_BY_COST
    assert found("100", "100", "100", cost=cents).reason is EvidenceReason.DID_NOT_FALL
