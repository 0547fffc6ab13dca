"""What a tap costs when one, two and three processes share a shop on PostgreSQL."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
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

_PEOPLE: Final = 20
_TAPS: Final = 300
_WARM_UP: Final = 100
_ROUNDS: Final = 5
_SIZES: Final = (1, 2, 3)
_GOAL: Final = 1.15
_GOAL_OF_TWO: Final = 1.7
_UP_WITHIN_S: Final = 60.0
_ENOUGH_S: Final = 150.0
"""No further round begins after so long."""
_ALL_WITHIN_S: Final = 280.0
_SETTLED_S: Final = 5.0
_SECRET: Final = "of-the-bench"  # noqa: S105 - it opens only the sandbox


@dataclass
class _Fleet:
    """So many processes behind a balancer, and what was measured of them."""

    ports: list[int]
    bots: list[Running] = field(default_factory=list)
    crowd: Crowd | None = None
    rounds: list[Load] = field(default_factory=list)
    idle_cpu_s: float = 0.0
    idle_s: float = 0.0
    session: aiohttp.ClientSession | None = None
    turns: count[int] = field(default_factory=count)

    @property
    def idle(self) -> float:
        """The share of a core that all its processes take while nobody taps."""
        return self.idle_cpu_s / self.idle_s

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU for a tap, beyond what is taken while nobody taps."""
        return median(
            (one.cpu_s - self.idle * one.wall_s) * 1000 / one.taps for one in self.rounds
        )

    @property
    def per_s(self) -> float:
        """Taps a second."""
        return median(one.per_s for one in self.rounds)

    def cpu_s(self) -> float:
        """Of all its processes so far."""
        return sum(one.cpu_s() for one in self.bots)

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

    async def walks(self, taps: int) -> Load:
        """The crowd walks; every process's CPU counts."""
        assert self.crowd is not None  # noqa: S101 - it has arrived
        load, before = Load(), self.cpu_s()
        await self.crowd.walks(self.bots[0], taps, around, load)
        load.cpu_s = self.cpu_s() - before
        return load


async def measure() -> AsyncIterator[str]:
    """All of them run all the time; the crowds walk by turns."""
    stage, began_s = "the server starts", time.perf_counter()
    try:
        async with asyncio.timeout(_ALL_WITHIN_S), AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            here = await stack.enter_async_context(server(folder / "pg"))
            fleets = []
            for size in _SIZES:
                stage = f"{size} processes start"
                fleets.append(await _open(stack, here, folder / str(size), size))
            stage, alone = "everybody walks once", fleets[0]
            await asyncio.sleep(_SETTLED_S)
            for fleet in fleets:
                await fleet.walks(_WARM_UP)
            while len(alone.rounds) < _ROUNDS and not (
                alone.rounds and time.perf_counter() - began_s > _ENOUGH_S
            ):
                stage = f"round {len(alone.rounds) + 1} of {_ROUNDS}"
                for fleet in fleets:
                    await _walk(fleet, [one for one in fleets if one is not fleet])
            lines = _lines(fleets)
    except TimeoutError:
        msg = f"not done within {_ALL_WITHIN_S:.0f} s: {stage}; is the machine busy?"
        raise SystemExit(msg) from None
    for line in lines:
        yield line


def _lines(fleets: list[_Fleet]) -> list[str]:
    alone, two, _ = fleets
    ratios = ", ".join(
        f"{len(one.bots)}: {one.cpu_ms / alone.cpu_ms:.2f}" for one in fleets if one is not alone
    )
    return [
        (
            f"on PostgreSQL by webhook, CPU a tap against one process's {alone.cpu_ms:.2f} ms: "
            f"{ratios} times (goal {_GOAL:g}); two processes take {two.per_s / alone.per_s:.2f} "
            f"times the {alone.per_s:.0f} taps/s of one (goal {_GOAL_OF_TWO:g}, with a core for "
            f"each process beside those of the server and the crowd)"
        ),
        f"{len(alone.rounds)} rounds; while nobody taps, of a core: "
        + ", ".join(f"{len(one.bots)} take {one.idle:.1%}" for one in fleets),
    ]


async def _walk(fleet: _Fleet, others: list[_Fleet]) -> None:
    """One round of one fleet; what the others take meanwhile is what they take idle."""
    before, began_s = [one.cpu_s() for one in others], time.perf_counter()
    fleet.rounds.append(await fleet.walks(_TAPS))
    took_s = time.perf_counter() - began_s
    for one, was_s in zip(others, before, strict=True):
        one.idle_cpu_s += one.cpu_s() - was_s
        one.idle_s += took_s


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
        if not number:  # it makes the tables
            await _until_listening(port)
    for port in fleet.ports:
        await _until_listening(port)
    fleet.crowd = Crowd(served.world.telegram, _PEOPLE)
    await fleet.crowd.arrives()
    return fleet


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


async def _until_listening(port: int) -> None:
    async with asyncio.timeout(_UP_WITHIN_S), aiohttp.ClientSession() as client:
        while True:
            try:
                async with client.post(f"http://{HOST}:{port}/hook"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
