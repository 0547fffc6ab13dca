"""What a worker's loop promises about falls, waits and stopping."""

from __future__ import annotations

import asyncio

import pytest
import structlog
from structlog.typing import EventDict

from bot.base.errors import DatabaseUnavailable
from bot.ops.loop import (
    LONGEST_BACK_OFF_S,
    LONGEST_WITHOUT_DATABASE_S,
    back_off_s,
    pause,
    run_worker,
)


async def test_a_worker_stops_between_two_steps() -> None:
    stopping, wake, steps = asyncio.Event(), asyncio.Event(), []

    async def step() -> int:
        steps.append(1)
        if len(steps) == 3:
            stopping.set()
        return 1

    async with asyncio.timeout(60):
        await run_worker("test", step, stopping, wake, 60.0)
    assert len(steps) == 3


async def test_new_work_wakes_a_worker_that_has_nothing_to_do() -> None:
    stopping, wake, steps = asyncio.Event(), asyncio.Event(), []

    async def step() -> int:
        steps.append(1)
        if len(steps) == 1:
            wake.set()
        else:
            stopping.set()
        return 0

    async with asyncio.timeout(60):
        await run_worker("test", step, stopping, wake, 60.0)
    assert len(steps) == 2


async def logged_of(failure: Exception, falls: int) -> list[EventDict]:
    """What is logged of a worker whose step falls so often, and then does something."""
    stopping, wake, left = asyncio.Event(), asyncio.Event(), [failure] * falls

    async def step() -> int:
        if left:
            raise left.pop()
        stopping.set()
        return 1

    with structlog.testing.capture_logs() as lines:
        async with asyncio.timeout(60):
            await run_worker("test", step, stopping, wake, 60.0)
    return list(lines)


@pytest.mark.long
async def test_a_fall_and_the_return_are_logged_once_each() -> None:
    lines = await logged_of(BlockingIOError(), falls=2)
    assert [line["event"] for line in lines] == ["worker_failed", "worker_is_back"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("failure", "has_traceback"),
    [(DatabaseUnavailable("locked"), False), (BlockingIOError(), True)],
)
async def test_closed_books_are_logged_in_one_line_and_everything_else_with_its_traceback(
    failure: Exception, *, has_traceback: bool
) -> None:
    fell, back = await logged_of(failure, falls=1)
    assert (fell["event"], back["event"]) == ("worker_failed", "worker_is_back")
    assert (fell["worker"], fell["log_level"]) == ("test", "error")
    assert bool(fell.get("exc_info")) is has_traceback
    assert fell.get("why") == (None if has_traceback else "locked")


def test_the_pause_after_falls_grows_and_is_bounded() -> None:
    pauses = [back_off_s(falls) for falls in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_BACK_OFF_S


def test_a_database_that_was_away_for_long_is_found_back_within_seconds() -> None:
    pauses = [back_off_s(falls, DatabaseUnavailable("away")) for falls in range(1, 40)]

    assert max(pauses) == LONGEST_WITHOUT_DATABASE_S


async def test_a_pause_ends_when_its_time_is_over() -> None:
    async with asyncio.timeout(60):
        await pause(asyncio.Event(), asyncio.Event(), 0.001)
