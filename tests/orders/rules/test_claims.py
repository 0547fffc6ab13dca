"""Units are read as they were written, and what goes back never exceeds what was paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import CENT, Money
from bot.orders.rules.claims import Paid, Units

NUMBERS = st.sets(st.integers(1, 40), max_size=12)


def units(numbers: set[int]) -> Units:
    return Units.read(",".join(map(str, numbers)))


def numbers_of(some: Units) -> set[int]:
    return {number for first, last in some.spans for number in range(first, last + 1)}


@given(NUMBERS, NUMBERS, st.integers(0, 15))
def test_units_are_the_sets_that_they_are_written_as(
    one: set[int], other: set[int], count: int
) -> None:
    a, b = units(one), units(other)
    assert numbers_of(Units.read(str(a))) == one
    assert a.count == len(one)
    assert numbers_of(a | b) == one | other
    assert numbers_of(a - b) == one - other
    assert numbers_of(a & b) == one & other
    assert numbers_of(a.first(count)) == set(sorted(one)[:count])
    for number in range(1, 42):
        assert (number in a) == (number in one)
        assert numbers_of(a.with_unit(number, meant=True)) == one | {number}
        assert numbers_of(a.with_unit(number, meant=False)) == one - {number}


@pytest.mark.parametrize("text", ["0", "3-1", "x", "1-", "-1", "1.5", "1--2", "9999999999", "١x"])
def test_what_names_no_units_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numbers of units"):
        Units.read(text)


def test_a_thousand_million_units_are_one_span() -> None:
    everything = Units.all(10**9)
    assert (everything.count, str(everything - Units.read("5"))) == (
        10**9, "1-4,6-1000000000",
    )  # fmt: skip


@given(
    st.integers(0, 10_000),
    st.integers(1, 50),
    st.lists(st.integers(-1, 60), max_size=12),
)
def test_refunds_never_exceed_what_was_captured_and_are_whole_steps(
    cents: int, paid_for: int, asked: list[int]
) -> None:
    captured, refunded = Money(cents * CENT.micros), Money(0)
    for count in asked:
        amount = Paid(captured, refunded, paid_for, CENT).refund(count)
        assert amount.is_in_steps(CENT)
        refunded += amount
        assert Money(0) <= refunded <= captured
    fair = captured.share(min(max(sum(max(one, 0) for one in asked), 0), paid_for), paid_for)
    assert refunded >= min(fair, captured) or refunded == captured
