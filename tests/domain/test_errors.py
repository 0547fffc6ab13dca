"""A supplier's clear no is about the operator's key, its wallet, its stock, or the order."""

import pytest

from bot.domain.errors import Refused


@pytest.mark.parametrize(
    ("no", "key", "wallet", "stock"),
    [
        (Refused("Bad link"), False, False, False),
        (Refused("Invalid API key."), True, False, False),
        (Refused("", status=401), True, False, False),
        (Refused("", status=402), False, False, False),
        (Refused("Error: INSUFFICIENT Balance"), False, True, False),
        (Refused("Insufficient stock: 3 left"), False, False, True),
    ],
)
def test_a_refusal_is_read_by_its_words_whatever_their_case(
    no: Refused, *, key: bool, wallet: bool, stock: bool
) -> None:
    assert (no.is_bad_key, no.is_empty_wallet, no.is_out_of_stock) == (key, wallet, stock)
