"""What the sandbox's two commands share: a line to the terminal, busy ports, the stop signal."""

from __future__ import annotations

import argparse
import asyncio
import errno
import signal
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final

PORT: Final = 8080
_LAST_PORT: Final = 65533
"""The suppliers take the two after it."""


def say(text: str = "") -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def read_port(text: str) -> int:
    """A port as typed, for argparse, which prints the refusal."""
    if not (text.isdecimal() and int(text) <= _LAST_PORT):
        msg = f"a port is a whole number up to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C or a terminate signal sets, instead of breaking the program off."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(wanted, stop.set)
    try:
        yield stop
    finally:
        for wanted in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(wanted)


def run_until_done(main: Coroutine[Any, Any, int], taken: str) -> int:
    """Run a program to its exit code; a busy port becomes one line, which is `taken`, and 1."""
    try:
        return asyncio.run(main)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.stderr.write(f"{taken}\n")
        return 1
