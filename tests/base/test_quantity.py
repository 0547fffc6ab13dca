"""A quantity is a whole number in range, typed in any script and never guessed at."""

import sys
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.digits import western_digits
from bot.base.quantity import BadQuantity, QuantityRefusal, Span, checked, parse_quantity, presets

ANY = Span(1, 10**9)
spans = st.builds(Span, st.integers(1, 10**6), st.integers(1, 10**9))


@pytest.mark.parametrize(
    "typed",
    ["100", "١٠٠", "۱۰۰", "१००", "１００", "๑๐๐", "১০০", "𝟏𝟎𝟎", "၁၀၀", "0100", " 100 ",
     "\u200f100\u200e",
     "\u2067 ١٠٠ \u2069", "100\n"],
)  # fmt: skip
def test_a_hundred_is_a_hundred_in_every_script(typed: str) -> None:
    assert parse_quantity(typed, ANY) == 100


@pytest.mark.parametrize("typed", ["1 000", "1\u00a0000", "1\u202f000", "1'000", "1\u2019000",
    "١٬٠٠٠", "10 000", "1,000,000", "1.000.000", "1,00,000", "1 00 000"])  # fmt: skip
def test_groups_of_digits_are_one_number_where_they_can_be_nothing_else(typed: str) -> None:
    assert parse_quantity(typed, ANY) == int("".join(filter(str.isdecimal, typed)))


@pytest.mark.parametrize(
    ("typed", "sign", "quantity"),
    [("1,000", ",", 1_000), ("1.000", ".", 1_000), ("50,000", ",", 50_000)],
)
def test_a_reader_may_type_a_number_as_the_shop_writes_it(
    typed: str, sign: str, quantity: int
) -> None:
    assert parse_quantity(typed, ANY, sign) == quantity


def test_what_another_language_writes_is_asked_back_and_never_guessed() -> None:
    for typed, sign in (("1.000", ","), ("1,000", "."), ("1,000", "\u00a0")):
        with pytest.raises(BadQuantity) as refusal:
            parse_quantity(typed, ANY, sign)
        assert refusal.value.why is QuantityRefusal.UNCLEAR
        assert refusal.value.readings == (1000, 1)


@given(st.text("0123456789.,'\u066b ", max_size=10), st.sampled_from([",", ".", "\u066c"]))
def test_only_what_can_be_read_in_two_ways_has_readings(typed: str, sign: str) -> None:
    why, readings = refusal_of(typed, sign)

    assert bool(readings) is (why is QuantityRefusal.UNCLEAR)
    assert not readings or sum(typed.count(mark) for mark in ".,") == 1
    for quantity in readings:  # each, written in plain digits, is one number
        assert parse_quantity(str(quantity), ANY, sign) == quantity


def refusal_of(typed: str, sign: str) -> tuple[QuantityRefusal | None, tuple[int, ...]]:
    try:
        parse_quantity(typed, ANY, sign)
    except BadQuantity as refused:
        return refused.why, refused.readings
    return None, ()


