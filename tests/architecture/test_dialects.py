"""What a supplier says stands in its dialect, and nowhere else in the product."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from bot.suppliers.dialects import DIALECTS
from bot.suppliers.dialects.dialect import Dialect, fold
from tests.architecture.tree import python_files, shown

HOME: Final = "bot/suppliers/dialects/"
OURS: Final[Mapping[str, str]] = {
    "error": "a level of the log, and the field of a refusal in every answer of the family",
    "pending": "a message that waits in the outbox",
    "refund": "a kind of transfer, and what the log calls it",
    "refunded": "what an order's row calls money that went back after its end",
    "success": "a style of Telegram's buttons",
    "timeout": "a setting of the database's driver, and why a message was not sent",
    "waiting": "a fact that the health page shows",
}
"""Spellings that are words of our own as well, and what they say there."""


@pytest.mark.long
def test_no_spelling_of_a_supplier_stands_outside_its_dialect() -> None:
    spellings = {one for dialect in DIALECTS.values() for one in _spellings(dialect)} - set(OURS)
    found = [
        f"{shown(path)}:{line} {text!r}"
        for path in _elsewhere()
        for line, text in _constants(path)
        if fold(text) in spellings
    ]

    assert found == [], "let the dialect read it, or say in OURS what else it means"


@pytest.mark.long
def test_no_address_and_no_name_of_a_supplier_stands_outside_its_dialect() -> None:
    names = {dialect.name for dialect in DIALECTS.values()}
    found = [
        f"{shown(path)}:{line} {text!r}"
        for path in _elsewhere()
        for line, text in _constants(path)
        if any(name in text.lower() for name in names)
    ]

    assert found == []


def _elsewhere() -> list[Path]:
    return [path for path in python_files("bot") if not shown(path).startswith(HOME)]


def _spellings(dialect: Dialect) -> Iterator[str]:
    for texts in (dialect.statuses, dialect.number_statuses, dialect.refusals):
        for spelled in texts.values():
            yield from spelled
    yield from map(fold, dialect.fields.values())


def _constants(path: Path) -> Iterator[tuple[int, str]]:
    """The texts that code compares and writes: no docstring, no member of an enum, no wording."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = {id(text) for node in ast.walk(tree) for text in _spared(node)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    for node in constants:
        if isinstance(node.value, str) and id(node) not in spared:
            yield node.lineno, node.value


def _spared(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.ClassDef) and "StrEnum" in map(ast.unparse, node.bases):
        yield from (line.value for line in node.body if isinstance(line, ast.Assign))
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == "_":
        yield from node.args
