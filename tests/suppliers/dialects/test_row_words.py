"""What a row of a catalogue says of its type and its kind is read by the dialect."""

import pytest

from bot.suppliers import DIALECTS
from bot.suppliers.dialects.dialect import Dialect

EVERY = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=list(DIALECTS))


@EVERY
@pytest.mark.parametrize("said", ["", "Default", "DEFAULT", "default"])
def test_a_type_that_needs_nothing_more_is_the_default_one(dialect: Dialect, said: str) -> None:
    assert dialect.row_type(said) == "Default"


@EVERY
@pytest.mark.parametrize("said", ["product", "Products", "ACCOUNT", "accounts"])
def test_what_delivers_accounts_is_a_product(dialect: Dialect, said: str) -> None:
    assert dialect.row_entity(said) == "product"


@EVERY
@pytest.mark.parametrize("said", ["Custom Comments", "Default Comments", "Service"])
def test_other_words_stay_as_they_are(dialect: Dialect, said: str) -> None:
    assert (dialect.row_type(said), dialect.row_entity(said)) == (said, said)