def test_blanks_around_a_number_do_not_matter() -> None:
    assert parse_quantity(" 5 ", ANY) == 5


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1.5", QuantityRefusal.FRACTION), ("1,5", QuantityRefusal.FRACTION), ("١٫٥",
        QuantityRefusal.FRACTION),
        ("1,000", QuantityRefusal.UNCLEAR), ("1.000", QuantityRefusal.UNCLEAR),
        ("0,500", QuantityRefusal.FRACTION), ("5.", QuantityRefusal.FRACTION),
        ("1,00", QuantityRefusal.FRACTION), ("1,000.5", QuantityRefusal.NOT_A_NUMBER),
        ("1,000.000", QuantityRefusal.NOT_A_NUMBER), ("1 00", QuantityRefusal.NOT_A_NUMBER),
        ("-1", QuantityRefusal.NEGATIVE), ("−1", QuantityRefusal.NEGATIVE), ("－１",
        QuantityRefusal.NEGATIVE),
        ("1234567890", QuantityRefusal.TOO_MANY),
        ("1_000", QuantityRefusal.NOT_A_NUMBER), ("1e9", QuantityRefusal.NOT_A_NUMBER),
        ("+5", QuantityRefusal.NOT_A_NUMBER),
        ("²", QuantityRefusal.NOT_A_NUMBER), ("Ⅷ", QuantityRefusal.NOT_A_NUMBER), ("①",
        QuantityRefusal.NOT_A_NUMBER),
        ("½", QuantityRefusal.NOT_A_NUMBER), ("五", QuantityRefusal.NOT_A_NUMBER), ("",
        QuantityRefusal.NOT_A_NUMBER),
        ("  ", QuantityRefusal.NOT_A_NUMBER), ("🙂", QuantityRefusal.NOT_A_NUMBER), ("5️⃣",
        QuantityRefusal.NOT_A_NUMBER),
        ("1,,000", QuantityRefusal.NOT_A_NUMBER), ("0x10", QuantityRefusal.NOT_A_NUMBER),
    ],
)  # fmt: skip
def test_what_is_no_plain_whole_number_is_refused_with_its_reason(
    typed: str, why: QuantityRefusal
) -> None:
    with pytest.raises(BadQuantity) as refusal:
        parse_quantity(typed, Span(2, 50))

    assert (refusal.value.why, refusal.value.least, refusal.value.most) == (why, 2, 50)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1", QuantityRefusal.TOO_FEW),
        ("0", QuantityRefusal.TOO_FEW),
        ("51", QuantityRefusal.TOO_MANY),
    ],
)
def test_a_number_beyond_the_range_is_refused_with_the_range(
    typed: str, why: QuantityRefusal
) -> None:
    with pytest.raises(BadQuantity) as refusal:
        parse_quantity(typed, Span(2, 50))

    assert (refusal.value.why, refusal.value.least, refusal.value.most) == (why, 2, 50)


@given(st.integers(1, 10**9 - 1), st.sampled_from("0٠۰०০๐０၀៰"))
def test_every_number_reads_back_from_every_script(number: int, zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) if zero != "៰" else digit for digit in str(number))

    assert parse_quantity(typed, ANY) == number


@given(st.text(max_size=12))
def test_any_text_is_a_quantity_in_range_or_refused(typed: str) -> None:
    with suppress(BadQuantity):
        assert parse_quantity(typed, Span(3, 7)) in Span(3, 7)


@pytest.mark.long
def test_no_sign_but_a_decimal_digit_is_ever_read_as_a_digit() -> None:
    signs = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    read = [ch for ch in signs if western_digits(ch).isdigit() and western_digits(ch).isascii()]

    assert all(unicodedata.category(ch) == "Nd" for ch in read)
    assert len(read) > 600


@given(spans, st.integers(-5, 10**9))
def test_checked_lets_exactly_the_span_through(span: Span, quantity: int) -> None:
    try:
        assert checked(quantity, span) == quantity
        assert quantity in span
    except BadQuantity:
        assert quantity not in span


@given(spans, st.integers(0, 10**9))
def test_presets_are_few_sorted_different_and_inside_the_range(
    span: Span, affordable: int
) -> None:
    offered = presets(span, affordable)

    assert len(offered) <= 5
    assert list(offered) == sorted(set(offered))
    assert all(quantity in span for quantity in offered)
    assert bool(offered) is not span.is_empty


@given(spans.filter(lambda span: not span.is_empty), st.integers(0, 10**9))
def test_presets_hold_the_least_and_the_most_one_can_afford(span: Span, affordable: int) -> None:
    offered = presets(span, affordable)

    assert offered[0] == span.least
    if affordable >= span.least:
        assert offered[-1] == min(span.most, affordable)


@pytest.mark.parametrize(
    ("span", "affordable", "offered"),
    [
        (Span(1, 1000), 0, (1, 2, 20, 500, 1000)),
        (Span(1, 1000), 60, (1, 2, 10, 50, 60)),
        (Span(10, 50), 0, (10, 20, 50)),
        (Span(7, 7), 9, (7,)),
        (Span(3, 9), 2, (3, 5, 9)),
        (Span(100_000_000, 900_000_000), 0, (100_000_000, 200_000_000, 500_000_000, 900_000_000)),
    ],
)
def test_presets_are_round_steps_between_the_least_and_the_most(
    span: Span, affordable: int, offered: tuple[int, ...]
) -> None:
    assert presets(span, affordable) == offered
