"""Names are made of the glossary and of plain words of the field; pictures are refused."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.names import Name, glossary, plain_words, public_names, refused_words
from tests.architecture.tree import python_files, shown

EMPTY = frozenset(
    {"data", "info", "item", "manager", "helper", "helpers", "util", "utils", "common", "process"}
    | {"handle", "handler"}
)
DESIGN = (
    *("service", "category", "quote", "order", "attempt", "goods", "rental", "customer"),
    *("operator", "role", "credit", "hold", "capture", "release", "reverse", "charge", "rate"),
    *("price", "shelf", "in doubt", "attention", "desk", "outbox", "notice", "alert"),
)
"""Words that the glossary has to explain."""
STILL_TO_RENAME: Final = 0
"""So many names are made of a refused word; the number may only fall, and ends at 0."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_OURS = ("bot", "sandbox", "tools", "bench")


def test_the_glossary_explains_every_word_of_the_design() -> None:
    assert [word for word in DESIGN if word not in glossary()] == []


@pytest.mark.long
def test_every_public_name_is_made_of_words_that_are_known() -> None:
    known = set(plain_words()) | _single_words(*glossary())
    for refused, instead in refused_words().items():
        known |= _single_words(refused, instead.partition(";")[0])
    new = {word: name for name in public_names() for word in name.words if word not in known}

    assert new == {}, "say it in a word of the glossary, or add a plain one to words.txt"


@pytest.mark.long
def test_no_public_name_is_made_of_a_refused_word() -> None:
    refused = refused_words()
    found = sorted(
        f"{name.where}: {name.text} ({words}; rather: {refused[words]})"
        for name in set(public_names())
        for words in refused
        if _says(name, words)
    )

    assert len(found) <= STILL_TO_RENAME, "\n".join(found)


def test_the_lists_of_words_are_in_order_and_do_not_contradict_each_other() -> None:
    plain, refused = plain_words(), refused_words()

    assert plain == sorted(set(plain))
    assert list(refused) == sorted(refused)
    assert set(plain) & set(refused) == set()
    assert glossary() & {*plain, *refused} == set()
    assert [words for words, instead in refused.items() if not instead] == []


def test_no_file_or_folder_is_named_by_an_empty_word() -> None:
    names = [shown(path) for path in python_files(*_OURS)]

    assert [name for name in names if EMPTY & set(name.removesuffix(".py").split("/"))] == []


@pytest.mark.long
def test_no_class_or_function_is_named_by_an_empty_word() -> None:
    bad = [f"{shown(path)}: {name}" for path in python_files(*_OURS) for name in _empty(path)]

    assert bad == []


def _single_words(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"[a-z]+", text)}


def _says(name: Name, words: str) -> bool:
    return f" {words} " in f" {' '.join(name.words)} "


def _empty(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and EMPTY & {
            w.lower() for w in _WORD.findall(node.name)
        }:
            yield node.name
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name.strip("_") in EMPTY
        ):
            yield node.name
