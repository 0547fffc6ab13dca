"""How soon 5,000 who wait for a service are told that it is back, and what taps cost meanwhile."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.fernet import Fernet
from sqlalchemy import insert

from bench.crowd import Crowd, Guest, around
from bench.desk import open_url
from bench.figures import Load
from bench.ground import REMOTE, SUPPLIER
from bench.processes import Running, running
from bot.app.kinds import PARTS
from bot.base.clock import SystemClock
from bot.base.ids import ServiceId
from bot.base.money import ZERO
from bot.catalog import store
from bot.catalog.tables import watches
from bot.catalog.wanted.reasons import WatchReason
from bot.db.database import open_database
from bot.db.opening import open_schema
from bot.db.tx import Tx, TxSettings
from bot.ops.seal import Seal
from bot.people.operators import list_operators
from bot.people.tables import customers
from bot.suppliers.port import Catalog
from bot.suppliers.words import CatalogRow
from sandbox.bot_settings import bot_settings
from sandbox.suppliers.services import SandboxService
from sandbox.telegram import BotMessage, Change, TelegramWorld
from sandbox.world import ServedWorld, demo_world, serve_world

_DATABASES: Final = ("SQLite", "PostgreSQL")
_WATCHERS: Final = 5_000
_FIRST_WATCHER: Final = 700_000
_PER_S: Final = 25
_PEOPLE: Final = 20
_TAPS_BEFORE: Final = 30
_RESTS_S: Final = 1.0
"""People read before they tap on: 20 who never rest would leave no CPU to anybody."""
_WORDS: Final = "is back"
_READ_WITHIN_S: Final = 150.0
_TOLD_WITHIN_S: Final = 1_200.0


@dataclass
class _Told:
    """When each watcher was told, and how often."""

    times: dict[int, int] = field(default_factory=dict)
    first_s: float = 0.0
    last_s: float = 0.0
    has_begun: asyncio.Event = field(default_factory=asyncio.Event)

    def notice(self, change: Change) -> None:
        """Take note of a message to a watcher."""
        chat = change.chat_id or 0
        if chat < _FIRST_WATCHER or change.kind != "sent":
            return
        if not isinstance(change.subject, BotMessage) or _WORDS not in change.subject.text:
            return
        self.times[chat] = self.times.get(chat, 0) + 1
        self.last_s = time.perf_counter()
        if not self.has_begun.is_set():
            self.first_s = self.last_s
            self.has_begun.set()

    @property
    def whole_s(self) -> float:
        """From the first message to the last."""
        return self.last_s - self.first_s


async def measure() -> AsyncIterator[str]:
    """On each database: people tap, then what 5,000 wait for comes back while they tap on."""
    for where in _DATABASES:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            url, key = await open_url(where, stack, folder), Fernet.generate_key().decode()
            await _make_watchers(url, key)
            served = await stack.enter_async_context(serve_world(demo_world(more_services=200)))
            served.world.suppliers[0].put(_awaited(stock=0))
            settings = bot_settings(served) | {"DATABASE_URL": url, "GOODS_KEY": key}
            bot = await stack.enter_async_context(running(("bot", "run"), settings, folder))
            before, meanwhile, told = Load(), Load(), _Told()
            await _fan_out(served, bot, told, (before, meanwhile))
            busy = os.getloadavg()[0]
            goal_s = _WATCHERS / _PER_S
            yield (
                f"{where}: {len(told.times):,} of {_WATCHERS:,} watchers told in "
                f"{told.whole_s:.0f} s (the pace allows {goal_s:.0f} s), "
                f"{max(told.times.values())} message each; load {busy:.1f}"
            )
            yield f"{where}: {_PEOPLE} people tapping once a second before: {before}"
            yield f"{where}: the same meanwhile: {meanwhile}"
            ratio = meanwhile.wait_ms(0.95) / before.wait_ms(0.95)
            yield (
                f"{where}: p95 of a tap {before.wait_ms(0.95):.0f} ms before, "
                f"{meanwhile.wait_ms(0.95):.0f} ms meanwhile: {ratio:.2f} times"
            )


async def _make_watchers(url: str, key: str) -> None:
    """A new database with one service, and everybody who waits for it."""
    db = await open_database(url, SystemClock())
    try:
        db.settings = TxSettings(Seal.with_keys([key]), list_operators, parts=PARTS)
        await db.write(open_schema)
        row = CatalogRow(REMOTE, "Aged account", "Social", "", Decimal("0.10"), 1, 10, 0)
        await db.write(store.store, SUPPLIER, Catalog((row,), 0))
        [kept] = (await db.read(store.load)).services
        await db.write(_put_watchers, kept.id)
    finally:
        await db.close()


def _awaited(stock: int) -> SandboxService:
    """What everybody waits for, as its supplier lists it."""
    rate = Decimal("0.10")
    return SandboxService(id=10042, name="Aged account", rate=rate, category="Social", stock=stock)


def _put_watchers(tx: Tx, service: ServiceId) -> None:
    ids = range(_FIRST_WATCHER, _FIRST_WATCHER + _WATCHERS)
    seen = {"language": "en", "created_at": tx.now, "seen_at": tx.now, "first_name": "Guest"}
    tx.execute(insert(customers), [{"id": one, **seen} for one in ids])
    back = {"service": service, "reason": WatchReason.BACK, "price": ZERO, "at": tx.now}
    tx.execute(insert(watches), [{"customer": one, **back} for one in ids])


async def _fan_out(
    served: ServedWorld, bot: Running, told: _Told, loads: tuple[Load, Load]
) -> None:
    """Taps before, and taps from the first message until everybody is told."""
    telegram, (before, meanwhile) = served.world.telegram, loads
    _born(telegram)
    telegram.subscribe(told.notice)
    crowd = Crowd(telegram, _PEOPLE)
    await crowd.arrives()
    await bot.until_quiet()
    await _walk(crowd, bot, before, lambda taps: taps >= _TAPS_BEFORE)
    served.world.suppliers[0].put(_awaited(stock=50))
    async with asyncio.timeout(_READ_WITHIN_S):
        await told.has_begun.wait()
    async with asyncio.timeout(_TOLD_WITHIN_S):
        await _walk(crowd, bot, meanwhile, lambda _: len(told.times) >= _WATCHERS)


async def _walk(crowd: Crowd, bot: Running, load: Load, is_over: Callable[[int], bool]) -> None:
    """People tap and rest, each until it is over after so many taps of theirs."""
    began, cpu = time.perf_counter(), bot.cpu_s()
    async with asyncio.TaskGroup() as tasks:
        for guest in crowd.guests.values():
            tasks.create_task(_tap_on(guest, load, is_over))
    load.wall_s += time.perf_counter() - began
    load.cpu_s += bot.cpu_s() - cpu
    load.taps += len(load.waits_s)


async def _tap_on(guest: Guest, load: Load, is_over: Callable[[int], bool]) -> None:
    for number in count():
        if is_over(number):
            return
        load.waits_s.append(await guest.taps(around(guest.card, number) or guest.catalog))
        await asyncio.sleep(_RESTS_S)


def _born(telegram: TelegramWorld) -> None:
    """Everybody who waits has written to the bot before."""
    for one in range(_FIRST_WATCHER, _FIRST_WATCHER + _WATCHERS):
        telegram.person(one, "Guest").has_started = True
