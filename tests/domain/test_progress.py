"""A status text is matched on its exact spelling and on nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progress import Progress, Stage, stage_of

SPELLINGS = {
    Stage.WAITING: ("pending", "awaiting", "queued"),
    Stage.WORKING: ("in progress", "processing", "active"),
    Stage.DONE: ("completed", "complete", "success"),
    Stage.PARTIAL: ("partial", "partially completed"),
    Stage.CANCELED: ("canceled", "cancelled", "refunded", "refund", "expired", "timeout"),
    Stage.TROUBLE: ("error", "fail", "failed", "rejected"),
}
ROWS = [(text, stage) for stage, texts in SPELLINGS.items() for text in texts]


@pytest.mark.parametrize(("text", "stage"), ROWS)
@pytest.mark.parametrize(
    "written",
    [str, str.upper, str.title, lambda text: f"  {text}\n", lambda text: text.replace(" ", "_"),
     lambda text: text.replace(" ", "-"), lambda text: text.replace(" ", "   ")],
)  # fmt: skip
def test_case_blanks_and_dashes_do_not_matter(
    text: str, stage: Stage, written: Callable[[str], str]
) -> None:
    assert stage_of(written(text)) is stage


@pytest.mark.parametrize(
    "text",
    ["", "complet", "not completed", "completed!", "inprogress", "incomplete", "un-canceled",
     "refund pending", "partial refund", "ok", "Завершено"],
)  # fmt: skip
def test_a_part_of_a_spelling_or_a_new_one_is_unknown(text: str) -> None:
    assert stage_of(text) is Stage.UNKNOWN


@given(st.text())
def test_no_text_means_an_end_unless_it_is_in_the_table(text: str) -> None:
    folded = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    known = {spelling for spelling, _stage in ROWS}

    assert (stage_of(text) is Stage.UNKNOWN) is (folded not in known)


def test_an_answer_knows_its_stage() -> None:
    assert Progress("In_Progress").stage is Stage.WORKING
