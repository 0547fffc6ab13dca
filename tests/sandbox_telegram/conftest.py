"""A pretend Telegram on loopback with alice in it, a plain HTTP caller, and aiogram's client."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.clock import TurnableClock
from sandbox.serving import Served, serve
from sandbox.telegram import Person, TelegramWorld, telegram_app

TOKEN = "42:telegram-sandbox"


@dataclass
class Api:
    """Calls methods over plain HTTP and shows the JSON that comes back."""

    url: str
    session: aiohttp.ClientSession

    async def calls(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            reply: dict[str, Any] = await answer.json()
            assert reply["ok"] == (answer.status == 200)
            assert reply.get("error_code", 200) == answer.status
            return reply

    async def result(self, method: str, **params: Any) -> Any:
        reply = await self.calls(method, **params)
        assert reply["ok"], reply
        return reply["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        reply = await self.calls(method, **params)
        assert not reply["ok"], reply
        return str(reply["description"])


class _PromptSession(AiohttpSession):
    """Closes without aiogram's pause for TLS, which loopback does not need."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
def world(clock: TurnableClock) -> TelegramWorld:
    return TelegramWorld(TOKEN, clock)


@pytest.fixture
def alice(world: TelegramWorld) -> Person:
    """A customer who wrote once, with nothing waiting for the bot."""
    alice = world.person(7, "Alice", username="alice")
    alice.has_started = True
    return alice


@pytest.fixture
async def site(world: TelegramWorld) -> AsyncIterator[Served]:
    async with serve(telegram_app(world)) as site:
        yield site


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(site: Served, session: aiohttp.ClientSession) -> Api:
    return Api(site.url, session)


@pytest.fixture
async def bot(site: Served) -> AsyncIterator[Bot]:
    """The client the real bot uses, pointed at the sandbox."""
    session = _PromptSession(api=TelegramAPIServer.from_base(site.url))
    async with Bot(TOKEN, session=session) as bot:
        yield bot
