"""A copy that an earlier version made, brought to today's shape on a draft."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import DBAPIError

from bot.db.migrations import find_revision, is_earlier, migrate
from bot.db.schema_check import WrongDatabase
from bot.safety.copies.examine import CannotCopy, opened, whole


@contextmanager
def of_today(file: Path) -> Iterator[Path]:
    """The copy itself, or a draft of it that has taken the steps which it lacks.

    The file is read and never written; the draft is nobody else's to read and gone in the end.
    Raises CannotCopy, also where there is no room for the draft.
    """
    with whole(file, str(file)) as connection:
        lacks_steps = is_earlier(find_revision(connection))
    if not lacks_steps:  # of today's version, or of none that a copy can be brought from
        yield file
        return
    with ExitStack() as stack:
        yield _bring(file, stack)


def _bring(file: Path, stack: ExitStack) -> Path:
    try:
        folder = TemporaryDirectory(prefix="kiosk-", ignore_cleanup_errors=True)
        draft = Path(stack.enter_context(folder)) / "today.copy"
        _copy_pages(file, draft)
        with opened(draft, to_write=True) as connection:
            migrate(connection)
    except WrongDatabase as wrong:
        message = f"{file} is damaged: it is not what a shop of its version was"
        raise CannotCopy(message) from wrong
    except (sqlite3.Error, DBAPIError, OSError) as failure:
        why = getattr(failure, "orig", failure)
        message = f"{file} cannot be brought to today's version: {why}"
        raise CannotCopy(message) from failure
    return draft


def _copy_pages(file: Path, draft: Path) -> None:
    address = f"{file.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as kept,
        closing(sqlite3.connect(draft)) as copy,
    ):
        kept.backup(copy)
