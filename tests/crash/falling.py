"""How a database server falls: at once, in the middle of whatever it does."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_WITHIN_S: Final = 10.0
_LOOK_EVERY_S: Final = 0.002


def fell(server: Path) -> None:
    """Have every process of the server end where it stands, and return when it is gone.

    Nothing is finished, said or written out: what it has of a commit is its journal. It is an
    immediate stop, since after SIGKILL the server's own children may finish what they are at.

    Args:
        server: the file in which a running server keeps its number, and which goes with it.

    Raises:
        TimeoutError: it is there still.
    """
    with suppress(FileNotFoundError, ProcessLookupError):  # it has fallen already
        os.kill(int(server.read_text().split()[0]), signal.SIGQUIT)
    ends = time.monotonic() + _WITHIN_S
    while server.exists():
        if time.monotonic() > ends:
            message = f"the server of {server} does not end"
            raise TimeoutError(message)
        time.sleep(_LOOK_EVERY_S)
