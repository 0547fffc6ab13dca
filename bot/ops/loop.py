"""A worker's loop: repeats a step until told to stop, also when the step fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.base.errors import DatabaseUnavailable

log = structlog.stdlib.get_logger(__name__)

Step = Callable[[], Awaitable[int]]
"""Does what is due and answers how many rows that were; 0 when nothing was due."""

Idle = float | Callable[[], Awaitable[float]]
"""How many seconds to wait when nothing is due, or what answers that."""

LONGEST_BACK_OFF_S: Final = 30.0
LONGEST_WITHOUT_DATABASE_S: Final = 4.0
_FIRST_BACK_OFF_S: Final = 0.5
_SLICE_S: Final = 1.0
"""After this long a `stopping` is seen that was set without a wake."""


async def run_worker(
    name: str,
    step: Step,
    stopping: asyncio.Event,
    wake: asyncio.Event,
    idle_s: Idle,
    *,
    ended: Callable[[], None] = lambda: None,
) -> None:
    """Repeat a step; return soon after `stopping` is set (set `wake` too, to be faster).

    A step that raises is repeated after a growing pause. The first failure of several in a row is
    logged, and the return. `wake` may be shared by several loops; `ended` is called after each
    step that did not raise.
    """
    failures = 0
    while not stopping.is_set():
        wake.clear()
        try:
            pause_s = await _step_or_idle_s(step, idle_s)
        except Exception as failure:  # noqa: BLE001 - the one place where a worker's failure ends
            failures += 1
            if failures == 1:
                _log_failure(name, failure)
            await pause(stopping, stopping, back_off_s(failures, failure))
            continue
        ended()
        if failures:
            log.info("worker_is_back", worker=name, failures=failures)
        failures = 0
        await pause(stopping, wake, pause_s)


def _log_failure(name: str, failure: Exception) -> None:
    """Log with the traceback, unless the database is unavailable: then the place tells nothing."""
    if isinstance(failure, DatabaseUnavailable):
        log.error("worker_failed", worker=name, why=failure.why)
    else:
        log.error("worker_failed", worker=name, exc_info=failure)


async def _step_or_idle_s(step: Step, idle_s: Idle) -> float:
    if await step():
        return 0.0
    return await idle_s() if callable(idle_s) else idle_s


def back_off_s(failures: int, failure: Exception | None = None) -> float:
    """The pause after so many failures in a row: doubling, at most half a minute.

    Without the database everything stands still, so that is looked for every few seconds.
    """
    no_database = isinstance(failure, DatabaseUnavailable)
    longest_s = LONGEST_WITHOUT_DATABASE_S if no_database else LONGEST_BACK_OFF_S
    return min(longest_s, _FIRST_BACK_OFF_S * 2.0 ** min(failures - 1, 10))


async def pause(stopping: asyncio.Event, wake: asyncio.Event, seconds: float) -> None:
    """Wait until `wake` is set, the time is over, or we are to stop."""
    left = seconds
    while left > 0 and not stopping.is_set():
        try:
            async with asyncio.timeout(min(left, _SLICE_S)):
                await wake.wait()
        except TimeoutError:
            left -= _SLICE_S
        else:
            return
