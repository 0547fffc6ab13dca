"""One process alone works on an SQLite file: a second one is refused before it opens anything."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.base.errors import DatabaseUnavailable

_ENDING: Final = "-lock"
"""Of a file beside the database: SQLite drops its own locks when that is closed by anybody."""


@contextmanager
def alone_on(url: str) -> Iterator[None]:
    """Hold the file of an SQLite database to this process; nothing for a server.

    The system gives it back when the process ends, however it does. Raises DatabaseUnavailable.
    """
    if not url.startswith("sqlite"):
        yield
        return
    path = Path(f"{url.partition(':///')[2]}{_ENDING}")
    try:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, parents=True)
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as failure:
        msg = f"{failure.strerror}: {path}"
        raise DatabaseUnavailable(msg) from failure
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as failure:
        os.close(held)
        msg = f"another Kiosk runs on {path.name.removesuffix(_ENDING)}: SQLite is for one process"
        raise DatabaseUnavailable(msg) from failure
    try:
        yield
    finally:
        os.close(held)
