"""Rows in the hand of a process that stands still are free for the others within seconds."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sandbox.world import ALICE
from tests.replicas.fleet import Fleet, open_fleet

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
TRIES = 4
HELD = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND state = 'idle in transaction'
AND application_name = 'kiosk' AND query LIKE '%suppliers%' AND pid IN (
  SELECT pid FROM pg_locks WHERE relation = 'suppliers'::regclass AND mode = 'RowShareLock')
"""


@asynccontextmanager
async def stopped_holder(fleet: Fleet) -> AsyncIterator[None]:
    """Beside the fleet, a process that stopped itself with the supplier's row locked."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.replicas.holder", fleet.database_url, "accplanet", cwd=ROOT
    )
    status = Path(f"/proc/{process.pid}/stat")
    try:
        await fleet.until(lambda: status.read_text().rpartition(")")[2].split()[0] == "T")
        yield
    finally:
        process.kill()
        await process.wait()


async def test_a_process_that_stands_still_within_a_transaction_keeps_its_rows_for_ten_seconds(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 1) as fleet:
        await fleet.gives(ALICE)
        async with stopped_holder(fleet):
            assert await fleet.asks(HELD) > 0
            await fleet.confirms(ALICE)
            await fleet.until_state("completed", within_s=30)
        await fleet.sees(fleet.alice, "2 of 2")
        assert fleet.world.suppliers[0].adds_received == 1


def _time_over(seconds: float) -> Callable[[], bool]:
    loop = asyncio.get_running_loop()
    at_s = loop.time() + seconds
    return lambda: loop.time() > at_s


async def test_whenever_a_replica_is_frozen_the_other_goes_on(
    postgresql_url: str, tmp_path: Path
) -> None:
    chance = random.Random(7)  # noqa: S311 - only has to be unlike a clock
    async with open_fleet(postgresql_url, tmp_path, 2) as fleet:
        await fleet.gives(ALICE)
        _, frozen = fleet.replicas
        for order in range(1, TRIES + 1):
            await fleet.is_heard()
            await fleet.until(_time_over(chance.random() / 4))
            frozen.signals(signal.SIGSTOP)
            fleet.replicas.remove(frozen)
            await fleet.confirms(ALICE)
            await fleet.until_state("completed", order, within_s=30)
            frozen.signals(signal.SIGCONT)
            fleet.replicas.append(frozen)
            await fleet.until(frozen.is_healthy)
        assert fleet.world.suppliers[0].adds_received == TRIES
        assert await fleet.asks("SELECT sum(balance) FROM accounts") == 0
