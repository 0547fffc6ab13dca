"""A front desk over loopback that says anything, lines that misbehave, suppliers under test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.suppliers import DIALECTS, Bound, CountRequest, RequestLimits, build_supplier
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.dialects.dialect import Dialect
from bot.suppliers.errors import uncounted
from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from tests.clock import TurnableClock
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.sides import InMemory, OverTheWire, Side

KEY = 'canary/key "ü"+&0123456789'
BOUND = Bound(10, 200_000)
PATIENT = RequestLimits(reading=BOUND, status=BOUND, add=BOUND, attempts=1)
"""Small answers only and nothing asked twice, but time enough for a busy machine."""
HURRIED = RequestLimits(turn_s=0.05, add=Bound(0.2, 200_000), attempts=1)
"""For those tests where the other side keeps silent."""
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def says(body: str | bytes = "{}", status: int = 200, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else body.encode()
    named = {name.replace("_", "-"): said for name, said in headers.items()}

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=raw, headers=named)

    return answer


@dataclass
class Counter:
    """A supplier's front desk that answers what it was told to, by action, and remembers."""

    answers: dict[str, Answer] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)
    requests: list[web.Request] = field(default_factory=list)
    peers: list[Any] = field(default_factory=list)

    async def serve_one(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(said) for name, said in (await request.post()).items()}
        self.forms.append(form)
        self.requests.append(request)
        self.peers.append(request.transport and request.transport.get_extra_info("peername"))
        answer = self.answers.get(form.get("action", "")) or self.answers.get("*") or says()
        return await answer(request)

    def will_say(self, body: str | bytes = "{}", status: int = 200, **headers: str) -> None:
        self.answers["*"] = says(body, status, **headers)


Build = Callable[..., AbstractAsyncContextManager[ApiV2]]


@pytest.fixture
def build(clock: TurnableClock) -> Build:
    @asynccontextmanager
    async def built(
        url: str,
        dialect: str | Dialect = "accplanet",
        limits: RequestLimits = PATIENT,
        rate_cap: float = 1e6,
        key: str = KEY,
        *,
        count: CountRequest = uncounted,
    ) -> AsyncIterator[ApiV2]:
        spoken = DIALECTS[dialect] if isinstance(dialect, str) else dialect
        supplier = build_supplier(
            spoken.name,
            url,
            key,
            spoken,
            now=clock.now,
            rate_cap=rate_cap,
            limits=limits,
            count=count,
        )
        try:
            yield supplier
        finally:
            await supplier.close()

    return built


WORLDS: dict[str, type[SupplierWorld]] = {
    "accplanet": AccPlanetWorld,
    "hstockplus": HstockPlusWorld,
}


@pytest.fixture(params=["in memory", *WORLDS])
async def side(
    request: pytest.FixtureRequest, clock: TurnableClock, build: Build
) -> AsyncIterator[Side]:
    """A supplier of the contract, in memory or over HTTP."""
    if request.param == "in memory":
        yield InMemory(FakeSupplier(clock))
        return
    world = WORLDS[request.param](now=clock.now, key=KEY)
    async with serve(world.app()) as site, build(f"{site.url}/api/v2", request.param) as supplier:
        yield OverTheWire(supplier, world, site)


@pytest.fixture
async def counter_url() -> AsyncIterator[tuple[Counter, str]]:
    counter = Counter()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", counter.serve_one)
    async with serve(app) as site:
        yield counter, f"{site.url}/api/v2"


@pytest.fixture
def counter(counter_url: tuple[Counter, str]) -> Counter:
    return counter_url[0]


@pytest.fixture
async def accplanet(counter_url: tuple[Counter, str], build: Build) -> AsyncIterator[ApiV2]:
    async with build(counter_url[1]) as supplier:
        yield supplier


@pytest.fixture
async def hstock(counter_url: tuple[Counter, str], build: Build) -> AsyncIterator[ApiV2]:
    async with build(counter_url[1], "hstockplus") as supplier:
        yield supplier


@dataclass
class RawLine:
    """A TCP port that reads a request and writes these bytes, or says nothing and hangs up."""

    writes: bytes = b""
    keeps_silent: bool = False
    heard: list[bytes] = field(default_factory=list)
    url: str = ""

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heard.append(head)
        if self.keeps_silent:
            await reader.read()  # until the client has had enough
        else:
            writer.write(self.writes)
        writer.close()


@pytest.fixture
async def raw_line() -> AsyncIterator[RawLine]:
    line = RawLine()
    server = await asyncio.start_server(line.meet, "127.0.0.1", 0)
    line.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/v2"
    async with server:
        yield line
