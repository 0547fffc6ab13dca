"""The Caddyfile that is shipped, with the real Caddy in front of the replicas."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from sandbox.world import ALICE
from tests.replicas.fleet import Fleet, free_port, open_fleet

CADDY: Final = shutil.which("caddy") or ""
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not CADDY, reason="Debian's package caddy is not installed"),
]
FILE: Final = Path(__file__).parents[2] / "deploy" / "Caddyfile"


def told(folder: Path, site: str, replicas: str, health: int) -> dict[str, str]:
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    return {
        "PATH": os.environ["PATH"],
        **homes,
        "KIOSK_DOMAIN": site,
        "KIOSK_REPLICAS": replicas,
        "KIOSK_HEALTH_PORT": str(health),
    }


@asynccontextmanager
async def caddy(folder: Path, word: str, env: dict[str, str]) -> AsyncIterator[int | None]:
    """Caddy with the file; the code that a word ends with which ends by itself."""
    with (folder / "caddy.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(CADDY, word, "--config", str(FILE), "--adapter", "caddyfile"),
            env=env,
            stdout=log,
            stderr=log,
        )
    try:
        yield await process.wait() if word == "validate" else None
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def test_the_file_is_valid_with_a_domain_alone(tmp_path: Path) -> None:
    env = told(tmp_path, "shop.example.org", "", 0)
    for name in ("KIOSK_REPLICAS", "KIOSK_HEALTH_PORT"):
        del env[name]
    async with caddy(tmp_path, "validate", env) as code:
        assert code == 0, (tmp_path / "caddy.log").read_text()


async def starts_three(fleet: Fleet, port: int, health: int) -> str:
    """As containers have them: the same ports, each on a host of its own."""
    hosts = [f"127.0.0.{number}" for number in (2, 3, 4)]

    async def start(host: str) -> None:
        await fleet.starts_one(LISTEN_ON=host, WEBHOOK_PORT=str(port), HEALTH_PORT=str(health))

    await start(hosts[0])
    async with asyncio.TaskGroup() as tasks:
        for host in hosts[1:]:
            tasks.create_task(start(host))
    return " ".join(f"{host}:{port}" for host in hosts)


async def test_a_purchase_goes_through_while_a_replica_behind_it_is_killed(
    postgresql_url: str, tmp_path: Path
) -> None:
    site, port, health = f"http://127.0.0.1:{free_port()}", free_port(), free_port()
    async with open_fleet(postgresql_url, tmp_path, 0) as fleet:
        fleet.hook = f"{site}/hook"
        replicas = await starts_three(fleet, port, health)
        async with caddy(tmp_path, "run", told(tmp_path, site, replicas, health)):
            await fleet.gives(ALICE)
            await fleet.replicas[1].is_killed()
            await fleet.confirms(ALICE)
            await fleet.until_state("completed")
            await fleet.sees(fleet.alice, "2 of 2")
            async with aiohttp.ClientSession() as client, client.get(f"{site}/healthz") as page:
                assert page.status == 404, "the pages for machines are not for everybody"
        await fleet.is_proved()
