"""Whether a database is Kiosk's: what another program's, or a newer Kiosk's, looks like."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

_OF_THE_STATEMENT: Final = "42"
"""The class of sqlstates for what is not there, is there already, or is of another shape."""
NO_RIGHTS: Final = "42501"
"""The one of that class that is about the role and not about the tables."""
_OURS: Final = re.compile(r"[0-9]{4}")
"""How the revisions of Kiosk are called."""


class WrongBooks(Exception):
    """The database is another's or was begun under other settings; the text names the setting."""


@contextmanager
def only_kiosks() -> Iterator[None]:
    """Statements that fit any database of Kiosk's own; where they do not, it is not.

    Raises:
        WrongBooks: the database has tables of another shape, or a history that is not ours.
    """
    try:
        yield
    except CommandError as failure:
        why = "its history is not ours"
        raise _not_kiosks(why) from failure
    except DBAPIError as failure:
        if not _is_about_shape(failure):
            raise
        raise _not_kiosks(_first_line(failure)) from failure


def check_revision(found: str, newest: str) -> None:
    """Let a history pass that this Kiosk may know; empty for a database without one.

    Raises:
        WrongBooks: it was made by a newer one.
    """
    if _OURS.fullmatch(found) and found > newest:
        message = (
            f"DATABASE_URL: this database was made by a newer Kiosk (version {found}, this one"
            f" works with {newest}): start the newer one, or choose another database"
        )
        raise WrongBooks(message)


def _not_kiosks(why: str) -> WrongBooks:
    return WrongBooks(f"DATABASE_URL: this is not Kiosk's database ({why})")


def _is_about_shape(failure: DBAPIError) -> bool:
    state = str(getattr(failure.orig, "sqlstate", None) or "")
    if state:
        return state.startswith(_OF_THE_STATEMENT) and state != NO_RIGHTS
    return getattr(failure.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def _first_line(failure: DBAPIError) -> str:
    said = str(getattr(failure.orig, "__cause__", None) or failure.orig)
    return (said.splitlines() or [""])[0]
