"""The page on architecture names files that are there, and counts what it lists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import bot

ROOT: Final = Path(bot.__file__).parents[1]
PAGE: Final = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FEW: Final = {
    "Vouchers": 10,
    "Telegram Stars": 12,
    "A third dialect": 2,
    "A web page": 6,
}
"""How many files each feature may touch."""


def _named(text: str, after: str) -> set[str]:
    found = re.findall(rf"`(bot/[\w/.]+|pyproject\.toml)`{after}", text)
    return {one for one in found if not one.endswith("v0004.py")}


def test_every_file_that_it_names_is_there() -> None:
    gone = {one for one in _named(PAGE, r"(?!\*)") if not (ROOT / one).exists()}

    assert not gone


def test_every_file_that_it_calls_new_is_not_there_yet() -> None:
    assert not {one for one in _named(PAGE, r"\*") if (ROOT / one).exists()}


def test_every_room_has_its_sentence() -> None:
    rooms = {f"bot/{one.parent.name}" for one in (ROOT / "bot").glob("*/__init__.py")}

    assert rooms - _named(PAGE, "") == set()


@pytest.mark.parametrize(("feature", "most"), FEW.items())
def test_a_feature_touches_few_files(feature: str, most: int) -> None:
    told, _, listed = PAGE.partition(f"**{feature}")[2].partition("**")
    counted = re.search(r": (\d+)", told)
    assert counted is not None
    entries = re.findall(r"^\d+\. `", listed.partition("\n**")[0].partition("\n## ")[0], re.M)

    assert int(counted[1]) <= most
    assert len(entries) in {0, int(counted[1])}
