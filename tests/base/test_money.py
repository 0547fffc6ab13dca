"""Money is exact, fits the database, and is read from what people and suppliers really write."""

from collections.abc import Callable
from contextlib import suppress
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import (
    CENT,
    LARGEST,
    MICRO,
    Money,
    NotMoney,
    amounts_of,
    money_from,
    parse_money,
    read_decimal,
)

amounts = st.integers(0, LARGEST).map(Money)
wholes = st.integers(1, 10**9)


@pytest.mark.parametrize("micros", [LARGEST + 1, -LARGEST - 1, True, 1.0, Decimal(1)])
def test_what_a_bigint_cannot_hold_or_is_no_integer_is_not_money(micros: Any) -> None:
    with pytest.raises(NotMoney):
        Money(micros)


def test_adding_beyond_the_range_is_refused_rather_than_wrapped() -> None:
    with pytest.raises(NotMoney):
        Money(LARGEST) + Money(1)


@given(amounts, amounts)
def test_subtracting_what_was_added_gives_the_same_amount(one: Money, other: Money) -> None:
    assert (one - other) + other == one


@given(amounts, st.sampled_from([Money(1), CENT, Money(1_000_000)]), st.data())
def test_a_split_never_loses_or_makes_a_micro_unit(
    amount: Money, step: Money, data: st.DataObject
) -> None:
    whole = data.draw(wholes)
    part = data.draw(st.integers(0, whole))

    taken, left = amount.split(part, whole, step)

    assert taken.micros + left.micros == amount.micros
    assert left.micros >= 0


@given(amounts, st.data())
def test_a_share_is_rounded_up_by_less_than_one_micro_unit(
    amount: Money, data: st.DataObject
) -> None:
    whole = data.draw(wholes)
    part = data.draw(st.integers(0, whole))

    rounding = amount.share(part, whole).micros * whole - amount.micros * part

    assert 0 <= rounding < whole


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (0, 0), (-1, 3), (4, 3), (0, -1)])
def test_a_share_is_a_part_of_a_whole(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match=r"^a share is a part of a whole$"):
        Money(10).share(part, whole)


@pytest.mark.parametrize(
    ("typed", "micros"),
    [
        ("12", 12 * MICRO),
        ("12.5", 12_500_000),
        ("12,50", 12_500_000),
        ("١٢٫٥", 12_500_000),
        ("۱۲٫۵۰", 12_500_000),
        ("१२.५", 12_500_000),
        ("１２．５", 12_500_000),
        ("๑๒.๕", 12_500_000),
        (" 7 ", 7 * MICRO),
        ("0.000001", 1),
        ("0,001", 1_000),
        ("0.125", 125_000),
        ("1.0000", MICRO),
        ("999999999999", 999_999_999_999 * MICRO),
    ],
)
def test_an_amount_is_read_in_any_script(typed: str, micros: Any) -> None:
    assert parse_money(typed) == Money(micros)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", ".", "5.", ".5", "1e3", "1E3", "+5", "-5", "−5", "1_000", "1 000", "1,000",
        "1.000", "12,345", "1,000,000", "1.2.3", "0.1234567", "NaN", "inf", "²", "Ⅷ", "½", "0x10",
        "1000000000000", "$5", "5 USD", "🙂",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_no_amount(typed: str) -> None:
    with pytest.raises(NotMoney):
        parse_money(typed)


@pytest.mark.parametrize(
    ("typed", "group", "micros"),
    [
        ("1,000", ",", 1_000 * MICRO),
        ("1,234,567.50", ",", 1_234_567_500_000),
        ("1.000", ".", 1_000 * MICRO),
        ("12.345,5", ".", 12_345_500_000),
        ("1 000,5", "\u00a0", 1_000_500_000),
        ("1\u202f000", "\u202f", 1_000 * MICRO),
        ("10,00,000", ",", 1_000_000 * MICRO),
        ("0,125", ",", 125_000),
        ("12,5", ",", 12_500_000),
    ],
)
def test_an_amount_is_taken_in_the_readers_own_groups(typed: str, group: str, micros: int) -> None:
    assert parse_money(typed, group) == Money(micros)


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        ("1.000", ","),
        ("1,000", "."),
        ("1,000,5", ","),
        (",000", ","),
        ("1,,000", ","),
    ],
)
def test_groups_of_others_and_broken_ones_are_no_amount(typed: str, group: str) -> None:
    with pytest.raises(NotMoney):
        parse_money(typed, group)


@given(amounts.filter(lambda amount: amount.micros < 10**18))
def test_an_amount_written_out_is_read_back(amount: Money) -> None:
    assert parse_money(f"{amount.decimal:f}") == amount


@pytest.mark.long
@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_not_money(typed: str) -> None:
    with suppress(NotMoney):
        assert parse_money(typed).micros >= 0


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0.90", "0.90"), (" 5 ", "5"), (7, "7"), (Decimal("1.5"), "1.5"), ("1e3", "1000"),
        ("-2.5", "-2.5"), ("+1", "1"), (".5", "0.5"), ("5.", "5"), ("0", "0"),
        ("1e18", "1e18"), ("1e-18", "1e-18"), ("1." + "0" * 29, "1"),
    ],
)  # fmt: skip
def test_a_suppliers_number_is_read_exactly(raw: object, number: str) -> None:
    assert read_decimal(raw) == Decimal(number)


