"""A supplier's clear no has one kind, read from its words and its HTTP status by its dialect."""

import pytest

from bot.suppliers import DIALECTS
from bot.suppliers.dialects.dialect import Dialect
from bot.suppliers.errors import RefusalKind

EVERY = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=list(DIALECTS))


@EVERY
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Bad link", RefusalKind.OTHER),
        ("", RefusalKind.OTHER),
        ("Invalid API key.", RefusalKind.BAD_KEY),
        ("Error: INSUFFICIENT Balance", RefusalKind.EMPTY_WALLET),
        ("Insufficient stock: 3 left", RefusalKind.OUT_OF_STOCK),
        ("Error: ORDER not Found.", RefusalKind.NO_SUCH_ORDER),
        ("Service not found", RefusalKind.NO_SUCH_SERVICE),
        ("Category not found", RefusalKind.NO_SUCH_THING),
        ("Not found", RefusalKind.NO_SUCH_THING),
    ],
)
def test_a_refusal_is_read_by_its_words_whatever_their_case(
    dialect: Dialect, said: str, kind: RefusalKind
) -> None:
    assert dialect.refusal(400, said) is kind


@EVERY
def test_a_401_is_about_the_key_whatever_it_says(dialect: Dialect) -> None:
    assert dialect.refusal(401, "") is RefusalKind.BAD_KEY
    assert dialect.refusal(401, "Insufficient balance") is RefusalKind.BAD_KEY
    assert dialect.refusal(402, "") is RefusalKind.OTHER


def test_accplanet_calls_its_services_products_as_well() -> None:
    kind = DIALECTS["accplanet"].refusal(400, "Product not found.")
    assert kind is RefusalKind.NO_SUCH_SERVICE
