"""PostgreSQL falls, stays away, takes no writes or nobody in: the shop waits and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from sandbox.suppliers import wire_faults
from sandbox.world import ALICE
from tests.postgresql import PostgreSQL
from tests.replicas.fleet import Fleet, Replica, open_fleet

pytestmark = pytest.mark.processes

AWAY_S = 20.0
MOST = 40
"""Connections that the server takes: few, so that a test can take them all."""
CLOSED = "closed for a check"
READ_ONLY = "ALTER SYSTEM SET default_transaction_read_only = {}"
RELOAD = "SELECT pg_reload_conf()"
OURS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'kiosk' AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgreSQL]:
    """A server that may fall without taking another test with it."""
    with PostgreSQL.running() as server:
        server.execute(
            f"ALTER SYSTEM SET max_connections = {MOST}",
            "ALTER SYSTEM SET synchronous_commit = on",  # or a fall would lose what is committed
        )
        server.falls()
        server.is_back()
        yield server


@pytest.fixture
def own_url(own_server: PostgreSQL) -> Iterator[str]:
    with own_server.fresh_database() as url:
        yield url


async def is_well_again(fleet: Fleet) -> None:
    for one in fleet.replicas:
        await fleet.until(one.is_healthy)


async def are_completed(fleet: Fleet, count: int) -> bool:
    """By their count: after a fall the server leaves numbers out."""
    done = await fleet.asks("SELECT count(*) FROM orders WHERE state = 'completed'")
    return bool(done == count)


def says(one: Replica, *words: str) -> Callable[[], Awaitable[bool]]:
    """Whether the page of health is 503 and says all of this."""

    async def said() -> bool:
        well, text = await one.says_health()
        return not well and all(word in text for word in words)

    return said


async def test_a_restart_of_the_server_loses_and_doubles_nothing(
    own_server: PostgreSQL, own_url: str, tmp_path: Path
) -> None:
    async with open_fleet(own_url, tmp_path, 2) as fleet:
        await fleet.gives(ALICE)
        for order in (1, 2):
            await fleet.confirms(ALICE)
            await asyncio.to_thread(own_server.falls)
            await asyncio.to_thread(own_server.is_back)
            await is_well_again(fleet)
            await fleet.is_heard()
            if await fleet.asks("SELECT count(*) FROM orders") < order:
                await fleet.confirms(ALICE)  # the tap was answered: closed, nothing was charged
            await fleet.until(partial(are_completed, fleet, order))
        await fleet.is_proved()


async def test_an_id_that_came_while_the_server_was_away_is_written_when_it_is_back(
    own_server: PostgreSQL, own_url: str, tmp_path: Path
) -> None:
    async with open_fleet(own_url, tmp_path, 1) as fleet:
        supplier = fleet.world.suppliers[0]
        await fleet.gives(ALICE)
        supplier.faults.next("add", wire_faults.hang(timedelta(seconds=60)).after_acting())
        await fleet.confirms(ALICE)
        await fleet.until_state("submitting")
        await supplier.faults.somebody_hangs()
        await asyncio.to_thread(own_server.falls)
        supplier.faults.release()
        loop = asyncio.get_running_loop()
        back_at_s = loop.time() + AWAY_S
        [one] = fleet.replicas
        await fleet.until(says(one, "the database does not answer"))
        fleet.alice.sends("/wallet")
        await fleet.sees(fleet.alice, CLOSED)
        await fleet.until(lambda: loop.time() > back_at_s)
        await asyncio.to_thread(own_server.is_back)
        await fleet.until_state("completed")
        await fleet.sees(fleet.alice, "2 of 2")
        await is_well_again(fleet)

        assert await fleet.asks("SELECT parked_at FROM orders") is None
        await fleet.is_proved()


async def test_a_server_that_takes_no_writes_closes_the_shop_until_it_does(
    own_server: PostgreSQL, own_url: str, tmp_path: Path
) -> None:
    async with open_fleet(own_url, tmp_path, 1) as fleet:
        await fleet.gives(ALICE)
        [one] = fleet.replicas
        await asyncio.to_thread(own_server.execute, READ_ONLY.format("on"), RELOAD)
        try:
            await fleet.until(says(one, "nothing that was written"))
            fleet.olga.sends(f"/topup {ALICE} 5")
            await fleet.sees(fleet.olga, CLOSED)
        finally:
            await asyncio.to_thread(own_server.execute, READ_ONLY.format("off"), RELOAD)
        await is_well_again(fleet)
        await fleet.confirms(ALICE)
        await fleet.until_state("completed")
        await fleet.is_proved()


async def test_a_server_that_takes_no_more_connections_is_waited_for(
    own_server: PostgreSQL, own_url: str, tmp_path: Path
) -> None:
    async with open_fleet(own_url, tmp_path, 1) as fleet:
        await fleet.gives(ALICE)
        [one] = fleet.replicas
        async with crowd(own_url):
            await fleet.until(says(one, "53300"))
        await is_well_again(fleet)
        await fleet.confirms(ALICE)
        await fleet.until_state("completed")
        await fleet.is_proved()


@asynccontextmanager
async def crowd(url: str) -> AsyncIterator[None]:
    """Every connection that the server has is somebody else's."""
    plain = url.replace("postgresql+asyncpg", "postgresql")
    async with AsyncExitStack() as stack:
        taken: list[asyncpg.Connection] = []
        for _ in range(4 * MOST):
            try:
                taken.append(await asyncpg.connect(plain))
                stack.push_async_callback(taken[-1].close)
            except asyncpg.TooManyConnectionsError:
                if not await taken[-1].fetch(OURS):
                    break
        yield
