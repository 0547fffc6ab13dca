"""What can be asked for is an id, and what is doubtful is none."""

import pytest

from bot.suppliers.dialects.dialect import is_positive_number, is_word_or_number

NUMBERS = [1, 23501, 10**64 - 1, "1", "23501", "9" * 64]
WORDS = [
    "x", "x" * 64, "0" * 23 + "1", "0123456789abcdef01234567", "!~", "12ab", "nullable", "1.5",
]  # fmt: skip
NONE_AT_ALL: list[object] = [
    None, True, 0, -1, 1.0, 10**64, [], {}, "", "0", "-7", "+7", "023", "1" + "0" * 64, " ",
]  # fmt: skip
NO_WORDS = ["two words", "ü", "\x00", "x" * 65, "null", "None", "NaN", "true", "0" * 24]


@pytest.mark.parametrize("order", NUMBERS)
def test_a_positive_number_is_an_id_everywhere(order: object) -> None:
    assert is_positive_number(order)
    assert is_word_or_number(order)


@pytest.mark.parametrize("order", WORDS)
def test_a_visible_word_is_an_id_only_where_ids_are_words(order: object) -> None:
    assert is_word_or_number(order)
    assert not is_positive_number(order)


@pytest.mark.parametrize("order", [*NONE_AT_ALL, *NO_WORDS])
def test_what_is_doubtful_is_none_anywhere(order: object) -> None:
    assert not is_positive_number(order)
    assert not is_word_or_number(order)
