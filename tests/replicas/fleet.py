"""Several real processes of one shop on one PostgreSQL, behind a balancer, in a pretend world."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
import asyncpg
from aiohttp import web
from cryptography.fernet import Fernet

from sandbox.bot_settings import bot_settings
from sandbox.serving import serve
from sandbox.telegram import Person
from sandbox.world import ALICE, BORIS, OLGA, ServedWorld, World, demo_world, serve_world
from tests.replicas.skewed import AHEAD

_ROOT: Final = Path(__file__).parents[2]
_PATIENCE_S: Final = 90.0
_ACCOUNTS: Final = "SELECT min(id) FROM services WHERE supplier = 'accplanet'"
"""Which number it has depends on whose catalogue was read first."""
_START_S: Final = 90.0
"""A process needs seconds of a core of its own to start, and there may be many of them."""
_LOOK_EVERY_S: Final = 0.02
_SECRET: Final = "the-secret_of-the-fleet"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Replica:
    """One process, and where it listens."""

    process: asyncio.subprocess.Process
    port: int
    health: int
    host: str = "127.0.0.1"

    @property
    def webhook(self) -> str:
        return f"http://{self.host}:{self.port}/hook"

    def signals(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def is_killed(self) -> None:
        self.signals(signal.SIGKILL)
        await self.process.wait()

    async def is_healthy(self) -> bool:
        return (await self.says_health())[0]

    async def says_health(self) -> tuple[bool, str]:
        address = f"http://{self.host}:{self.health}/healthz"
        try:
            async with aiohttp.ClientSession() as client, client.get(address) as answer:
                return answer.status == 200, await answer.text()
        except aiohttp.ClientError:
            return False, ""


@dataclass
class Fleet:
    """The processes; waits are for conditions, and bounded.

    `replicas` are those that a balancer knows, `started` are all.
    """

    served: ServedWorld
    database_url: str
    folder: Path
    settings: dict[str, str]
    key: str = field(default_factory=lambda: Fernet.generate_key().decode())
    replicas: list[Replica] = field(default_factory=list)
    started: list[Replica] = field(default_factory=list)
    hook: str = ""
    turn: int = 0
    doubled: bool = False

    @property
    def world(self) -> World:
        return self.served.world

    def person(self, user: int) -> Person:
        return self.world.telegram.people[user]

    @property
    def alice(self) -> Person:
        return self.person(ALICE)

    @property
    def boris(self) -> Person:
        return self.person(BORIS)

    @property
    def olga(self) -> Person:
        return self.person(OLGA)

    async def starts_one(self, *, ahead_s: float = 0.0, **more: str) -> Replica:
        """One more process, once it serves."""
        port = int(more.setdefault("WEBHOOK_PORT", str(free_port())))
        health = int(more.setdefault("HEALTH_PORT", str(free_port())))
        with (self.folder / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.replicas.skewed",
                "run",
                cwd=self.folder,
                env=self.environment | {AHEAD: str(ahead_s)} | more,
                stdout=log,
                stderr=log,
            )
        one = Replica(process, port, health, more.get("LISTEN_ON", "127.0.0.1"))
        self.started.append(one)
        self.replicas.append(one)
        await self.until(one.is_healthy, _START_S)
        return one

    @property
    def environment(self) -> dict[str, str]:
        """What each process is started with, its own ports aside."""
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            **bot_settings(self.served),
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder / "data"),
            "GOODS_KEY": self.key,
            "PYTHONPATH": str(_ROOT),
            "WEBHOOK_URL": self.hook,
            "WEBHOOK_SECRET": _SECRET,
            "LISTEN_ON": "127.0.0.1",
            **self.settings,
        }

    async def until(
        self, is_so: Callable[[], Any], within_s: float = _PATIENCE_S, what: str = ""
    ) -> float:
        """Wait for a condition; the seconds that took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            answer = is_so()
            if asyncio.iscoroutine(answer):
                answer = await answer
            if answer:
                return loop.time() - began
            assert loop.time() - began < within_s, what or getattr(is_so, "__name__", "it")
            await asyncio.sleep(_LOOK_EVERY_S)

    async def asks(self, query: str) -> Any:
        """What the database says."""
        plain = self.database_url.replace("postgresql+asyncpg", "postgresql")
        connection = await asyncpg.connect(plain)
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()

    async def until_state(
        self, state: str, order: int = 1, within_s: float = _PATIENCE_S
    ) -> float:
        async def is_there() -> bool:
            query = f"SELECT state FROM orders WHERE id = {order:d}"  # noqa: S608 - a number
            return bool(await self.asks(query) == state)

        return await self.until(is_there, within_s, f"order {order} is not {state}")

    async def sees(self, person: Person, *words: str) -> None:
        """Wait until the messages of a chat say all of this."""

        def said() -> bool:
            chat = "\n".join(message.text for message in person.messages)
            return all(word in chat for word in words)

        await self._until_shown(person, said, words)

    async def taps(self, person: Person, label: str) -> None:
        """Wait for a button, and tap it."""
        await self._until_shown(person, lambda: _has_button(person, label), label)
        person.taps(label)

    async def _until_shown(self, person: Person, is_so: Callable[[], bool], what: object) -> None:
        try:
            await self.world.telegram.waits_until(lambda: is_so() or None, _PATIENCE_S)
        except TimeoutError:
            chat = [(message.text, message.labels) for message in person.messages]
            raise AssertionError((what, chat)) from None

    async def is_heard(self) -> None:
        """Wait until every update has been taken."""
        await self.until(lambda: not self.world.telegram.updates.pending)

    async def gives(self, user: int, amount: int = 50) -> None:
        """Somebody says hello, and gets credit."""
        self.person(user).sends("/start")
        await self.until(lambda: self.person(user).messages)
        self.olga.sends(f"/topup {user} {amount}")
        await self.sees(self.person(user), f"${amount}.00")

    async def confirms(self, user: int, quantity: str = "2") -> None:
        """Somebody buys some accounts, up to Confirm."""
        person = self.person(user)
        await self.until(lambda: self.asks(_ACCOUNTS))
        service = f"s_{await self.asks(_ACCOUNTS)}"
        async with asyncio.timeout(_PATIENCE_S):
            while not _has_button(person, "Buy"):
                person.opens(service)
                await self.is_heard()
                with suppress(AssertionError):  # the shelf has not been read yet
                    await self.until(lambda: _has_button(person, "Buy"), within_s=0.5)
        await self.taps(person, "Buy")
        await self.sees(person, "How many?")
        person.sends(quantity)
        await self.taps(person, "Pay")

    async def is_proved(self) -> None:
        """The books are proved by the command, and each order left once."""
        proof = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "audit", cwd=self.folder, env=self.environment
        )
        assert await proof.wait() == 0
        adds = sum(one.adds_received for one in self.world.suppliers)
        assert await self.asks("SELECT count(*) FROM orders") == adds
        assert await self.asks("SELECT sum(balance) FROM accounts") == 0

    async def take(self, request: web.Request) -> web.Response:
        """Hand an update to the next process that is there, as a balancer does."""
        body, headers = (
            await request.read(),
            {name: value for name, value in request.headers.items() if name.startswith("X-")},
        )
        headers["Content-Type"] = "application/json"
        statuses = []
        async with aiohttp.ClientSession() as client:
            for _ in range(len(self.replicas)):
                self.turn += 1
                one = self.replicas[self.turn % len(self.replicas)]
                try:
                    async with client.post(one.webhook, data=body, headers=headers) as answer:
                        statuses.append(answer.status)
                except aiohttp.ClientError:
                    continue
                if not self.doubled or len(statuses) > 1:
                    break
        return web.Response(status=max(statuses, default=502))


def _has_button(person: Person, label: str) -> bool:
    """On one of the newest messages: goods may have come after it."""
    return any(one.find_button(label) is not None for one in person.messages[-3:])


@asynccontextmanager
async def open_fleet(
    database_url: str, folder: Path, replicas: int = 2, **settings: str
) -> AsyncIterator[Fleet]:
    """A world with so many processes; whatever still runs is killed in the end."""
    async with AsyncExitStack() as stack:
        served = await stack.enter_async_context(serve_world(demo_world()))
        fleet = Fleet(served, database_url, folder, settings)
        app = web.Application()
        app.add_routes([web.post("/{path:.*}", fleet.take)])
        site = await stack.enter_async_context(serve(app))
        fleet.hook = f"{site.url}/hook"
        stack.push_async_callback(_end_all, fleet)
        if replicas:
            await fleet.starts_one()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(replicas - 1):
                tasks.create_task(fleet.starts_one())
        yield fleet


async def _end_all(fleet: Fleet) -> None:
    for one in fleet.started:
        if one.process.returncode is None:
            one.signals(signal.SIGCONT)
            await one.is_killed()
