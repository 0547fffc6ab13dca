"""What a tap costs when one, two and three processes share a shop on PostgreSQL."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import aiohttp
from aiohttp import web
from cryptography.fernet import Fernet

from bench.crowd import Crowd, around
from bench.figures import Load
from bench.processes import Running, running
from bench.servers import Server, server
from sandbox.bot_settings import bot_settings
from sandbox.serving import HOST, serve
from sandbox.world import demo_world, serve_world

_PEOPLE: Final = 50
_TAPS: Final = 600
_WARM_UP: Final = 300
_ROUNDS: Final = 5
_SIZES: Final = (1, 2, 3)
_SECRET: Final = "of-the-bench"  # noqa: S105 - it opens only the sandbox


@dataclass
class _Fleet:
    """So many processes behind a balancer, and what was measured of them."""

    ports: list[int]
    bots: list[Running] = field(default_factory=list)
    crowd: Crowd | None = None
    load: Load = field(default_factory=Load)
    session: aiohttp.ClientSession | None = None
    turns: count[int] = field(default_factory=count)

    async def take(self, request: web.Request) -> web.Response:
        """Hand an update to the next process, and its answer back."""
        assert self.session is not None  # noqa: S101 - it is opened before anybody asks
        port = self.ports[next(self.turns) % len(self.ports)]
        address = f"http://{HOST}:{port}/hook"
        headers = {name: value for name, value in request.headers.items() if name[:2] == "X-"}
        body = await request.read()
        async with self.session.post(address, data=body, headers=headers) as answer:
            said = await answer.read()
            return web.Response(body=said, status=answer.status, content_type="application/json")

    async def walks(self, taps: int, load: Load) -> None:
        """The crowd walks; every process's CPU counts."""
        assert self.crowd is not None  # noqa: S101 - it has arrived
        first, *others = self.bots
        before = [one.cpu_s() for one in others]
        await self.crowd.walks(first, taps, around, load)
        load.cpu_s += sum(one.cpu_s() - was for one, was in zip(others, before, strict=True))


async def measure() -> AsyncIterator[str]:
    """All of them run all the time; the crowds walk by turns."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
        here = await stack.enter_async_context(server(folder / "pg"))
        fleets = [await _open(stack, here, folder / str(size), size) for size in _SIZES]
        for fleet in fleets:
            await fleet.walks(_WARM_UP, Load())
        for _ in range(_ROUNDS):
            for fleet in fleets:
                await fleet.walks(_TAPS, fleet.load)
        alone = fleets[0].load
        for size, fleet in zip(_SIZES, fleets, strict=True):
            yield (
                f"{size} on PostgreSQL by webhook: {fleet.load.cpu_ms / alone.cpu_ms:.2f} times "
                f"the CPU a tap and {fleet.load.per_s / alone.per_s:.2f} times the taps/s of one; "
                f"{fleet.load}"
            )


async def _open(stack: AsyncExitStack, here: Server, folder: Path, size: int) -> _Fleet:
    url = await here.make(f"kiosk_{size}")
    served = await stack.enter_async_context(serve_world(demo_world(more_services=200)))
    fleet = _Fleet([_free_port() for _ in range(size)])
    fleet.session = await stack.enter_async_context(aiohttp.ClientSession())
    app = web.Application()
    app.add_routes([web.post("/hook", fleet.take)])
    site = await stack.enter_async_context(serve(app))
    shared = bot_settings(served) | {
        "DATABASE_URL": url,
        "GOODS_KEY": Fernet.generate_key().decode(),
        "WEBHOOK_URL": f"{site.url}/hook",
        "WEBHOOK_SECRET": _SECRET,
    }
    for number, port in enumerate(fleet.ports):
        settings = shared | {"WEBHOOK_PORT": str(port)}
        started = running(("bot", "run"), settings, folder / str(number))
        fleet.bots.append(await stack.enter_async_context(started))
        await _until_listening(port)
    fleet.crowd = Crowd(served.world.telegram, _PEOPLE)
    await fleet.crowd.arrives()
    for bot in fleet.bots:
        await bot.until_quiet()
    return fleet


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


async def _until_listening(port: int) -> None:
    deadline = time.perf_counter() + 60
    async with aiohttp.ClientSession() as client:
        while time.perf_counter() < deadline:
            try:
                async with client.post(f"http://{HOST}:{port}/hook"):
                    return
            except aiohttp.ClientError:
                continue
