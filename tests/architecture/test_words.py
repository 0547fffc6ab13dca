import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bot.base
from tests.architecture.tree import python_files, shown

EMPTY = frozenset(
    {"data", "info", "item", "manager", "helper", "helpers", "util", "utils", "common", "process"}
    | {"handle", "handler"}
)
GLOSSARY = (
    *("service", "category", "quote", "order", "attempt", "goods", "customer", "operator"),
    *("credit", "hold", "capture", "release", "reverse", "charge", "rate", "price", "shelf"),
    *("in doubt", "attention", "desk"),
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_OURS = ("bot", "sandbox", "tools", "bench")


def test_the_glossary_explains_every_word_of_the_design() -> None:
    glossary = (bot.base.__doc__ or "").lower()

    assert [word for word in GLOSSARY if word not in glossary] == []


def test_no_file_or_folder_is_named_by_an_empty_word() -> None:
    names = [shown(path) for path in python_files(*_OURS)]

    assert [name for name in names if EMPTY & set(name.removesuffix(".py").split("/"))] == []


def test_no_class_or_function_is_named_by_an_empty_word() -> None:
    bad = [f"{shown(path)}: {name}" for path in python_files(*_OURS) for name in _empty(path)]

    assert bad == []


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
