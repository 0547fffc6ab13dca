"""`make demo` as a process of its own: the real bot in the pretend world, at a free port."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_COMMAND: Final = (sys.executable, "-m", "sandbox.demo", "--port", "0")
_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:[0-9]+/")
_TO_START_S: Final = 90
_TO_STOP_S: Final = 20


class DidNotOpen(Exception):
    """The demo ended before it named its page."""


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """Run the demo until the block ends; answers the address of the page."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        cwd=_ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_TO_START_S):
            address = await _address(process)
        yield address
    finally:
        await _stop(process)


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    said = []
    async for line in process.stdout:
        said.append(line.decode())
        if found := _ADDRESS.search(said[-1]):
            return found[0]
    message = "".join(said)
    raise DidNotOpen(message)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
    try:
        async with asyncio.timeout(_TO_STOP_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
