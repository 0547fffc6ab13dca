"""A bot as a process of its own: started, its CPU time read from outside, stopped."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[1]
_KEPT_NAMES: Final = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV")
_TO_STOP_S: Final = 20.0
_LOOK_EVERY_S: Final = 0.5
_QUIET: Final = 0.06
"""The share of a core below which a process counts as quiet."""
_QUIET_LOOKS: Final = 2
_LONGEST_TO_QUIET_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Running:
    """One running bot."""

    process: asyncio.subprocess.Process
    started_at: float

    @property
    def age_s(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self.started_at

    def cpu_s(self) -> float:
        """User and system time of all its threads so far, to the hundredth."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """What it holds of the machine's memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    async def until_quiet(self) -> None:
        """Wait until what its start brought with it is done."""
        deadline = time.perf_counter() + _LONGEST_TO_QUIET_S
        before, quiet = self.cpu_s(), 0
        while quiet < _QUIET_LOOKS and time.perf_counter() < deadline:
            await asyncio.sleep(_LOOK_EVERY_S)
            now = self.cpu_s()
            quiet = quiet + 1 if now - before < _QUIET * _LOOK_EVERY_S else 0
            before = now


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave this process's rubbish where it is.

    The people and the pretend world live here: while their messages were looked through, a tap
    waited for up to half a second, and the bot was blamed.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@asynccontextmanager
async def running(
    module: tuple[str, ...], settings: Mapping[str, str], folder: Path
) -> AsyncIterator[Running]:
    """Run `python -m module` in a folder with these settings and nothing else of ours."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in _KEPT_NAMES if name in os.environ}
    settings = {**kept, **settings, "DATA_DIR": str(folder / "data"), "PYTHONPATH": str(_ROOT)}
    started_at = time.perf_counter()
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *module,
            cwd=folder,
            env=settings,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        with _without_collector():
            yield Running(process, started_at)
    finally:
        await _stopped(process)


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_TO_STOP_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