@pytest.mark.parametrize(
    "raw",
    [
        "1_000", "١٠", "１０", "", " ", "abc", "1,5", "NaN", "sNaN", "Infinity", "-inf", "1e19",
        "1e-30", "1e999999", "1" * 31, True, 1.5, None, [], "0x1", "1 000",
        Decimal("NaN"), Decimal("Infinity"), 10**40,
    ],
)  # fmt: skip
def test_what_is_no_plain_sensible_number_is_refused(raw: object) -> None:
    with pytest.raises(NotMoney):
        read_decimal(raw)


@given(st.text(max_size=10) | st.integers() | st.floats() | st.none() | st.decimals())
def test_any_value_of_a_supplier_is_a_finite_number_or_not_money(raw: object) -> None:
    with suppress(NotMoney):
        assert read_decimal(raw).is_finite()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e13", "1e20", "1e999999", "-1e999999"])
def test_a_number_too_large_for_money_is_refused_at_once(number: str) -> None:
    with pytest.raises(NotMoney):
        money_from(Decimal(number))


@given(st.decimals(-(10**9), 10**9, places=6))
def test_six_decimals_become_money_without_rounding(number: Decimal) -> None:
    assert money_from(number).decimal == number


def test_only_nothing_is_no_money() -> None:
    assert [bool(Money(micros)) for micros in (-1, 0, 1)] == [True, False, True]


@pytest.mark.parametrize(
    ("read", "raw", "said"),
    [
        (parse_money, "x" * 50, f"not an amount: '{'x' * 40}'"),
        (read_decimal, 1.5, "not a number: float"),
        (read_decimal, "abc", "not a number"),
        (read_decimal, "1e19", "not a number of a sensible size"),
        (money_from, Decimal("NaN"), "not a number, or too large a one"),
        (Money, 1.0, "micro-units are whole numbers, not float"),
        (Money, LARGEST + 1, "the amount is too large"),
    ],
)
def test_a_refusal_says_what_was_wrong_and_how_little_of_a_long_text(
    read: Callable[[Any], object], raw: object, said: str
) -> None:
    with pytest.raises(NotMoney) as refusal:
        read(raw)
    assert str(refusal.value) == said


@pytest.mark.parametrize(("more", "micros"), [((), 2), ((ROUND_FLOOR,), 1), ((ROUND_CEILING,), 2)])
def test_a_seventh_place_is_rounded_as_asked(more: tuple[str, ...], micros: int) -> None:
    assert money_from(Decimal("0.0000015"), *more) == Money(micros)


def test_a_half_is_rounded_to_the_even_neighbour() -> None:
    assert money_from(Decimal("0.0000025")) == Money(2)
    assert money_from(Decimal("0.0000025"), ROUND_CEILING) == Money(3)


@given(amounts)
def test_a_difference_may_be_as_far_below_zero_as_an_amount_is_above(amount: Money) -> None:
    assert -amount == Money(0) - amount
    assert (-amount).micros == -amount.micros
    assert -Money(LARGEST) == Money(-LARGEST)


@pytest.mark.parametrize(
    ("typed", "group", "meant"),
    [
        ("1.000", ",", ["1000", "1"]),
        ("1,000", ".", ["1000", "1"]),
        ("1,000", "\u066c", ["1000", "1"]),
        ("12.125", ",", ["12125", "12.125"]),
        ("١,٠٠٠", "\u066c", ["1000", "1"]),
        ("١٫٠٠٠", "\u066c", ["1"]),
        ("1,000", ",", ["1000"]),
        ("1.5", ".", ["1.5"]),
        ("1,5", ".", ["1.5"]),
        ("0.125", ",", ["0.125"]),
        ("1.0000", ",", ["1"]),
        ("1234.567", ",", ["1234.567"]),
        ("1.000.000", ",", []),
        ("five", ",", []),
    ],
)
def test_an_amount_may_mean_two_where_one_mark_may_group_or_divide(
    typed: str, group: str, meant: list[str]
) -> None:
    assert [f"{one.decimal.normalize():f}" for one in amounts_of(typed, group)] == meant


@given(
    st.text("0123456789.,\u066b\u066c '", max_size=12), st.sampled_from([",", ".", "\u066c", " "])
)
def test_only_one_foreign_mark_and_three_digits_after_it_mean_two(typed: str, group: str) -> None:
    meant = amounts_of(typed, group)

    marks = [mark for mark in typed.strip() if not mark.isdecimal()]
    whole, _, rest = typed.strip().partition(marks[0] if len(marks) == 1 else ".")
    is_unclear = len(marks) == 1 and marks[0] in {".", ","} - {group}
    is_unclear = is_unclear and len(rest) == 3 and len(whole) in {1, 2, 3} and whole[0] != "0"
    assert (len(meant) == 2) is is_unclear
    for one in meant:  # each of them, written clearly, means itself alone
        assert amounts_of(f"{one.decimal:.6f}") == (one,)
