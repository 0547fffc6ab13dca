"""A whole pretend world on loopback, and a page that asks, steers and listens."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from sandbox.clock import TurnableClock
from sandbox.world import TOKEN, ServedWorld, World, demo_world, serve_world


@dataclass
class Answer:
    status: int
    said: Any


@dataclass
class Page:
    """Does over HTTP what the page in a browser does."""

    served: ServedWorld
    session: aiohttp.ClientSession
    streams: list["Stream"] = field(default_factory=list)

    async def gets(self, path: str, **headers: str) -> Answer:
        async with self.session.get(f"{self.served.url}/api/{path}", headers=headers) as answer:
            return Answer(answer.status, await answer.json())

    async def posts(self, path: str, **fields: Any) -> Answer:
        async with self.session.post(f"{self.served.url}/api/{path}", json=fields) as answer:
            return Answer(answer.status, await answer.json())

    async def state(self) -> dict[str, Any]:
        state: dict[str, Any] = (await self.gets("state")).said
        return state

    async def bot_calls(self, method: str, **params: Any) -> Any:
        """Act as the bot."""
        url = f"{self.served.url}/bot{TOKEN}/{method}"
        async with self.session.post(url, json=params) as answer:
            return (await answer.json()).get("result")

    async def bot_buys(self, supplier: str, **params: Any) -> Any:
        """Ask a supplier as the bot."""
        key = self.served.stalls[supplier].world.key
        url = self.served.supplier_url(supplier)
        async with self.session.post(url, data={"key": key, **params}) as answer:
            return await answer.json()

    async def opens(self) -> "Stream":
        response = await self.session.get(f"{self.served.url}/api/events")
        assert response.content_type == "text/event-stream"
        stream = Stream(response)
        self.streams.append(stream)
        return stream


@dataclass
class Stream:
    """The events one open page hears."""

    response: aiohttp.ClientResponse
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def hears(self, kind: str, **facts: Any) -> dict[str, Any]:
        """Read on until an event of this kind with these facts comes."""
        async for line in self.response.content:
            if not line.startswith(b"data: "):
                continue
            told: dict[str, Any] = json.loads(line[6:])
            self.heard.append(told)
            if told["kind"] == kind and facts.items() <= told.items():
                return told
        message = f"the stream ended without {kind}"
        raise AssertionError(message)

    async def hears_of_order(self, supplier: str, status: str) -> None:
        """Read on until the newest order of a supplier stands like this."""
        while True:
            told = (await self.hears("supplier"))["supplier"]
            stands = [order["status"] for order in told["orders"][:1]]
            if told["id"] == supplier and stands == [status]:
                return


@pytest.fixture
def world(clock: TurnableClock) -> World:
    return demo_world(clock)


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
async def served(world: World) -> AsyncIterator[ServedWorld]:
    async with serve_world(world) as served:
        yield served


@pytest.fixture
async def page(served: ServedWorld) -> AsyncIterator[Page]:
    async with opened_page(served) as page:
        yield page


@asynccontextmanager
async def opened_page(served: ServedWorld) -> AsyncIterator[Page]:
    """A page in this world."""
    # With so long a limit line: the opening event carries the whole world.
    timeout = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=timeout, read_bufsize=2**24) as session:
        page = Page(served, session)
        yield page
        for stream in page.streams:
            stream.response.close()
