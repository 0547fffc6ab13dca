"""The figures of a shop with a year of sales: how soon they are read, and drawn beside taps."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.fernet import Fernet

from bench.desk import open_url
from bench.figures import percentile
from bench.old_shop import Sizes, make_old_shop
from bench.search import ticking
from bot.app.kinds import PARTS
from bot.app.kiosk import LOCALES
from bot.base.clock import SystemClock
from bot.chat.kit.locale import Locale, Locales
from bot.chat.pictures.chart import chart_svg
from bot.chat.pictures.draw import DrawPicture
from bot.db.database import Database, open_database
from bot.db.tx import TxSettings
from bot.desk.dashboard import read_dashboard
from bot.desk.stats.read import Span, Stats, read_stats
from bot.i18n.texts import Texts
from bot.ops.seal import Seal
from bot.orders.sales.days import day_of
from bot.orders.sales.keep import KeepSales
from bot.people.operators import list_operators

_SIZES: Final = Sizes()
_READ_MS, _DRAWN_MS = 300, 500
_ROUNDS: Final = 40
_PICTURES: Final = 10
_CALM_S: Final = 2.0
_SPANS: Final = {"a day": 1, "a week": 7, "a month": 30, "a year": 365}
_LANGUAGES: Final = ("en", "ar", "zh")


async def measure() -> AsyncIterator[str]:
    """On each database: figures counted at once, then from what is kept; and the pictures."""
    for where in ("SQLite", "PostgreSQL"):
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            url, key = await open_url(where, stack, folder), Fernet.generate_key().decode()
            await make_old_shop(url, key, (900_000,), _SIZES)
            db = await open_database(url, SystemClock())
            stack.push_async_callback(db.close)
            db.settings = TxSettings(Seal.with_keys([key]), list_operators, parts=PARTS)
            stats = await db.read(read_stats, Span(_today(db) - 29, _today(db)))
            async for line in _figures(db, where):
                yield line
            async for line in _pictures(stats, where):
                yield line


def _today(db: Database) -> int:
    return day_of(db.clock.now(), db.settings.zone)


async def _figures(db: Database, where: str) -> AsyncIterator[str]:
    async for line in _reads(db, f"{where}, nothing kept", 3):
        yield line
    began, days = time.perf_counter(), 0
    while counted := await KeepSales(db)():
        days += counted
    yield f"{where}: {days} days of {_SIZES.orders:,} orders kept in {_s(began):.1f} s"
    async for line in _reads(db, where, _ROUNDS):
        yield line
    seen = await _timed(lambda: db.read(read_dashboard, ()), _ROUNDS)
    yield f"{where}: the desk at a glance p95 {_ms(seen, 0.95):.0f} ms; {_load()}"


async def _reads(db: Database, where: str, rounds: int) -> AsyncIterator[str]:
    for name, days in _SPANS.items():
        span = Span(_today(db) - days + 1, _today(db))
        waits = await _timed(partial(db.read, read_stats, span), rounds)
        yield (
            f"{where}: {name} and the one before: p50 {_ms(waits, 0.5):.0f} ms, p95 "
            f"{_ms(waits, 0.95):.0f} ms (goal: {_READ_MS} ms) of {rounds}"
        )


async def _pictures(stats: Stats, where: str) -> AsyncIterator[str]:
    locales, draw = Locales.from_texts(Texts.load(LOCALES), "USD"), DrawPicture()
    calm: list[float] = []
    async with ticking(calm):
        await asyncio.sleep(_CALM_S)
    for code in _LANGUAGES:
        locale, late = locales.of(code), list[float]()
        chart_svg(locale, stats, "Kiosk")  # a language is read once
        async with ticking(late):
            waits = await _timed(partial(_draw, draw, locale, stats), _PICTURES)
        yield (
            f"{where}: a picture in {code}: p50 {_ms(waits, 0.5):.0f} ms, p95 "
            f"{_ms(waits, 0.95):.0f} ms (goal: {_DRAWN_MS} ms); the event loop is late by p99 "
            f"{_ms(late, 0.99):.1f} ms, {max(late) * 1000:.0f} ms at most, and by "
            f"{_ms(calm, 0.99):.1f} ms without; "
            f"{_load()}"
        )


async def _draw(draw: DrawPicture, locale: Locale, stats: Stats) -> None:
    assert await draw(chart_svg(locale, stats, "Kiosk")) is not None  # noqa: S101 - a chapter that draws nothing says nothing


async def _timed(act: Callable[[], Awaitable[object]], rounds: int) -> list[float]:
    waits = []
    for _ in range(rounds):
        began = time.perf_counter()
        await act()
        waits.append(_s(began))
    return waits


def _s(began: float) -> float:
    return time.perf_counter() - began


def _ms(waits: list[float], share: float) -> float:
    return percentile(waits, share) * 1000


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"
