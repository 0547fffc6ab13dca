"""Which basis a supplier's charge for one order speaks for, if any."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.base.basis import FLAT, Basis
from bot.orders.calibration.tables import CalibrationState, UnclearReason

NUMBERS: Final = (1, 10, 100, 1000, 10000)
CANDIDATES: Final[tuple[Basis, ...]] = (*NUMBERS, FLAT)
_CENT: Final = Decimal("0.01")
_OFF: Final = Decimal("0.05")
"""A charge may differ from the exact cost by this part of it, or by a cent of rounding."""


@dataclass(frozen=True, slots=True)
class ChargeSeen:
    """What an order of `quantity` at this rate did to the operator's balance.

    `charge` is what the supplier said, None unsaid; `before` and `after` are the balance around
    it. `same_currency`: both are in the shop's. `alone`: no other order moved the balance.
    """

    rate: Decimal
    quantity: int
    charge: Decimal | None
    before: Decimal | None
    after: Decimal | None
    same_currency: bool = True
    alone: bool = True


@dataclass(frozen=True, slots=True)
class ChargeResult:
    """What the charge speaks for; `why` where that is nothing."""

    state: CalibrationState
    basis: Basis | None = None
    why: UnclearReason | None = None


def judge_charge(seen: ChargeSeen) -> ChargeResult:
    """The basis, that none fits, or why nothing can be said.

    A charge that the balance does not confirm proves nothing. Where a number and `flat` fit alike,
    as for an order of one, it is the number.
    """
    why = _why_unclear(seen)
    if why is not None or seen.charge is None:
        return ChargeResult(CalibrationState.UNCLEAR, why=why or UnclearReason.NO_CHARGE)
    fits = _find_fitting(seen.rate, seen.quantity, seen.charge)
    if not fits:
        return ChargeResult(CalibrationState.NONE_FITS)
    numbers = [basis for basis in fits if basis != FLAT]
    if len(numbers) > 1:
        return ChargeResult(CalibrationState.UNCLEAR, why=UnclearReason.SEVERAL_FIT)
    return ChargeResult(CalibrationState.FOUND, (numbers or fits)[0])


def _why_unclear(seen: ChargeSeen) -> UnclearReason | None:
    if seen.charge is None:
        return UnclearReason.NO_CHARGE
    if not seen.same_currency:
        return UnclearReason.OTHER_CURRENCY
    if seen.charge <= 0:
        return UnclearReason.ZERO_CHARGE
    if seen.before is None or seen.after is None:
        return UnclearReason.NO_BALANCE
    if not seen.alone:
        return UnclearReason.OTHERS_MOVED
    fell = seen.before - seen.after
    return UnclearReason.BALANCE_DIFFERS if abs(fell - seen.charge) > _CENT else None


def _find_fitting(rate: Decimal, quantity: int, charge: Decimal) -> list[Basis]:
    """The bases under which this charge was to be expected: exactly, or else about."""
    costs = {basis: cost_of(rate, quantity, basis) for basis in CANDIDATES}
    exact = [basis for basis, cost in costs.items() if cost == charge]
    if exact:
        return exact
    return [b for b, cost in costs.items() if abs(cost - charge) <= max(cost * _OFF, _CENT)]


def cost_of(rate: Decimal, quantity: int, basis: Basis) -> Decimal:
    """What so many should cost under a basis, unrounded."""
    return rate if basis == FLAT else rate * quantity / basis
