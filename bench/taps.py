"""A walk through the catalogue: this bot against the thinnest bot that aiogram can be."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd, around
from bench.figures import Load
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.serving import HOST, serve
from sandbox.telegram import TelegramWorld, telegram_app
from sandbox.world import TOKEN, demo_world, serve_world

PEOPLE: Final = 50
_TAPS: Final = 600
_WARM_UP: Final = 300
_ROUNDS: Final = 3


async def measure() -> AsyncIterator[str]:
    """By polling and by webhook, each bot in the same way as the other."""
    for way in ("polling", "webhook"):
        ours, thin = await _both(way)
        yield (
            f"by {way} {ours.cpu_ms / thin.cpu_ms:.2f} times the CPU, "
            f"{ours.wait_ms(0.99) / thin.wait_ms(0.99):.2f} times the 99th percentile and "
            f"{ours.per_s / thin.per_s:.2f} times the taps/s of the thinnest aiogram bot "
            f"({PEOPLE} people at once, {ours.taps} taps each)"
        )
        yield f"by {way} kiosk {ours}; thinnest {thin}"


async def _both(way: str) -> tuple[Load, Load]:
    """Both bots run all the time; the crowd visits one, then the other, three times."""
    ours, thin = Load(), Load()
    telegram = TelegramWorld(TOKEN, wall_clock)
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(demo_world(more_services=200)) as world,
            serve(telegram_app(telegram)) as site,
            running(
                ("bot", "run"), bot_settings(world) | _hook(way), Path(folder) / "ours"
            ) as bot,
            running(
                ("bench.thinnest",), _thin_settings(site.url) | _hook(way), Path(folder) / "thin"
            ) as thinnest,
        ):
            crowds = (Crowd(world.world.telegram, PEOPLE), Crowd(telegram, PEOPLE))
            for crowd, one in zip(crowds, (bot, thinnest), strict=True):
                await crowd.arrives()
                await one.until_quiet()
                await crowd.walks(one, _WARM_UP, around, Load())
            for _ in range(_ROUNDS):
                await crowds[0].walks(bot, _TAPS, around, ours)
                await crowds[1].walks(thinnest, _TAPS, around, thin)
    return ours, thin


def _thin_settings(url: str) -> dict[str, str]:
    return {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url}


def _hook(way: str) -> dict[str, str]:
    """The settings of a webhook on a free port, by the names that both bots read."""
    if way == "polling":
        return {}
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = f"http://{HOST}:{port}/hook"
    return {"WEBHOOK_URL": url, "WEBHOOK_SECRET": "of-the-bench", "WEBHOOK_PORT": str(port)}
