"""Several processes of one shop on one database, with all their workers at work at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import cycle
from typing import Any

from bot.app.kiosk import Kiosk
from tests.conversation.crew import keep_timetable
from tests.conversation.shop import Shop

Pair = tuple[Kiosk, Kiosk]
Acts = tuple[tuple[Kiosk, dict[str, Any]], ...]
"""Updates, each with the process that it reaches."""
Step = Callable[[], Coroutine[Any, Any, int]]


@asynccontextmanager
async def two_processes(shop: Shop) -> AsyncIterator[Pair]:
    """The shop's process and another beside it, which the driver's own verbs go to."""
    async with shop.restarted() as first:
        yield first, shop.kiosk


async def at_once(*calls: Awaitable[object]) -> None:
    """Whatever these are, side by side; the first failure is the test's."""
    async with asyncio.TaskGroup() as tasks:
        for call in calls:
            tasks.create_task(_awaited(call))


async def _awaited(call: Awaitable[object]) -> None:
    await call


def acts(shop: Shop, *does: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
    """What people do at the same moment; nobody has fetched it yet, and polling will not."""
    updates = [act() for act in does]
    for update in updates:
        shop.telegram.updates.confirm(update)
    return updates


def shared_out(processes: Pair, updates: list[dict[str, Any]]) -> Acts:
    """In turns, as a balancer hands updates of a webhook to replicas."""
    return tuple(zip(cycle(processes), updates, strict=False))


def doubled(processes: Pair, updates: list[dict[str, Any]]) -> Acts:
    """Each to both, as when Telegram repeats to one what the other is still at."""
    return tuple((one, update) for update in updates for one in processes)


async def reach(came: Acts) -> None:
    """All of them are handled at the same time."""
    await at_once(*(kiosk.dispatcher.feed_raw_update(kiosk.bot, raw) for kiosk, raw in came))


async def work_at_once(*processes: Kiosk) -> None:
    """Every worker of every process does what is due, side by side, until nothing is."""
    steps = [step for kiosk in processes for step in (*makers_of(kiosk), kiosk.sender.step)]
    busy = True
    while busy:
        async with asyncio.TaskGroup() as tasks:
            rounds = [tasks.create_task(step()) for step in steps]
        busy = any(one.result() for one in rounds)


def makers_of(kiosk: Kiosk) -> list[Step]:
    """Whoever talks with suppliers."""
    submit_queues = [queue.step for queue in kiosk.submit_queues]
    return (
        submit_queues
        + [poller.step for poller in kiosk.pollers]
        + [poller.step for poller in kiosk.number_pollers]
    )


async def pass_at_once(shop: Shop, processes: Pair, *, seconds: int, step_s: int = 1) -> None:
    """Time passes for all of them, and each does at its own timetable's hours what is due."""
    for _ in range(0, seconds, step_s):
        shop.clock.turn(timedelta(seconds=step_s))
        await at_once(*(keep_timetable(kiosk.timetable) for kiosk in processes))
        await work_at_once(*processes)
