"""A charge speaks for a basis only where the balance confirms it, and for one alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.basis import FLAT, Basis
from bot.orders.calibration.judge import (
    CANDIDATES,
    ChargeResult,
    ChargeSeen,
    cost_of,
    judge_charge,
)
from bot.orders.calibration.tables import CalibrationState, UnclearReason

SEEN = ChargeSeen(Decimal(5), 10, Decimal("0.05"), Decimal(100), Decimal("99.95"))
UNCLEAR = CalibrationState.UNCLEAR


def seen(rate: str, quantity: int, charge: str) -> ChargeSeen:
    """A charge that the balance confirms."""
    after = Decimal(100) - Decimal(charge)
    return ChargeSeen(Decimal(rate), quantity, Decimal(charge), Decimal(100), after)


@pytest.mark.parametrize(
    ("what", "basis"),
    [
        (SEEN, 1000),
        (seen("5", 10, "50"), 1),
        (seen("5", 10, "5"), 10),
        (seen("5", 3, "5"), FLAT),
        (seen("5", 1, "5"), 1),
        (seen("0.333", 100, "0.04"), 1000),
        (seen("9.99", 1, "9.99"), 1),
    ],
)
def test_a_charge_speaks_for_one_basis(what: ChargeSeen, basis: Basis) -> None:
    assert judge_charge(what) == ChargeResult(CalibrationState.FOUND, basis)


def test_none_fits() -> None:
    assert judge_charge(seen("5", 10, "7.14")).state is CalibrationState.NONE_FITS


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"charge": None}, UnclearReason.NO_CHARGE),
        ({"same_currency": False}, UnclearReason.OTHER_CURRENCY),
        ({"charge": Decimal(0)}, UnclearReason.ZERO_CHARGE),
        ({"charge": Decimal(-1)}, UnclearReason.ZERO_CHARGE),
        ({"before": None}, UnclearReason.NO_BALANCE),
        ({"after": None}, UnclearReason.NO_BALANCE),
        ({"alone": False}, UnclearReason.OTHERS_MOVED),
        ({"after": Decimal(100)}, UnclearReason.BALANCE_DIFFERS),
        ({"after": Decimal(150)}, UnclearReason.BALANCE_DIFFERS),
    ],
)
def test_what_is_not_confirmed_proves_nothing(
    changes: dict[str, object], why: UnclearReason
) -> None:
    lies = replace(SEEN, **changes)  # type: ignore[arg-type]
    assert judge_charge(lies) == ChargeResult(UNCLEAR, why=why)


def test_a_charge_too_small_to_tell_is_unclear() -> None:
    assert judge_charge(seen("0.001", 1, "0.01")).why is UnclearReason.SEVERAL_FIT


rates = st.decimals("0.0001", "999", places=4)


@given(rates, st.integers(1, 10_000), st.sampled_from(CANDIDATES))
def test_an_exact_charge_never_speaks_for_another_basis(
    rate: Decimal, quantity: int, basis: Basis
) -> None:
    cost = cost_of(rate, quantity, basis)
    found = judge_charge(ChargeSeen(rate, quantity, cost, Decimal(10**8), 10**8 - cost))
    assert found.basis is not None
    assert cost_of(rate, quantity, found.basis) == cost


@given(rates, st.integers(1, 10_000), st.sampled_from(CANDIDATES))
def test_a_charge_in_cents_is_never_far_from_what_is_proposed(
    rate: Decimal, quantity: int, basis: Basis
) -> None:
    charge = cost_of(rate, quantity, basis).quantize(Decimal("0.01"))
    found = judge_charge(ChargeSeen(rate, quantity, charge, Decimal(10**8), 10**8 - charge))
    if found.basis is not None:
        off = abs(cost_of(rate, quantity, found.basis) - charge)
        assert off <= max(charge * Decimal("0.06"), Decimal("0.01"))
