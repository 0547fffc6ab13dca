"""Whether a database is Kiosk's and whole: what another program's or a newer one's looks like."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.db.schema import metadata

_OF_THE_STATEMENT: Final = "42"
"""The class of sqlstates for what is not there, is there already, or is of another shape."""
NO_RIGHTS: Final = "42501"
"""The one of that class that is about the role and not about the tables."""
_OURS: Final = re.compile(r"[0-9]{4}")
"""How the revisions of Kiosk are called."""
_COLUMNS: Final = {
    "sqlite": (
        "SELECT held.name, its.name FROM sqlite_master held, pragma_table_info(held.name) its"
        " WHERE held.type = 'table'"
    ),
    "postgresql": (
        "SELECT held.relname, its.attname"
        " FROM pg_class held JOIN pg_attribute its ON its.attrelid = held.oid"
        " WHERE held.relkind IN ('r', 'p') AND pg_table_is_visible(held.oid)"
        " AND its.attnum > 0 AND NOT its.attisdropped"
    ),
}
"""Every table with every column of it."""


class WrongDatabase(Exception):
    """The database is another's or was begun under other settings; the text names the setting."""


class UnknownHistory(Exception):
    """The steps that a database took are none of Kiosk's."""


@contextmanager
def kiosk_schema() -> Iterator[None]:
    """Statements that fit any database of Kiosk's own. Raises WrongDatabase where they do not."""
    try:
        yield
    except UnknownHistory as failure:
        why = "its history is not ours"
        raise _not_kiosks(why) from failure
    except DBAPIError as failure:
        if not _is_about_shape(failure):
            raise
        raise _not_kiosks(_first_line(failure)) from failure


def check_revision(found: str, newest: str) -> None:
    """Let a history pass that this Kiosk may know, and none at all. Raises WrongDatabase."""
    if _OURS.fullmatch(found) and found > newest:
        message = (
            f"DATABASE_URL: this database was made by a newer Kiosk (version {found}, this one"
            f" works with {newest}): start the newer one, or choose another database"
        )
        raise WrongDatabase(message)


def check_columns(connection: Connection, revision: str) -> None:
    """Let a database pass that holds all that today's code reads and writes, or WrongDatabase.

    What was taken away by hand is found here, before it is missed in the middle of a purchase.
    """
    found = connection.exec_driver_sql(_COLUMNS[connection.dialect.name])
    held = {(str(table), str(column)) for table, column in found}
    needed = ((table.name, column.name) for table in metadata.sorted_tables for column in table.c)
    missing = next((one for one in needed if one not in held), None)
    if missing is not None:
        why = f"it is marked as version {revision} and lacks {'.'.join(missing)}"
        raise _not_kiosks(why)


def _not_kiosks(why: str) -> WrongDatabase:
    return WrongDatabase(f"DATABASE_URL: this is not Kiosk's database, or not all of it ({why})")


def _is_about_shape(failure: DBAPIError) -> bool:
    state = str(getattr(failure.orig, "sqlstate", None) or "")
    if state:
        return state.startswith(_OF_THE_STATEMENT) and state != NO_RIGHTS
    return getattr(failure.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def _first_line(failure: DBAPIError) -> str:
    said = str(getattr(failure.orig, "__cause__", None) or failure.orig)
    return (said.splitlines() or [""])[0]
