"""Replicas are started anew one after another while people buy; nobody notices."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from sandbox.world import ALICE
from tests.replicas.fleet import Fleet, Replica, open_fleet

pytestmark = pytest.mark.processes

PURCHASES = 20
WITHIN_S = 30.0


async def code_of(one: Replica) -> int:
    async with asyncio.timeout(WITHIN_S):
        return await one.process.wait()


async def ends(fleet: Fleet, one: Replica) -> float:
    """A service manager's TERM; the seconds until the process has ended by itself."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    one.signals(signal.SIGTERM)
    assert await code_of(one) == 0
    fleet.replicas.remove(one)
    return loop.time() - began


async def is_stopping(one: Replica) -> bool:
    well, said = await one.says_health()
    return not well and "stopping" in said


async def restart_all(fleet: Fleet, took_s: list[float]) -> None:
    for one in tuple(fleet.replicas):
        took_s.append(await ends(fleet, one))
        await fleet.starts_one()


async def test_twenty_purchases_go_through_a_rolling_restart(
    postgresql_url: str, tmp_path: Path
) -> None:
    took_s: list[float] = []
    async with open_fleet(postgresql_url, tmp_path, 3) as fleet:
        await fleet.gives(ALICE, 400)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(restart_all(fleet, took_s))
            for _ in range(PURCHASES):
                await fleet.confirms(ALICE, quantity="1")
        for order in range(1, PURCHASES + 1):
            await fleet.until_state("completed", order)
        delivered = "SELECT count(*) FROM outbox WHERE dedup_key LIKE 'goods:%' AND state = 'sent'"

        async def all_came() -> bool:
            return bool(await fleet.asks(delivered) == PURCHASES)

        await fleet.until(all_came)
        assert fleet.world.suppliers[0].adds_received == PURCHASES
        await fleet.is_proved()
        assert len(took_s) == 3
        assert max(took_s) < WITHIN_S


async def test_the_page_of_health_says_no_before_updates_are_refused(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 1) as fleet:
        [one] = fleet.replicas
        one.signals(signal.SIGTERM)
        await fleet.until(lambda: is_stopping(one), within_s=20)
        fleet.person(ALICE).sends("/start")  # a balancer that has not looked yet
        await fleet.until(lambda: fleet.alice.messages, within_s=20)
        assert await code_of(one) == 0
        assert await fleet.asks("SELECT count(*) FROM replicas") == 0
