"""What a long shelf costs: the same shop with 12 and with 10,000 services on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd, to_and_fro
from bench.figures import Load
from bench.processes import Running
from bench.shops import LiveShop, until_open, world_of
from sandbox.world import serve_world

_FEW: Final = 12
_MANY: Final = 10_000
_PEOPLE: Final = 20
_TAPS: Final = 400
_ROUNDS: Final = 3
_GOAL_MB: Final = 25


@dataclass(slots=True)
class _Shop(LiveShop):
    """One shop of the pair, and what was measured of it."""

    first_start_s: float = 0.0
    second_start_s: float = 0.0
    start_cpu_s: float = 0.0
    held_mb: float = 0.0
    load: Load = field(default_factory=Load)


async def measure() -> AsyncIterator[str]:
    """First starts on empty databases, second starts on full ones, then taps by turns."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
        few, many = [
            _Shop(
                await stack.enter_async_context(serve_world(world_of(count))), folder / str(count)
            )
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
    yield (
        f"{_MANY:,} services hold {many.held_mb - few.held_mb:.0f} MB more than {_FEW} "
        f"(goal {_GOAL_MB})"
    )
    for count, shop in ((_FEW, few), (_MANY, many)):
        yield (
            f"{count:,}: open after {shop.first_start_s:.1f} s and {shop.second_start_s:.1f} s "
            f"({shop.start_cpu_s:.1f} s CPU until quiet); {shop.load}"
        )


async def _start_first(shop: _Shop) -> None:
    async with AsyncExitStack() as stack:
        bot = await shop.start(stack)
        shop.first_start_s = await until_open(shop.telegram, bot)


async def _tap_by_turns(few: _Shop, many: _Shop) -> None:
    async with AsyncExitStack() as stack:
        visited: list[tuple[_Shop, Running, Crowd]] = []
        for shop in (few, many):
            bot = await shop.start(stack)
            shop.second_start_s = await until_open(shop.telegram, bot)
            crowd = Crowd(shop.telegram, _PEOPLE)
            await crowd.arrives()
            await bot.until_quiet()
            shop.start_cpu_s, shop.held_mb = bot.cpu_s(), bot.memory_mb()
            visited.append((shop, bot, crowd))
        for _ in range(_ROUNDS):
            for shop, bot, crowd in visited:
                await crowd.walks(bot, _TAPS, to_and_fro, shop.load)
