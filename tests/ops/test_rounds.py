"""A worker is late when no round of it has ended well for longer than one may take."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.ops.loop import run_worker
from bot.ops.rounds import Rounds
from tests.clock import TurnableClock

WITHIN = timedelta(seconds=60)


def late(rounds: Rounds) -> list[str]:
    return [one.worker for one in rounds.late()]


def test_a_worker_has_its_time_from_when_it_began(clock: TurnableClock) -> None:
    rounds = Rounds(clock.now)
    clock.turn(timedelta(hours=1))
    rounds.join("sender", WITHIN)
    clock.turn(WITHIN)
    assert late(rounds) == []
    clock.turn(timedelta(seconds=1))
    assert late(rounds) == ["sender"]


def test_one_of_several_of_a_name_that_hangs_is_seen(clock: TurnableClock) -> None:
    rounds = Rounds(clock.now)
    well, _ = rounds.join("sender", WITHIN), rounds.join("sender", WITHIN)
    clock.turn(timedelta(seconds=61))
    well()
    assert late(rounds) == ["sender"]


async def test_a_worker_that_only_falls_is_late_and_one_that_works_is_not(
    clock: TurnableClock,
) -> None:
    rounds, stopping = Rounds(clock.now), asyncio.Event()
    falling, working = rounds.join("falling", WITHIN), rounds.join("working", WITHIN)
    clock.turn(timedelta(seconds=61))

    async def falls() -> int:
        stopping.set()
        raise BlockingIOError

    async def works() -> int:
        stopping.set()
        return 1

    async with asyncio.timeout(60):
        await run_worker("falling", falls, stopping, stopping, 0.0, ended=falling)
        stopping.clear()
        await run_worker("working", works, stopping, stopping, 0.0, ended=working)
    assert late(rounds) == ["falling"]
