"""Through PgBouncer in session mode everything goes as without it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.db.database import open_database
from bot.db.tx import Tx
from sandbox.world import ALICE
from tests.clock import TurnableClock
from tests.postgresql import PostgreSQL
from tests.replicas.bouncer import PGBOUNCER, bouncer_before
from tests.replicas.fleet import open_fleet

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not PGBOUNCER, reason="Debian's package pgbouncer is not installed"),
]


def through(url: str, folder: str) -> str:
    return f"{url.partition('?host=')[0]}?host={folder}"


async def test_sessions_begin_with_their_limits_and_wakes_come_through(
    postgresql_server: PostgreSQL, postgresql_url: str
) -> None:
    def limit(tx: Tx) -> object:
        said = "SHOW idle_in_transaction_session_timeout"
        return tx.connection.exec_driver_sql(said).scalar_one()

    async with bouncer_before(postgresql_server.socket_folder) as folder:
        url = through(postgresql_url, folder)
        one, other = [await open_database(url, TurnableClock()) for _ in range(2)]
        stopping = asyncio.Event()
        try:
            async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
                tasks.create_task(one.listen(stopping))
                heard = one.waker.event("a topic")
                await heard.wait()  # whoever begins to listen looks at everything once
                heard.clear()
                await other.write(lambda tx: tx.wake("a topic"))
                await heard.wait()
                stopping.set()
            assert await one.read(limit) == "10s"
        finally:
            await one.close()
            await other.close()


async def test_a_purchase_and_the_heartbeats_go_through(
    postgresql_server: PostgreSQL, postgresql_url: str, tmp_path: Path
) -> None:
    async with bouncer_before(postgresql_server.socket_folder) as folder:
        url = through(postgresql_url, folder)
        async with open_fleet(url, tmp_path, 2) as fleet:
            await fleet.gives(ALICE)
            await fleet.confirms(ALICE)
            await fleet.until_state("completed")
            await fleet.sees(fleet.alice, "2 of 2")
            assert await fleet.asks("SELECT count(*) FROM replicas WHERE beats > 0") == 2
            first, second = fleet.replicas
            await first.is_killed()
            fleet.replicas.remove(first)

            async def is_buried() -> bool:
                return bool(await fleet.asks("SELECT count(*) FROM replicas") == 1)

            await fleet.until(is_buried, within_s=30)
            assert await second.is_healthy()
            await fleet.is_proved()
