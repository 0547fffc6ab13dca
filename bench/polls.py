"""What it costs to follow many open orders: CPU and memory of a shop, how late a reading is."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.fernet import Fernet

from bench.figures import percentile
from bench.open_orders import OpenOrders
from bench.processes import Running, running
from bench.shops import bare_settings
from sandbox.clock import wall_clock
from sandbox.suppliers import AccPlanetWorld
from sandbox.telegram import TelegramWorld
from sandbox.world import OLGA, TOKEN, World, serve_world

_CAP: Final = 20
_ROUNDS: Final = 5
_ROUND_S: Final = 10.0
_GOAL_MS: Final = 2
_NONE: Final = OpenOrders(0, timedelta(), timedelta())
_FEW: Final = OpenOrders(100, timedelta(minutes=3), timedelta(minutes=3))
"""At this age an order is read every five seconds."""
_MANY: Final = OpenOrders(10_000, timedelta(days=4), timedelta(days=2))
"""At this age an order is read every ten minutes, so that the cap is enough for so many."""
_NOT_BEFORE: Final = timedelta(minutes=10)
"""While the shops start nothing is due, or they would have to catch up."""
_SETTLED_S: Final = 3.0
_SPREADS: Final = (timedelta(), timedelta(seconds=5), timedelta(minutes=10), timedelta())
"""Over how long the orders of each shop are due; those of the last one are due at once."""
_PLAN: Final = "UPDATE orders SET due_at = ? + ? * (id - 1) / (SELECT count(*) FROM orders)"
_PLANNED: Final = "SELECT remote_order, due_at FROM orders"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(slots=True)
class _Shop:
    """One running shop, its supplier, and what was seen of both in each round."""

    bot: Running
    supplier: AccPlanetWorld
    file: Path
    cpu_ms: list[float] = field(default_factory=list)
    polls: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    late_s: list[float] = field(default_factory=list)
    """Of each order that was read, once a round, from when it was due."""

    @property
    def per_s(self) -> float:
        """Polls a second."""
        return sum(self.polls) / sum(self.seconds)

    def each_ms(self, idle: _Shop) -> float:
        """CPU for one poll: what it takes more than a shop without orders at the same time."""
        rounds = zip(self.cpu_ms, idle.cpu_ms, self.polls, strict=True)
        return median((ours - theirs) / polls for ours, theirs, polls in rounds)

    def take_in(self, due_at: dict[str, datetime], cpu_s: float, seconds: float) -> None:
        """What became of a round."""
        received = self.supplier.received_of("status")
        self.supplier.received.clear()
        self.cpu_ms.append(cpu_s * 1000)
        self.polls.append(len(received))
        self.seconds.append(seconds)
        for request in received:
            planned = due_at.pop(request.params["order"], None)
            if planned is not None and planned <= request.at:  # not one that was claimed already
                self.late_s.append((request.at - planned).total_seconds())


async def measure() -> AsyncIterator[str]:
    """Four shops run side by side, so that each round is of the same seconds for all."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
        key = Fernet.generate_key().decode()
        files = [_file(folder / name) for name in ("none", "few", "many", "behind")]
        for file, orders in zip(files, (_NONE, _FEW, _MANY), strict=False):
            await orders.store(file, key)
        await asyncio.to_thread(shutil.copy, files[2], files[3])
        shops = []
        for file, orders in zip(files, (_NONE, _FEW, _MANY, _MANY), strict=True):
            await asyncio.to_thread(_plan, file, _NOT_BEFORE, timedelta())
            shops.append(await _open(stack, file, orders, key))
        for shop in shops:
            await shop.bot.until_quiet()
        for file, spread in zip(files, _SPREADS, strict=True):
            await asyncio.to_thread(_plan, file, timedelta(), spread)
        await asyncio.sleep(_SETTLED_S)
        for shop in shops:
            shop.supplier.received.clear()
        for _ in range(_ROUNDS):
            await _watch(shops)
        for line in _lines(*shops):
            yield line


def _lines(none: _Shop, few: _Shop, many: _Shop, behind: _Shop) -> list[str]:
    return [
        _line(f"{_FEW.many} open orders, each read every 5 s", few, none),
        _line(f"{_MANY.many:,} open orders, each read every 10 minutes", many, none),
        (
            f"{_MANY.many:,} all due at once: {behind.per_s:.1f} polls/s of the cap's {_CAP}, "
            f"{behind.each_ms(none):.2f} ms CPU a poll"
        ),
        (
            f"CPU a poll against {_FEW.many} open orders: {_MANY.many:,} take "
            f"{many.each_ms(none) / few.each_ms(none):.2f} times as much, all due at once "
            f"{behind.each_ms(none) / few.each_ms(none):.2f} times"
        ),
    ]


def _line(words: str, shop: _Shop, none: _Shop) -> str:
    late = f"p95 {percentile(shop.late_s, 0.95):.2f} s, longest {max(shop.late_s):.2f} s"
    held = shop.bot.memory_mb() - none.bot.memory_mb()
    return (
        f"{words}: {shop.per_s:.1f} polls/s at a cap of {_CAP}, {shop.each_ms(none):.2f} ms CPU "
        f"a poll (goal {_GOAL_MS}), past due {late}, {held:+.0f} MB"
    )


def _file(folder: Path) -> Path:
    data = folder / "data"
    data.mkdir(parents=True)
    return data / "kiosk.db"


def _plan(file: Path, after: timedelta, spread: timedelta) -> None:
    """Have the first reading of each order fall due so long from now, evenly within `spread`."""
    first = (wall_clock() + after - _EPOCH) // _MICROSECOND
    with closing(sqlite3.connect(file)) as books, books:
        books.execute(_PLAN, (first, spread // _MICROSECOND))


async def _open(stack: AsyncExitStack, file: Path, orders: OpenOrders, key: str) -> _Shop:
    supplier = orders.supplier()
    world = World(TelegramWorld(TOKEN, wall_clock), (supplier,), frozenset({OLGA}))
    served = await stack.enter_async_context(serve_world(world))
    cap = {"SUPPLIERS__ACCPLANET__RATE_CAP": str(_CAP), "GOODS_KEY": key}
    settings = bare_settings(served) | cap
    folder = file.parent.parent
    bot = await stack.enter_async_context(running(("bot", "run"), settings, folder))
    return _Shop(bot, supplier, file)


async def _watch(shops: list[_Shop]) -> None:
    """One round: how late the readings come that are planned as it begins."""
    due_at = [await asyncio.to_thread(_planned, shop.file) for shop in shops]
    before = [(shop.bot.cpu_s(), time.perf_counter()) for shop in shops]
    await asyncio.sleep(_ROUND_S)
    for shop, planned, (cpu_s, began_s) in zip(shops, due_at, before, strict=True):
        shop.take_in(planned, shop.bot.cpu_s() - cpu_s, time.perf_counter() - began_s)


def _planned(file: Path) -> dict[str, datetime]:
    """When each order is due, by the supplier's id."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        return {order: _EPOCH + at * _MICROSECOND for order, at in books.execute(_PLANNED)}
