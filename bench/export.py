"""An export of all orders: how much memory it takes, and how long people wait beside it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.fernet import Fernet

from bench.crowd import Crowd, Guest, around
from bench.figures import Load
from bench.old_shop import Sizes, make_old_shop
from bench.processes import Running, running
from bench.servers import server
from sandbox.bot_settings import bot_settings
from sandbox.telegram import BotMessage
from sandbox.world import OLGA, demo_world, serve_world

_PEOPLE: Final = 20
_A_ROUND: Final = 100
"""Taps between two looks at the memory."""
_CALM: Final = 30
"""Rounds without an export."""
_WITHIN_S: Final = 600.0
_KINDS: Final = ("orders", "ledger", "customers")
_ORDERS: Final = "KIOSK_BENCH_ORDERS"
"""A variable that makes a smaller shop, to try the chapter out."""


async def measure() -> AsyncIterator[str]:
    """On each database: people walk without a rest, and an owner asks for one file after another.

    A file that was ten times as long and took ten times the memory would show beside the others.
    """
    sizes = Sizes(int(os.environ.get(_ORDERS, "100000")))
    for where in ("SQLite", "PostgreSQL"):
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            url = f"sqlite+aiosqlite:///{folder / 'kiosk.db'}"
            if where == "PostgreSQL":
                here = await stack.enter_async_context(server(folder / "pg"))
                url = await here.make("kiosk")
            key = Fernet.generate_key().decode()
            await make_old_shop(url, key, [OLGA], sizes)
            served = await stack.enter_async_context(serve_world(demo_world(more_services=200)))
            settings = bot_settings(served) | {"DATABASE_URL": url, "GOODS_KEY": key}
            bot = await stack.enter_async_context(running(("bot", "run"), settings, folder))
            crowd = Crowd(served.world.telegram, _PEOPLE)
            await crowd.arrives()
            olga = Guest(served.world.telegram.people[OLGA])
            served.world.telegram.subscribe(olga.hears)
            await olga.says("/start")
            await bot.until_quiet()
            async for line in _compare(bot, crowd, olga):
                yield f"{where}, {sizes.orders:,} orders: {line}; load {os.getloadavg()[0]:.1f}"


async def _compare(bot: Running, crowd: Crowd, olga: Guest) -> AsyncIterator[str]:
    calm = Load()
    for _ in range(_CALM):
        await crowd.walks(bot, _A_ROUND, around, calm)
    yield f"people alone: {calm}, p95 {calm.wait_ms(0.95):.0f} ms, {bot.memory_mb():.0f} MB"
    for kind in _KINDS:
        yield await _one(kind, bot, crowd, olga, calm)


async def _one(kind: str, bot: Running, crowd: Crowd, olga: Guest, calm: Load) -> str:
    """One export while people walk on."""
    before, highest, busy = bot.memory_mb(), 0.0, Load()
    known = len(_files(olga))
    await olga.says(f"/export {kind}")
    began = time.perf_counter()
    async with asyncio.timeout(_WITHIN_S):
        while len(_files(olga)) == known:
            await crowd.walks(bot, _A_ROUND, around, busy)
            highest = max(highest, bot.memory_mb())
    took_s = time.perf_counter() - began
    file = _files(olga)[-1].document
    assert file is not None  # noqa: S101 - it was waited for
    ratios = ", ".join(
        f"p{share * 100:.0f} {busy.wait_ms(share):.0f} ms "
        f"({busy.wait_ms(share) / calm.wait_ms(share):.2f} times)"
        for share in (0.5, 0.95, 0.99)
    )
    return (
        f"{kind}: {file.name}, {len(file.content) / 2**20:.1f} MB in {took_s:.0f} s; people "
        f"beside it {ratios}; memory {before:.0f} MB before, {highest:.0f} at most, "
        f"{bot.memory_mb():.0f} after"
    )


def _files(olga: Guest) -> list[BotMessage]:
    return [one for one in olga.person.messages if one.document is not None]
