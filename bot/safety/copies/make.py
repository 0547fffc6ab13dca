"""Take a copy of a shop that goes on working meanwhile: whole, checked, and then there at once."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert

from bot.base.clock import Clock
from bot.db.database import open_database
from bot.db.meta import facts
from bot.db.migrations import find_revision, migrate, newest
from bot.db.schema_check import check_revision, kiosk_schema
from bot.db.tx import Tx
from bot.safety.copies.examine import COPIED_AT, CannotCopy, Examined, examine, opened
from bot.safety.copies.rows import (
    TABLES,
    copy_rows,
    last_ids,
    rules_asleep,
    set_last_ids,
    tables_of,
    wipe,
)

_BUSY_S: Final = 30.0


async def make_copy(url: str, file: Path, clock: Clock) -> Examined:
    """Copy the shop at `url` into a new file; what is in the copy.

    SQLite copies its own pages in one step; of PostgreSQL one REPEATABLE READ transaction reads
    every row. Either way the copy is the shop of one moment. Of a shop that an earlier version has
    left it is in today's shape, and the shop stays as it was left. Raises CannotCopy where the
    file cannot be new or there is no shop, DatabaseUnavailable, or WrongDatabase for another
    program's or a newer Kiosk's.
    """
    if await asyncio.to_thread(file.exists):
        message = f"{file} is there already: a copy never overwrites anything"
        raise CannotCopy(message)
    copied_at = clock.now()  # before anything is read: a copy names no moment that it may lack
    try:
        with _draft_of(file) as draft:
            await _fill(url, draft, clock)
            await asyncio.to_thread(_finish, draft, copied_at)
            found = await asyncio.to_thread(examine, draft, "the database")
            _publish(draft, file)
    except OSError as failure:
        message = f"{file} cannot be written: {failure.strerror}"
        raise CannotCopy(message) from failure
    return found


def _finish(draft: Path, now: datetime) -> None:
    with opened(draft, to_write=True) as connection:
        _version_of(connection)
        migrate(connection)
        connection.execute(insert(facts).values(name=COPIED_AT, value=now.isoformat()))


def _version_of(connection: Connection) -> str:
    """The version that a shop was left by. Raises CannotCopy for no shop, or WrongDatabase."""
    with kiosk_schema():
        found = find_revision(connection)
    if not found:
        message = "the database holds no shop"
        raise CannotCopy(message)
    check_revision(found, newest())
    return found


@contextmanager
def _draft_of(file: Path) -> Iterator[Path]:
    """A file beside it that only its owner can read; gone in the end, whatever happens."""
    handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _publish(draft: Path, file: Path) -> None:
    """Write it to the disk, then give it its name; raises FileExistsError where that is taken."""
    _sync(draft)
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # a folder without hard links
        draft.rename(file)
    _sync(file.absolute().parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


async def _fill(url: str, draft: Path, clock: Clock) -> None:
    scheme, _, path = url.partition(":///")
    if scheme.startswith("sqlite"):
        await asyncio.to_thread(_copy_pages, Path(path), draft)
        return
    database = await open_database(url, clock)
    try:
        await database.read(_copy_all, draft)
    finally:
        await database.close()


def _copy_pages(source: Path, draft: Path) -> None:
    """SQLite's own online backup, in one step: it sees one moment and stops no writer."""
    if not source.is_file():
        message = f"{source} is not there: nothing to copy"
        raise CannotCopy(message)
    try:
        with closing(_connected(source)) as held, closing(sqlite3.connect(draft)) as copy:
            held.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
    except sqlite3.Error as failure:
        message = f"{source} cannot be copied: {failure}"
        raise CannotCopy(message) from failure


def _connected(source: Path) -> sqlite3.Connection:
    """Never made anew; not read-only either: what a killed shop left may have to be settled."""
    address = f"{source.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_S)


def _copy_all(tx: Tx, draft: Path) -> None:
    """May run twice, when the server asks for a repetition: the draft is begun anew then."""
    version = _version_of(tx.connection)
    draft.write_bytes(b"")
    with opened(draft, to_write=True) as copy:
        migrate(copy, version)
        tables = TABLES if version == newest() else tables_of(copy)
        wipe(copy, tables)
        with rules_asleep(copy), kiosk_schema():
            copy_rows(tx.connection, copy, tables)
        set_last_ids(copy, last_ids(tx.connection))
