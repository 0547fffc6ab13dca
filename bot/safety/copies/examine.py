"""Whether a copy is whole: looked at before anything is done with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine, event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.db.meta import facts
from bot.db.migrations import find_revision, newest
from bot.db.tx import on_a_copy
from bot.safety.copies.rows import count_rows
from bot.safety.prove import prove

COPIED_AT: Final = "copied_at"
"""The fact that a copy has and the shop has not."""


class CannotCopy(Exception):
    """A copy cannot be made or restored; the text is one line for the operator."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A copy that is whole. `findings` is what the books in it do not prove."""

    copied_at: datetime
    rows: dict[str, int]
    findings: tuple[str, ...]


def examine(file: Path, called: str = "") -> Examined:
    """Look at every page, every reference and the books. Raises CannotCopy.

    `called` is what a refusal calls the copy, where that is not the name of the file.
    """
    name = called or str(file)
    with whole(file, name) as connection:
        check_version(connection, name)
        return _examined(connection, name)


@contextmanager
def whole(file: Path, name: str) -> Iterator[Connection]:
    """A copy to be read, every page and reference of which was looked at. Raises CannotCopy."""
    if not file.is_file():
        message = f"{name} is not there"
        raise CannotCopy(message)
    with readable(name), opened(file) as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if said != "ok" or lost is not None:
            why = said if said != "ok" else "rows refer to rows not there"
            message = f"{name} is damaged: {why}"
            raise CannotCopy(message)
        yield connection


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Statements that fit any copy of a shop. Raises CannotCopy where they do not fit."""
    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as failure:
        why = getattr(failure, "orig", failure)
        message = f"{name} is damaged, or no copy of a shop: {why}"
        raise CannotCopy(message) from failure


def _examined(connection: Connection, name: str) -> Examined:
    kept = connection.execute(select(facts.c.value).where(facts.c.name == COPIED_AT)).scalar()
    if kept is None:
        message = f"{name} was not made by `python -m bot backup`"
        raise CannotCopy(message)
    return Examined(
        datetime.fromisoformat(kept), count_rows(connection), prove(on_a_copy(connection))
    )


def check_version(connection: Connection, what: str) -> None:
    """Let a copy of today's shape pass. Raises CannotCopy."""
    found = find_revision(connection)
    if found == newest():
        return
    message = f"{what} holds no shop"
    if found:
        message = f"{what} is of version {found}, this Kiosk works with version {newest()}"
    raise CannotCopy(message)


@contextmanager
def opened(file: Path, *, to_write: bool = False) -> Iterator[Connection]:
    """A transaction on a copy, committed in the end. A file that is only read is not touched."""
    mode = "rwc" if to_write else "ro"
    address = f"{file.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as raw:
        engine = create_engine(
            "sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True
        )
        event.listen(engine, "begin", lambda core: core.exec_driver_sql("BEGIN"))
        with engine.connect() as connection, connection.begin():
            yield connection
