"""A typed order number is read in every script, and nothing else is one."""

import pytest

from bot.base.digits import find_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12), ("#12", 12), (" #12 ", 12), ("0", 0), ("١٢", 12), ("#१२", 12), ("１２", 12),
        ("9" * 18, int("9" * 18)), ("9" * 19, None), ("", None), (None, None), ("#", None),
        ("##12", None), ("12#", None), ("1 2", None), ("-1", None), ("1.5", None), ("²", None),
        ("twelve", None),
    ],
)  # fmt: skip
def test_a_number_is_digits_alone_with_or_without_its_sign(
    typed: str | None, number: int | None
) -> None:
    assert find_number(typed) == number
