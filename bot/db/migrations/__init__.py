"""The database's own history: steps in order, applied at start, whole or not at all.

A step is a module in `versions/`, numbered by its revision, with its SQL for both dialects beside
it. One that is released never changes; what has to change is the next step. All that a database
lacks happen in one transaction, so it stands before the first of them or after the last.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from bot.db.schema_check import UnknownHistory, check_columns, check_revision, kiosk_schema

_REVISIONS: Final = "alembic_version"
_LOCK: Final = 0x4B696F73
"""Any number, the same in every process: starters on PostgreSQL pass one after another."""


def migrate(connection: Connection, to: str = "") -> str:
    """Take every step that a database lacks, inside the caller's transaction.

    Args:
        connection: to a database of ours, or to an empty one.
        to: the last revision to take, where it is not the newest.

    Returns:
        The revision that stood there before, empty for a new database.

    Raises:
        WrongDatabase: the database was made by a newer version of the shop or by another program,
            or tables or columns of it were taken away.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    end = to or newest()
    with kiosk_schema():
        before = find_revision(connection)
        check_revision(before, newest())
        if before != end:
            # Most starts find nothing to do, and Alembic is 8 MB and a tenth of a second.
            from bot.db.migrations.upgrade import upgrade  # noqa: PLC0415

            upgrade(connection, end)
    if end == newest():
        check_columns(connection, end)
    return before


def find_revision(connection: Connection) -> str:
    """The revision that a database stands at; empty when no step was ever taken in it.

    Raises:
        UnknownHistory: several stand there.
        DBAPIError: the table of revisions has another shape than Alembic's.
    """
    if not inspect(connection).has_table(_REVISIONS):
        return ""
    found = connection.execute(text(f"SELECT version_num FROM {_REVISIONS}")).scalars().all()  # noqa: S608 - our own words
    if len(found) > 1:
        raise UnknownHistory
    return str(found[0]) if found else ""


def is_earlier(revision: str) -> bool:
    """Whether steps lead from there to today's shape."""
    return revision in list_revisions()[:-1]


def newest() -> str:
    """The revision that this version of the shop works with."""
    return list_revisions()[-1]


@cache
def list_revisions() -> tuple[str, ...]:
    """Every step that there is, the first one first: each is a file, named after its revision."""
    steps = (Path(__file__).parent / "versions").glob("v*.py")
    return tuple(sorted(step.stem.removeprefix("v") for step in steps))
