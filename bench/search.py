"""What a search costs: how long one takes, and how long others wait for it meanwhile."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd, Guest, around
from bench.figures import Load, percentile
from bench.names import QUERIES, listed_name
from bench.processes import Running
from bench.shops import LiveShop, until_open
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.search.build import build_english
from bot.catalog.search.look import Look
from bot.catalog.shelf import Shelf
from bot.i18n.countries import country_name
from bot.suppliers.words import CatalogRow, Kind
from sandbox.clock import wall_clock
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers.services import SandboxService
from sandbox.telegram import TelegramWorld
from sandbox.world import OLGA, TOKEN, World, serve_world

_SERVICES: Final = 10_000
_IN_A_CATEGORY: Final = 400
_GOAL_MS: Final = 30
_ROUNDS: Final = 20
_TICK_S: Final = 0.001
_CALM_S: Final = 2.0
_PEOPLE: Final = 20
_SEARCHERS: Final = 2
_PAUSE_S: Final = 0.2
_TAPS: Final = 400
_TURNS: Final = 3
_FIRST_SEARCHER: Final = 900_000


async def measure() -> AsyncIterator[str]:
    """The search alone, then in a running shop whose customers tap on."""
    async for line in _alone():
        yield line
    async for line in _beside_taps():
        yield line


async def _alone() -> AsyncIterator[str]:
    shelf = _shelf()
    began, cpu = time.perf_counter(), time.thread_time()
    look = Look(shelf, build_english(shelf, country_name))
    wall, cpu = time.perf_counter() - began, time.thread_time() - cpu
    yield (
        f"{_SERVICES:,} services in 12 scripts are indexed in {cpu:.2f} s of CPU ({wall:.2f} s)"
    )
    cpu_s: list[float] = []
    waits: list[float] = []
    calm: list[float] = []
    late: list[float] = []
    async with ticking(calm):
        await asyncio.sleep(_CALM_S)
    async with ticking(late):
        for query in QUERIES * _ROUNDS:
            began = time.perf_counter()
            cpu_s.append(await asyncio.to_thread(_searched, look, query))
            waits.append(time.perf_counter() - began)
    yield (
        f"a search takes p50 {_ms(cpu_s, 0.5):.1f} ms of CPU, p95 {_ms(cpu_s, 0.95):.1f} ms, "
        f"{max(cpu_s) * 1000:.1f} ms at most (goal: {_GOAL_MS} ms); by the clock p50 "
        f"{_ms(waits, 0.5):.1f} ms, p95 {_ms(waits, 0.95):.1f} ms; load {os.getloadavg()[0]:.1f}"
    )
    yield (
        f"the event loop is late by p50 {_ms(late, 0.5):.1f} ms, p99 {_ms(late, 0.99):.1f} ms "
        f"meanwhile, and by {_ms(calm, 0.5):.1f} and {_ms(calm, 0.99):.1f} ms without"
    )


def _searched(look: Look, query: str) -> float:
    """Seconds of CPU that it took."""
    began = time.thread_time()
    look.hits(query)
    return time.thread_time() - began


@asynccontextmanager
async def ticking(late: list[float]) -> AsyncIterator[None]:
    """How late the loop is while the block lasts."""
    done = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_tick(done, late))
        yield
        done.set()


async def _tick(done: asyncio.Event, late: list[float]) -> None:
    """How much later than it should the loop comes back from a millisecond's rest."""
    while not done.is_set():
        at = time.perf_counter()
        await asyncio.sleep(_TICK_S)
        late.append(time.perf_counter() - at - _TICK_S)


async def _beside_taps() -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
        shop = LiveShop(await stack.enter_async_context(serve_world(_world())), folder)
        bot = await shop.start(stack)
        await until_open(shop.telegram, bot)
        crowd = Crowd(shop.telegram, _PEOPLE)
        await crowd.arrives()
        searchers = [await _searcher(shop, nth) for nth in range(_SEARCHERS)]
        await bot.until_quiet()
        # Nobody asks the same twice in a row: the card would not change.
        queries = [cycle((*QUERIES[nth * 9 :], *QUERIES[: nth * 9])) for nth in range(_SEARCHERS)]
        first = await _asks(searchers[0], next(queries[0]))
        still, busy, waits = Load(), Load(), list[float]()
        for _ in range(_TURNS):
            await crowd.walks(bot, _TAPS, around, still)
            await _walk_beside(zip(searchers, queries, strict=True), crowd, bot, busy, waits)
        yield (
            f"taps beside {_SEARCHERS} people who search wait p50 "
            f"{busy.wait_ms(0.5) / still.wait_ms(0.5):.2f} and p99 "
            f"{busy.wait_ms(0.99) / still.wait_ms(0.99):.2f} times as long as without them"
        )
        yield f"without: {still}; beside: {busy}; load {os.getloadavg()[0]:.1f}"
        yield (
            f"from a typed word to its results: p50 {_ms(waits, 0.5):.0f} ms, p95 "
            f"{_ms(waits, 0.95):.0f} ms of {len(waits)}; the very first {first * 1000:.0f} ms"
        )


async def _searcher(shop: LiveShop, nth: int) -> Guest:
    guest = Guest(shop.telegram.person(_FIRST_SEARCHER + nth, "Alice"))
    shop.telegram.subscribe(guest.hears)
    await guest.says("/start")
    return guest


async def _asks(guest: Guest, query: str) -> float:
    began = time.perf_counter()
    await guest.says(query[:4000])
    return time.perf_counter() - began


async def _walk_beside(
    searchers: Iterable[tuple[Guest, Iterator[str]]],
    crowd: Crowd,
    bot: Running,
    load: Load,
    waits: list[float],
) -> None:
    done = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for guest, queries in searchers:
            tasks.create_task(_search_on(guest, queries, done, waits))
        await crowd.walks(bot, _TAPS, around, load)
        done.set()


async def _search_on(
    guest: Guest, queries: Iterator[str], done: asyncio.Event, waits: list[float]
) -> None:
    for query in queries:
        if done.is_set():
            return
        waits.append(await _asks(guest, query))
        await asyncio.sleep(_PAUSE_S)


def _world() -> World:
    listed = [
        SandboxService(
            id=100_000 + number,
            name=listed_name(number),
            rate=Decimal(number % 997 + 1) / 100,
            category=f"Category {number // _IN_A_CATEGORY + 1:02}",
            stock=1 + number % 500,
        )
        for number in range(_SERVICES)
    ]
    seller = AccPlanetWorld(now=wall_clock, services=listed)
    return World(TelegramWorld(TOKEN, wall_clock), (seller,), frozenset({OLGA}))


def _shelf() -> Shelf:
    labels = {one.id: one for one in _labels()}
    pricing = Pricing(Decimal(0), Money(10_000))
    return Shelf((_service(number) for number in range(_SERVICES)), labels, pricing, {})


def _labels() -> Iterator[Category]:
    for number in range(1, _SERVICES // _IN_A_CATEGORY + 2):
        yield Category(CategoryId(number), f"Category {number:02}", None)


def _service(number: int) -> Service:
    name, stock = listed_name(number), 1 + number % 500
    row = CatalogRow(RemoteId(f"r{number}"), name, "", "", Decimal(1), 1, 100, stock)
    category = CategoryId(number // _IN_A_CATEGORY + 1)
    now = datetime(2026, 3, 1, tzinfo=UTC)
    return Service(
        ServiceId(number + 1), SupplierName("bench"), row, Kind.PRODUCT, 1, category, now
    )


def _ms(waits: list[float], share: float) -> float:
    return percentile(waits, share) * 1000
