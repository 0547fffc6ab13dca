"""Copies in a test's words: made, brought back, and harmed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.db.tx import TxSettings
from bot.safety.copies import make_copy, read_copy, restore_copy
from tests.stored_shop import SETTINGS, Books

from_sqlite = pytest.mark.parametrize("books_url", ["sqlite"], indirect=True)
"""For what is done to a copy: which database it is of makes no difference to it any more."""


async def copied(books: Books, file: Path) -> None:
    await make_copy(books.url, file, books.clock)


async def comes_back(target: Books, file: Path, settings: TxSettings = SETTINGS) -> None:
    found = await read_copy(file, settings)
    await restore_copy(target.db, file, found, target.now)


# What may befall a file


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def is_a_diary(file: Path) -> None:
    file.write_text("Dear diary, today nothing happened.")


def changes(file: Path, statements: str) -> None:
    """Somebody opens it and runs SQL in it."""
    with closing(sqlite3.connect(file)) as copy:
        copy.executescript(statements)
