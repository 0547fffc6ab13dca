"""The price covers the cost, is rounded up once, and is never an exception in a tap."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.basis import FLAT, Basis
from bot.base.money import LARGEST, ZERO, Money
from bot.catalog.pricing import Pricing, charge_is_off, expected_cost

CENT = Money(10_000)
steps = st.sampled_from([Money(1), Money(100), CENT, Money(50_000), Money(1_000_000)])
markups = st.decimals(0, 500, places=2)
rates = st.decimals("0.0001", 10_000, places=4)
bases = st.sampled_from([1, 10, 1000, FLAT])
quantities = st.integers(1, 100_000)
pricings = st.builds(Pricing, markups, steps)


def exact(pricing: Pricing, rate: Decimal, basis: Basis, quantity: int) -> Fraction:
    units = Fraction(1) if basis == FLAT else Fraction(quantity, basis)
    return Fraction(rate) * units * (1 + Fraction(pricing.markup_percent) / 100)


@given(pricings, rates, bases, quantities)
def test_the_total_is_the_smallest_step_that_is_not_below_the_exact_price(
    pricing: Pricing, rate: Decimal, basis: Basis, quantity: int
) -> None:
    total = pricing.total(rate, basis, quantity).micros

    over = total - exact(pricing, rate, basis, quantity) * 1_000_000
    assert total % pricing.step.micros == 0
    assert 0 <= over < pricing.step.micros


@given(pricings, rates, bases, quantities)
def test_with_a_markup_the_total_covers_the_expected_cost(
    pricing: Pricing, rate: Decimal, basis: Basis, quantity: int
) -> None:
    assert pricing.total(rate, basis, quantity) >= expected_cost(rate, basis, quantity)
    assert pricing.pays_for_itself(rate)


@given(pricings, rates, bases, quantities, quantities)
def test_more_never_costs_less(
    pricing: Pricing, rate: Decimal, basis: Basis, one: int, other: int
) -> None:
    fewer, more = sorted((one, other))

    assert pricing.total(rate, basis, fewer) <= pricing.total(rate, basis, more)


@given(pricings, rates, quantities)
def test_a_flat_rate_is_the_whole_order(pricing: Pricing, rate: Decimal, quantity: int) -> None:
    assert pricing.total(rate, FLAT, quantity) == pricing.total(rate, FLAT, 1)


@given(pricings, rates, bases, st.integers(0, 10**12).map(Money), st.integers(0, 10**6))
def test_affordable_is_the_largest_quantity_that_the_credit_covers(
    pricing: Pricing, rate: Decimal, basis: Basis, credit: Money, most: int
) -> None:
    found = pricing.affordable(rate, basis, credit, most)

    assert 0 <= found <= most
    assert found == 0 or pricing.total(rate, basis, found) <= credit
    assert found == most or pricing.total(rate, basis, found + 1) > credit


def test_nothing_is_affordable_without_credit_or_without_stock() -> None:
    pricing = Pricing(Decimal(0), CENT)

    assert pricing.affordable(Decimal(1), 1, ZERO, 100) == 0
    assert pricing.affordable(Decimal(1), 1, Money(-5), 100) == 0
    assert pricing.affordable(Decimal(1), 1, Money(10**9), 0) == 0


def test_affordable_does_not_stumble_over_totals_that_no_money_can_hold() -> None:
    pricing = Pricing(Decimal(20), CENT)

    assert pricing.affordable(Decimal(10**9), 1, Money(LARGEST), 10**9) == 7686


def test_one_unit_is_rounded_once_and_not_unit_by_unit() -> None:
    pricing = Pricing(Decimal(20), CENT)

    assert pricing.total(Decimal("0.9"), 1000, 100) == Money(110_000)
    assert pricing.total(Decimal("0.001"), 1, 1000) == Money(1_200_000)


@given(rates, st.decimals(-100, "-0.01", places=2))
def test_a_negative_markup_never_pays_for_itself(rate: Decimal, markup: Decimal) -> None:
    assert not Pricing(markup, CENT).pays_for_itself(rate)


@pytest.mark.parametrize(
    ("rate", "quantity", "can"),
    [("1", 1, True), ("0", 1, False), ("-1", 1, False), ("1e9", 10**9, False), ("1e9", 1, True)],
)
def test_a_price_exists_between_nothing_and_the_largest_amount(
    rate: str, quantity: int, can: bool
) -> None:
    assert Pricing(Decimal(20), CENT).can_price(Decimal(rate), 1, quantity) is can


@pytest.mark.parametrize(
    ("charge", "off"),
    [
        (1_000_000, False), (1_050_000, False), (950_000, False),
        (1_050_001, True), (949_999, True), (0, True), (1_000_000_000, True),
    ],
)  # fmt: skip
def test_a_charge_is_off_beyond_five_percent_and_not_at_it(charge: int, off: bool) -> None:
    assert charge_is_off(Money(charge), Money(1_000_000)) is off


@given(st.integers(0, 10**12).map(Money))
def test_a_charge_that_equals_the_cost_is_never_off(cost: Money) -> None:
    assert not charge_is_off(cost, cost)


@pytest.mark.parametrize(
    ("rate", "basis", "unit"),
    [
        ("9.99", 1, 1),
        ("0.1", 1, 1),
        ("0.0833", 1, 1000),
        ("0.05", 1, 1),
        ("0.9", 1000, 1000),
        ("10", 1000, 1000),
        ("50", 1000, 1),
        ("0.01", 1, 1000),
        ("0.001", FLAT, 1),
        ("0.006", 1, 1000),
    ],
)
def test_a_small_price_that_is_no_whole_step_is_said_per_thousand(
    rate: str, basis: Basis, unit: int
) -> None:
    assert Pricing(Decimal(20), CENT).unit_of(Decimal(rate), basis) == unit


@pytest.mark.parametrize(("charge", "off"), [(20_000, False), (20_001, True), (0, False)])
def test_a_difference_within_a_cent_is_no_difference(charge: int, off: bool) -> None:
    assert charge_is_off(Money(charge), Money(10_000)) is off


def test_nothing_has_no_price_even_where_a_unit_has_one() -> None:
    assert not Pricing(Decimal(20), CENT).can_price(Decimal(1), 1, 0)


@given(st.integers(1, 10**9), st.sampled_from([1, 1000]), st.integers(1, 10_000))
def test_a_price_of_ten_steps_and_more_is_what_one_costs(rate: int, basis: int, step: int) -> None:
    pricing, each = Pricing(Decimal(20), Money(step)), Decimal(rate) / 10**6

    unit = pricing.unit_of(each, basis)

    assert unit == 1 or each / basis * Decimal("1.2") < 10 * Money(step).decimal
    assert pricing.total(each, basis, unit).is_in_steps(Money(step))


@pytest.mark.parametrize(("credit", "found"), [(3_600_000, 3), (3_599_999, 2), (1_200_000, 1)])
def test_credit_that_is_just_enough_is_enough(credit: int, found: int) -> None:
    assert Pricing(Decimal(20), CENT).affordable(Decimal(1), 1, Money(credit), 9) == found
