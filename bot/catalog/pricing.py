"""What a quantity costs: one formula, rounded up once, on the total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from bot.base.basis import FLAT, Basis
from bot.base.money import CENT, MICRO, ZERO, Money, NotMoney, money_up

_MICRO_STEP: Final = Money(1)
_WELL_ROUNDED: Final = 10
"""Steps: a price of so many is wrong by a tenth at most when it is rounded up to a whole step."""
_MANY: Final = 1000


@dataclass(frozen=True, slots=True)
class Pricing:
    """How one price is made of a rate: a markup, and the step to which a total is rounded up.

    `markup_percent` below zero sells nothing, unless what follows lifts it. `added` and
    `least_margin` are of the shop's currency and for as many units as the rate is: for one piece
    where the supplier lists a price of one, for 1,000 where it lists one of 1,000, for the order
    where the rate is flat. A margin below `least_margin` is raised to it; None raises nothing.
    """

    markup_percent: Decimal
    step: Money
    added: Money = ZERO
    least_margin: Money | None = None

    def total(self, rate: Decimal, basis: Basis, quantity: int) -> Money:
        """Rate x quantity / basis x (1 + markup), rounded up to the step.

        With an amount or a least margin: the larger of rate x (1 + markup) + `added` and
        rate + `least_margin`, x quantity / basis, rounded up once as well.
        """
        return money_up(*self._exact_total(rate, basis, quantity), self.step)

    def unit_of(self, rate: Decimal, basis: Basis) -> int:
        """For how many units a price is said, so that it is what so many cost.

        One where that is ten steps and more, or needs no rounding; otherwise 1,000, so that small
        prices of a list can be compared.
        """
        if basis == FLAT:
            return 1
        over, under = self._exact_total(rate, basis, 1)
        step = self.step.micros
        is_large = over * MICRO >= _WELL_ROUNDED * step * under
        return 1 if is_large or over * MICRO % (under * step) == 0 else _MANY

    def pays_for_itself(self, rate: Decimal) -> bool:
        """Whether the margin is not negative: every total covers the supplier's cost."""
        (over, under), (cost, of) = self._exact_price(rate), rate.as_integer_ratio()
        return over * of >= cost * under

    def affordable(self, rate: Decimal, basis: Basis, credit: Money, most: int) -> int:
        """The largest quantity up to `most` whose total `credit` covers; 0 when none."""
        low, high = 0, max(most, 0)
        while low < high:
            middle = (low + high + 1) // 2
            if self._covers(credit, rate, basis, middle):
                low = middle
            else:
                high = middle - 1
        return low

    def can_price(self, rate: Decimal, basis: Basis, quantity: int) -> bool:
        """Whether a total and a unit price exist: above zero, and small enough to be written."""
        try:
            unit = self.unit_of(rate, basis)
            return min(self.total(rate, basis, many) for many in (quantity, unit)) > ZERO
        except NotMoney:
            return False

    def _covers(self, credit: Money, rate: Decimal, basis: Basis, quantity: int) -> bool:
        try:
            return self.total(rate, basis, quantity) <= credit
        except NotMoney:
            return False

    def _exact_total(self, rate: Decimal, basis: Basis, quantity: int) -> tuple[int, int]:
        over, under = self._exact_price(rate)
        return (over, under) if basis == FLAT else (over * quantity, under * basis)

    def _exact_price(self, rate: Decimal) -> tuple[int, int]:
        """Ours for as many units as the rate is for, as numerator and denominator."""
        cost, of = rate.as_integer_ratio()
        over, under = _factor(self.markup_percent)
        if not self.added.micros and self.least_margin is None:
            return cost * over, of * under
        price = cost * over * MICRO + self.added.micros * of * under
        if self.least_margin is not None:
            price = max(price, (cost * MICRO + self.least_margin.micros * of) * under)
        return price, of * under * MICRO


@cache
def _factor(markup_percent: Decimal) -> tuple[int, int]:
    """1 + markup as numerator and denominator."""
    over, under = markup_percent.as_integer_ratio()
    return 100 * under + over, 100 * under


def expected_cost(rate: Decimal, basis: Basis, quantity: int) -> Money:
    """What the supplier should charge, rounded up to a micro-unit."""
    return money_up(*_exact_cost(rate, basis, quantity), _MICRO_STEP)


def _exact_cost(rate: Decimal, basis: Basis, quantity: int) -> tuple[int, int]:
    """Numerator and denominator: whole numbers are exact, and ten times as fast as fractions."""
    over, under = rate.as_integer_ratio()
    return (over, under) if basis == FLAT else (over * quantity, under * basis)


def charge_is_off(charge: Money, cost: Money) -> bool:
    """Whether a supplier's charge is more than 5 % and more than a cent off what we expected.

    Suppliers round what they take to cents.
    """
    apart = abs(charge.micros - cost.micros)
    return apart * 20 > cost.micros and apart > CENT.micros
