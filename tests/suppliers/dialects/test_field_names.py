"""A dialect's own names of fields become the family's, once and without a mistake."""

from dataclasses import replace

import pytest

from bot.suppliers import DIALECTS

PLAIN = DIALECTS["accplanet"]
OWN = replace(PLAIN, fields={"status": "state", "order": "id", "service": "id", "orders": "list"})


def test_a_field_is_asked_for_by_its_own_name_or_the_familys() -> None:
    assert (OWN.own_name("status"), OWN.own_name("charge")) == ("state", "charge")


def test_a_dialect_without_names_of_its_own_leaves_an_answer_as_it_is() -> None:
    answer = {"status": "Completed", "orders": [{"order": 1}]}
    assert PLAIN.named(answer) is answer


def test_fields_get_the_familys_names_and_others_stay() -> None:
    assert OWN.named({"state": "Done", "charge": 1}) == {"status": "Done", "charge": 1}


def test_one_name_may_stand_for_several() -> None:
    assert OWN.named({"id": 7}) == {"order": 7, "service": 7}


def test_a_foreign_field_with_a_name_of_the_familys_is_no_such_field() -> None:
    named = OWN.named({"state": "Done", "status": "ok", "order": 3})
    assert named == {"status": "Done", "their status": "ok", "their order": 3}


def test_rows_are_named_as_well_and_goods_are_not() -> None:
    row = {"id": 1, "state": "new"}
    named = OWN.named({"list": [row, 7], "services": [row], "accounts": [row], "projects": row})
    rows = {"order": 1, "service": 1, "status": "new"}

    assert named == {
        "orders": [rows, 7], "services": [rows], "accounts": [row], "projects": row,
    }  # fmt: skip
    assert OWN.named([row, None]) == [rows, None]


@pytest.mark.parametrize("answer", [None, "state", 7, []])
def test_what_has_no_fields_stays(answer: object) -> None:
    assert OWN.named(answer) == answer
