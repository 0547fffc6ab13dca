"""Many trials side by side: what each brought, as soon as it is there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.crash.databases import KINDS
from tests.crash.ground import prepare
from tests.crash.lives import fork_server
from tests.crash.scene import Point
from tests.crash.trial import Nursery, Verdict, run_trial

TOGETHER: Final = 2 * (os.cpu_count() or 1)
"""How many trials run side by side: most of a trial is waiting."""
_IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@contextmanager
def opened_nursery(database: str, together: int = TOGETHER) -> Iterator[Nursery]:
    """A fork server and the ground of all trials, in a folder that is gone afterwards.

    `database` is one of the `KINDS`. Files are in memory where the machine has such a folder. What
    SIGKILL leaves there is what it leaves on a disk: the kernel keeps every write that was made.
    """
    place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="kiosk-crash-", dir=place, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        context = fork_server()
        with KINDS[database](folder) as databases:
            ground = asyncio.run(prepare(context, folder, databases.ground))
            databases.settle(together)
            yield Nursery(context, ground, databases, folder)


async def run_all(
    nursery: Nursery,
    points: Sequence[Point],
    tell: Callable[[Verdict], None] = lambda _: None,
    together: int = TOGETHER,
) -> list[Verdict]:
    """Try every point; the verdicts in the order of the points, each told as it comes."""
    room = asyncio.Semaphore(together)

    async def one(point: Point) -> Verdict:
        async with room:
            verdict = await run_trial(nursery, point)
        tell(verdict)
        return verdict

    async with asyncio.TaskGroup() as tasks:
        trials = [tasks.create_task(one(point)) for point in points]
    return [trial.result() for trial in trials]
