"""What a start takes and what a shop holds: this bot against the thinnest that aiogram can be."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.serving import serve
from sandbox.telegram import TelegramWorld, telegram_app
from sandbox.world import TOKEN, demo_world, serve_world

_ROUNDS: Final = 3
_GOAL_MB: Final = 50


@dataclass(slots=True)
class _Starts:
    """One bot's starts: seconds to the first answer, and megabytes once it was quiet."""

    answered_s: list[float] = field(default_factory=list)
    held_mb: list[float] = field(default_factory=list)

    async def start(
        self, module: tuple[str, ...], settings: dict[str, str], folder: Path, world: TelegramWorld
    ) -> None:
        """Start it while somebody waits who has written, and end it again."""
        guests = Crowd(world, 1)
        async with running(module, settings, folder) as bot:
            await guests.arrives()
            self.answered_s.append(bot.age_s)
            await bot.until_quiet()
            self.held_mb.append(bot.memory_mb())


async def measure() -> AsyncIterator[str]:
    """Each bot starts in turn; the shop's first start also makes its database."""
    first, ours, thin, imports = _Starts(), _Starts(), _Starts(), list[float]()
    telegram, shop = TelegramWorld(TOKEN, wall_clock), ("bot", "run")
    with TemporaryDirectory(prefix="kiosk-bench-") as name:
        folder = Path(name)
        async with (
            serve_world(demo_world(more_services=200)) as world,
            serve(telegram_app(telegram)) as site,
        ):
            settings = bot_settings(world)
            await first.start(shop, settings, folder / "ours", world.world.telegram)
            for _ in range(_ROUNDS):
                imports.append(await _imports_aiogram())
                await ours.start(shop, settings, folder / "ours", world.world.telegram)
                bare = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": site.url}
                await thin.start(("bench.thinnest",), bare, folder / "thin", telegram)
    aside, held = min(imports), min(ours.held_mb)
    yield (
        f"answers {min(ours.answered_s) - aside:.2f} s after its start, {aside:.2f} s of import "
        f"aiogram aside, and holds {held - min(thin.held_mb):.0f} MB more than the thinnest bot "
        f"(goal {_GOAL_MB})"
    )
    yield (
        f"kiosk {min(ours.answered_s):.2f} s ({first.answered_s[0]:.2f} s with a new database), "
        f"{held:.0f} MB; thinnest {min(thin.answered_s):.2f} s, {min(thin.held_mb):.0f} MB"
    )


async def _imports_aiogram() -> float:
    """What any bot pays before its first line, in seconds."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import aiogram")
    await process.wait()
    return time.perf_counter() - began
