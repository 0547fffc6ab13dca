"""Delivered units are found by fingerprints, which say nothing to whoever has the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.seal import Seal
from bot.orders.goods.fingerprints import find_delivered, fingerprints_of, phone_text, unit_texts
from bot.safety.fingerprint import Fingerprint
from bot.safety.purge import forget
from bot.safety.rekey import Rekey
from tests.books import KEY
from tests.stored_shop import ALICE, SETTINGS, Books, says

OTHER = "b3RoZXIga2V5IG9mIHRoaXJ0eSB0d28gYnl0ZXMhISE="
UNIT = "anna@mail.example:secret-1:recovery"


@pytest.fixture
async def sold(books: Books) -> Books:
    """Order 1 has delivered an account."""
    await books.has(ALICE, "9")
    due = await books.has_active()
    await books.hears(due, says("Completed", UNIT))
    return books


async def finds(books: Books, typed: str) -> tuple[int, ...]:
    return await books.db.read(find_delivered, typed)


@pytest.mark.parametrize(
    "typed",
    [UNIT, f"  {UNIT} ", UNIT.upper(), "anna@mail.example", "Anna@Mail.Example:other"],
)
async def test_a_unit_is_found_by_all_of_it_and_by_its_first_field(
    sold: Books, typed: str
) -> None:
    assert await finds(sold, typed) == (1,)


@pytest.mark.parametrize("typed", ["", ":", "anna", "secret-1", "x" * 9_999, "%", "_"])
async def test_nothing_is_found_by_a_part_of_it(sold: Books, typed: str) -> None:
    assert await finds(sold, typed) == ()


async def test_nothing_of_it_can_be_read_in_the_database(sold: Books) -> None:
    rows = await sold.sql("SELECT fingerprint FROM fingerprints")
    assert len(rows) == 2
    assert not any("anna" in str(row) for row in rows)


async def test_what_was_delivered_before_there_were_any_is_found_after_one_round(
    sold: Books,
) -> None:
    await sold.sql("DELETE FROM fingerprints")
    await sold.sql("UPDATE goods SET marked = ''")
    assert await finds(sold, UNIT) == ()

    assert await Fingerprint(sold.db)() == 1
    assert await finds(sold, UNIT) == (1,)
    assert await Fingerprint(sold.db)() == 0


async def test_it_is_found_under_a_new_key_before_and_after_all_is_sealed_anew(
    sold: Books,
) -> None:
    both, new = (
        replace(SETTINGS, sealer=Seal.with_keys(keys)) for keys in ((OTHER, KEY), (OTHER,))
    )
    sold.db.settings = both
    assert await finds(sold, UNIT) == (1,)
    await Rekey(sold.db)()
    sold.db.settings = new
    assert await finds(sold, UNIT) == (1,)
    assert len(await sold.sql("SELECT fingerprint FROM fingerprints")) == 2


async def test_what_is_forgotten_is_not_found(sold: Books) -> None:
    await sold.db.write(forget, (1,))
    assert await finds(sold, UNIT) == ()


async def test_what_no_key_opens_is_looked_at_once(sold: Books) -> None:
    await sold.sql("UPDATE goods SET sealed = 'broken', marked = ''")
    assert await Fingerprint(sold.db)() == 1
    assert await Fingerprint(sold.db)() == 0


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        ("a|b", {"a|b", "a"}),
        ("A;b", {"a;b", "a"}),
        ("a----b", {"a----b", "a"}),
        ("a-b", {"a-b"}),
        ("a\tb", {"a\tb", "a"}),
        (" : ", {":"}),
        ("", set()),
    ],
)
def test_what_a_unit_is_known_by(unit: str, texts: set[str]) -> None:
    assert unit_texts(unit) == texts


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("+1 (555) 000-1234", "15550001234"), ("٠٠١٢٣٤٥", "0012345"), ("12", ""), ("abc", "")],
)
def test_a_phone_is_known_by_its_digits(phone: str, digits: str) -> None:
    assert phone_text(phone) == digits


@given(st.text(max_size=200), st.text(max_size=200))
def test_fingerprints_are_equal_where_texts_are(one: str, other: str) -> None:
    both = [fingerprints_of(SETTINGS.sealer, unit_texts(text)) for text in (one, other)]
    assert (both[0] == both[1]) == (unit_texts(one) == unit_texts(other))
