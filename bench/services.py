"""What a long shelf costs: the same shop with 12 and with 10,000 services on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd, Guest, button, taps_on, to_and_fro
from bench.figures import Load
from bench.processes import Running, running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers.services import SandboxService
from sandbox.telegram import TelegramWorld
from sandbox.world import OLGA, TOKEN, ServedWorld, World, serve_world

_FEW: Final = 12
_MANY: Final = 10_000
_IN_A_CATEGORY: Final = 400
_PEOPLE: Final = 20
_TAPS: Final = 400
_ROUNDS: Final = 3
_ASK_AGAIN_S: Final = 0.05
_SHELF_WITHIN_S: Final = 60.0


@dataclass(slots=True)
class _Shop:
    """One shop of the pair, and what was measured of it."""

    served: ServedWorld
    folder: Path
    first_start_s: float = 0.0
    second_start_s: float = 0.0
    start_cpu_s: float = 0.0
    load: Load = field(default_factory=Load)

    async def start(self, stack: AsyncExitStack) -> Running:
        return await stack.enter_async_context(
            running(("bot", "run"), bare_settings(self.served), self.folder)
        )


async def measure() -> AsyncIterator[str]:
    """First starts on empty databases, second starts on full ones, then taps by turns."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
        few, many = [
            _Shop(await stack.enter_async_context(serve_world(_world(count))), folder / str(count))
            for count in (_FEW, _MANY)
        ]
        await _start_first(few)
        await _start_first(many)
        await _tap_by_turns(few, many)
    longer = (many.first_start_s - few.first_start_s, many.second_start_s - few.second_start_s)
    yield (
        f"with {_MANY:,} services {many.load.cpu_ms / few.load.cpu_ms:.2f} times the CPU a tap of "
        f"{_FEW}, and a start {longer[0]:+.1f} s (empty database) or {longer[1]:+.1f} s (second)"
    )
    for count, shop in ((_FEW, few), (_MANY, many)):
        yield (
            f"{count:,}: open after {shop.first_start_s:.1f} s and {shop.second_start_s:.1f} s "
            f"({shop.start_cpu_s:.1f} s CPU until quiet); {shop.load}"
        )


async def _start_first(shop: _Shop) -> None:
    async with AsyncExitStack() as stack:
        bot = await shop.start(stack)
        shop.first_start_s = await until_open(shop.served.world.telegram, bot)


async def _tap_by_turns(few: _Shop, many: _Shop) -> None:
    async with AsyncExitStack() as stack:
        visited: list[tuple[_Shop, Running, Crowd]] = []
        for shop in (few, many):
            bot = await shop.start(stack)
            shop.second_start_s = await until_open(shop.served.world.telegram, bot)
            crowd = Crowd(shop.served.world.telegram, _PEOPLE)
            await crowd.arrives()
            await bot.until_quiet()
            shop.start_cpu_s = bot.cpu_s()
            visited.append((shop, bot, crowd))
        for _ in range(_ROUNDS):
            for shop, bot, crowd in visited:
                await crowd.walks(bot, _TAPS, to_and_fro, shop.load)


async def until_open(telegram: TelegramWorld, bot: Running) -> float:
    """Seconds from the start of the process to the first category that a tap opened."""
    guest = Guest(telegram.person(1, "Alice"))
    stop = telegram.subscribe(guest.hears)
    try:
        async with asyncio.timeout(_SHELF_WITHIN_S):
            card = await guest.says("/catalog")
            while not any(tap.startswith("k:") for tap in taps_on(card)):
                await asyncio.sleep(_ASK_AGAIN_S)
                card = await guest.says("/catalog")
        await guest.taps(button(guest.card, "k:"))
    finally:
        stop()
    return bot.age_s


def _world(services: int) -> World:
    supplier = AccPlanetWorld(now=wall_clock, services=map(_service, range(services)))
    return World(TelegramWorld(TOKEN, wall_clock), (supplier,), frozenset({OLGA}))


def _service(number: int) -> SandboxService:
    """Each category page looks alike, whether there are one or 25 categories."""
    return SandboxService(
        id=100_000 + number,
        name=f"Account of kind {number}",
        rate=Decimal(number % 997 + 1) / 100,
        category=f"Category {number // _IN_A_CATEGORY + 1:02}",
        description=f"<p>Account of kind <b>{number}</b>, two years old.</p>",
        stock=1 + number % 500,
    )


def bare_settings(served: ServedWorld) -> dict[str, str]:
    """The sandbox's settings without the supplier that is not in this world."""
    names = {supplier.name for supplier in served.world.suppliers}
    return {
        name: value
        for name, value in bot_settings(served).items()
        if not name.startswith("SUPPLIERS__") or name.split("__")[1] in names
    }
