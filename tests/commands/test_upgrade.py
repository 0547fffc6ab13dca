"""What an operator sees when the shop meets a database of another version, on both databases."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection

from bot.db.migrations import find_revision, newest
from tests.books import KEY, bare, connected
from tests.commands.conftest import Types
from tests.commands.terminal import Said
from tests.db.steps.earlier import FIRST, leave_copy
from tests.db.steps.shape import rules_of, tables_of

COPY = "first.copy"
PROVED = "The books are proved: every balance is backed by its journal.\n"


@pytest.fixture
def audits(types: Types) -> Callable[[str], Said]:
    """Type `audit`, which opens the database as a start does."""
    return lambda url: types("audit", DATABASE_URL=url, GOODS_KEY=KEY)


async def _in(url: str, does: Callable[[Connection], str]) -> str:
    async with connected(url) as database:
        return await database.write(bare(does))


def says(url: str, *statements: str) -> None:
    """Do something to a database behind the shop's back."""

    def does(connection: Connection) -> str:
        for statement in statements:
            connection.exec_driver_sql(statement)
        return ""

    asyncio.run(_in(url, does))


def revision(url: str) -> str:
    return asyncio.run(_in(url, find_revision))


def test_the_first_start_of_a_new_version_upgrades_the_shop(
    left_url: str, audits: Callable[[str], Said]
) -> None:
    assert audits(left_url) == Said(0, PROVED, "")
    assert revision(left_url) == newest()


def test_a_backup_before_the_upgrade_leaves_the_upgrade_to_the_start(
    left_url: str, types: Types, tmp_path: Path
) -> None:
    said = types("backup", "before.copy", DATABASE_URL=left_url)

    assert (said.code, said.err) == (0, "")
    assert "23 orders, 5 customers" in said.out
    assert revision(left_url) == FIRST
    assert (tmp_path / "before.copy").is_file()


def test_a_copy_of_an_earlier_version_is_restored(
    database_url: str, types: Types, tmp_path: Path, audits: Callable[[str], Said]
) -> None:
    leave_copy(tmp_path / COPY)
    said = types("restore", COPY, DATABASE_URL=database_url, GOODS_KEY=KEY)

    assert (said.code, said.err) == (0, "")
    assert "Restored: the shop of 2026-06-09 13:08:50 UTC, 23 orders, 5 customers." in said.out
    assert audits(database_url) == Said(0, PROVED, "")


def _marked(version: str) -> str:
    return f"UPDATE alembic_version SET version_num = '{version}'"  # noqa: S608 - our own words


HARM = {
    "of a newer Kiosk": (_marked("9999"), _marked(FIRST), "made by a newer Kiosk"),
    "of no Kiosk": (_marked("0000"), _marked(FIRST), "its history is not ours"),
    "of another program": (
        "ALTER TABLE alembic_version RENAME version_num TO x",
        "ALTER TABLE alembic_version RENAME x TO version_num",
        "version_num",
    ),
    "marked as what it is not": (_marked(newest()), _marked(FIRST), "bases"),
    "with half of a step": (
        "ALTER TABLE chat_lanes RENAME TO chat_slots",
        "ALTER TABLE chat_slots RENAME TO chat_lanes",
        "chat_",
    ),
    "with a table less": (
        "ALTER TABLE forms RENAME TO shapes",
        "ALTER TABLE shapes RENAME TO forms",
        "forms",
    ),
}
"""How a database can be wrong, what mends it, and what the line about it names."""


@pytest.mark.parametrize("harm", HARM)
def test_a_database_that_is_not_as_it_should_be_is_one_line_and_left_alone(
    left_url: str, types: Types, tmp_path: Path, audits: Callable[[str], Said], harm: str
) -> None:
    does, mends, named = HARM[harm]
    leave_copy(tmp_path / COPY)
    says(left_url, does)
    before = asyncio.run(_in(left_url, _looks))
    for words in (("run",), ("rekey",), ("backup", "x"), ("restore", COPY)):
        said = types(*words, DATABASE_URL=left_url, GOODS_KEY=KEY)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1), said
        assert said.err.startswith("DATABASE_URL: this ")
        assert named in said.err
    assert asyncio.run(_in(left_url, _looks)) == before
    assert {one.name for one in tmp_path.iterdir()} <= {COPY, "data"}

    says(left_url, mends)
    assert audits(left_url) == Said(0, PROVED, "")


def _looks(connection: Connection) -> str:
    """Everything that a step could have changed."""
    counted = connection.exec_driver_sql("SELECT count(*), sum(id) FROM outbox").one()
    return repr((tables_of(connection), rules_of(connection), tuple(counted)))


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another program is in the middle of something with the customers."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.partition(":///")[2], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE customers SET banned = 1")
            yield
        return
    with asyncio.Runner() as runner:
        connect = asyncpg.connect(url.replace("+asyncpg", ""))
        other = runner.run(connect)
        runner.run(other.execute("BEGIN; UPDATE customers SET banned = 1"))
        yield
        runner.run(other.close())


def test_an_upgrade_that_another_program_is_in_the_way_of_is_one_line_and_done_next_time(
    left_url: str, audits: Callable[[str], Said]
) -> None:
    with held(left_url):
        said = audits(left_url)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("DATABASE_URL cannot be used: ")
    assert "locked" in said.err
    assert revision(left_url) == FIRST
    assert audits(left_url) == Said(0, PROVED, "")
