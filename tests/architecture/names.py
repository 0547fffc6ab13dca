"""The public names of the product, and the words they are made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import bot.base
from tests.architecture.tree import ROOT, python_files, shown

HERE: Final = Path(__file__).parent
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_TERM: Final = re.compile(r"^([a-z][a-z, ]{11}) ?\S", re.MULTILINE)
"""A term takes twelve letters of its line; what it means stands behind them."""
_SPARED: Final = "bot/db/migrations/versions/"
"""Steps that are over: they keep the names they were run under."""


class Name(NamedTuple):
    """A module, class or function that others may use, and where it stands."""

    text: str
    where: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in _WORD.findall(self.text))


def public_names() -> Iterator[Name]:
    """Every name of bot/ without an underscore before it."""
    for path in python_files("bot"):
        where = shown(path)
        if where.startswith(_SPARED):
            continue
        parts = path.relative_to(ROOT / "bot").with_suffix("").parts
        yield from (Name(part, where) for part in parts if not part.startswith("_"))
        yield from (Name(one, where) for one in _defined(ast.parse(path.read_text("utf-8"))))


def _defined(node: ast.Module | ast.ClassDef) -> Iterator[str]:
    for one in node.body:
        if isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if not one.name.startswith("_"):
                yield one.name
            if isinstance(one, ast.ClassDef):
                yield from _defined(one)


def glossary() -> frozenset[str]:
    """The terms that the glossary explains, in lower case."""
    lines = (bot.base.__doc__ or "").partition("\n\nservice ")[1:]
    found = _TERM.findall("".join(lines))
    return frozenset(term.strip() for line in found for term in line.split(","))


def plain_words() -> list[str]:
    """The words that need no explanation, as they stand in their file."""
    return (HERE / "words.txt").read_text(encoding="utf-8").splitlines()


def refused_words() -> dict[str, str]:
    """Words that no name is made of, with those to say instead and, after a `;`, the reason."""
    lines = (HERE / "refused_words.txt").read_text(encoding="utf-8").splitlines()
    return {
        words: instead.strip() for words, _, instead in (line.partition(":") for line in lines)
    }
