"""A status text is matched on its exact spelling and on nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suppliers import DIALECTS
from bot.suppliers.dialects.dialect import Dialect
from bot.suppliers.progress import RentalWord, Stage

SPELLINGS = {
    Stage.WAITING: ("pending", "awaiting", "queued"),
    Stage.WORKING: ("in progress", "processing", "active"),
    Stage.DONE: ("completed", "complete", "success"),
    Stage.PARTIAL: ("partial", "partially completed"),
    Stage.CANCELED: ("canceled", "cancelled", "refunded", "refund", "expired", "timeout"),
    Stage.TROUBLE: ("error", "fail", "failed", "rejected"),
}
ROWS = [(text, stage) for stage, texts in SPELLINGS.items() for text in texts]
EVERY = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=list(DIALECTS))


@EVERY
@pytest.mark.parametrize(("text", "stage"), ROWS)
@pytest.mark.parametrize(
    "written",
    [str, str.upper, str.title, lambda text: f"  {text}\n", lambda text: text.replace(" ", "_"),
     lambda text: text.replace(" ", "-"), lambda text: text.replace(" ", "   ")],
)  # fmt: skip
def test_case_blanks_and_dashes_do_not_matter(
    dialect: Dialect, text: str, stage: Stage, written: Callable[[str], str]
) -> None:
    assert dialect.stage(written(text)) is stage


@EVERY
@pytest.mark.parametrize(
    "text",
    ["", "complet", "not completed", "completed!", "inprogress", "incomplete", "un-canceled",
     "refund pending", "partial refund", "ok", "Завершено"],
)  # fmt: skip
def test_a_part_of_a_spelling_or_a_new_one_is_unknown(dialect: Dialect, text: str) -> None:
    assert dialect.stage(text) is Stage.UNKNOWN


@given(st.sampled_from(list(DIALECTS.values())), st.text())
def test_no_text_means_an_end_unless_it_is_in_the_table(dialect: Dialect, text: str) -> None:
    folded = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    known = {spelling for spelling, _stage in ROWS}

    assert (dialect.stage(text) is Stage.UNKNOWN) is (folded not in known)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("active", RentalWord.OPEN),
        ("Waiting", RentalWord.OPEN),
        ("wait", RentalWord.OPEN),
        ("pending", RentalWord.OPEN),
        ("In progress", RentalWord.OPEN),
        ("CODE-received", RentalWord.CODE),
        ("code_received", RentalWord.CODE),
        ("sms received", RentalWord.CODE),
        ("completed", RentalWord.CODE),
        ("expired", RentalWord.RUN_OUT),
        ("timeout", RentalWord.RUN_OUT),
        ("cancelled", RentalWord.CANCELED),
        ("refunded", RentalWord.CANCELED),
        ("failed", RentalWord.UNKNOWN),
        ("partial", RentalWord.UNKNOWN),
        ("sleeping", RentalWord.UNKNOWN),
    ],
)
def test_each_spelling_has_one_meaning_for_a_number(status: str, word: RentalWord) -> None:
    assert DIALECTS["hstockplus"].rental_word(status) is word


def test_a_supplier_without_numbers_says_nothing_about_them() -> None:
    assert DIALECTS["accplanet"].rental_word("active") is RentalWord.UNKNOWN
