"""How long a broadcast to 20,000 takes, what taps and deliveries cost meanwhile, and Telegram.

`BROADCAST_TO=500 python -m bench broadcast` sends to fewer.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.fernet import Fernet
from sqlalchemy import insert

from bench.crowd import Crowd, Guest, around, button
from bench.desk import open_url
from bench.figures import Load
from bench.processes import Running, running
from bot.app.kinds import PARTS
from bot.base.clock import SystemClock
from bot.db.database import open_database
from bot.db.opening import open_schema
from bot.db.tx import Tx, TxSettings
from bot.ops.seal import Seal
from bot.people.operators import list_operators
from bot.people.tables import customers
from sandbox.bot_settings import bot_settings
from sandbox.telegram import BotMessage, Change, TelegramWorld
from sandbox.telegram.limits import Limits
from sandbox.world import OLGA, ServedWorld, demo_world, serve_world

_DATABASES: Final = ("SQLite", "PostgreSQL")
_ALL: Final = int(os.environ.get("BROADCAST_TO", "20000"))
_FIRST: Final = 700_000
_PEOPLE: Final = 20
_TAPS_BEFORE: Final = 30
_RESTS_S: Final = 2.0
"""People read before they tap on: their answers count among what Telegram takes in a second."""
_PER_S: Final = 20
_WORDS: Final = "Gmail is back on the shelf"
_BEGINS_WITHIN_S: Final = 300.0
_DONE_WITHIN_S: Final = 120.0 + _ALL / _PER_S * 6


@dataclass
class _Heard:
    """When each customer got it, and how often."""

    times: Counter[int] = field(default_factory=Counter)
    first_s: float = 0.0
    last_s: float = 0.0
    has_begun: asyncio.Event = field(default_factory=asyncio.Event)

    def notice(self, change: Change) -> None:
        """Take note of a message of the broadcast."""
        chat = change.chat_id or 0
        if change.kind != "sent" or not isinstance(change.subject, BotMessage):
            return
        if chat < _FIRST or change.subject.text != _WORDS:
            return
        self.times[chat] += 1
        self.last_s = time.perf_counter()
        if not self.has_begun.is_set():
            self.first_s = self.last_s
            self.has_begun.set()


async def measure() -> AsyncIterator[str]:
    """On each database: people tap, then they tap on while everybody is written to."""
    for where in _DATABASES:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            url, key = await open_url(where, stack, folder), Fernet.generate_key().decode()
            await _make_customers(url, key)
            served = await stack.enter_async_context(serve_world(demo_world(more_services=200)))
            settings = bot_settings(served) | {"DATABASE_URL": url, "GOODS_KEY": key}
            bot = await stack.enter_async_context(running(("bot", "run"), settings, folder))
            before, meanwhile, heard = Load(), Load(), _Heard()
            chosen_s = await _write_to_all(served, bot, heard, (before, meanwhile))
            telegram = served.world.telegram
            refused = Counter(
                call.refusal.partition(":")[0] for call in telegram.calls if call.refusal
            )
            whole_s = heard.last_s - heard.first_s
            yield (
                f"{where}: {len(heard.times):,} of {_ALL:,} got it in {whole_s:.0f} s "
                f"({len(heard.times) / max(whole_s, 0.001):.1f} a second), "
                f"{max(heard.times.values())} message each; the first {chosen_s:.1f} s after "
                f"the tap; refused calls {dict(refused)}; load {os.getloadavg()[0]:.1f}"
            )
            yield f"{where}: {_PEOPLE} people tapping every two seconds before: {before}"
            yield f"{where}: the same meanwhile: {meanwhile}"
            ratio = meanwhile.wait_ms(0.95) / before.wait_ms(0.95)
            yield (
                f"{where}: p95 of a tap {before.wait_ms(0.95):.0f} ms before, "
                f"{meanwhile.wait_ms(0.95):.0f} ms meanwhile: {ratio:.2f} times"
            )


async def _make_customers(url: str, key: str) -> None:
    """A new database in which everybody is a customer already."""
    db = await open_database(url, SystemClock())
    try:
        db.settings = TxSettings(Seal.with_keys([key]), list_operators, parts=PARTS)
        await db.write(open_schema)
        await db.write(_put_customers)
    finally:
        await db.close()


def _put_customers(tx: Tx) -> None:
    seen = {"language": "en", "created_at": tx.now, "seen_at": tx.now, "first_name": "Guest"}
    tx.execute(insert(customers), [{"id": one, **seen} for one in range(_FIRST, _FIRST + _ALL)])


async def _write_to_all(
    served: ServedWorld, bot: Running, heard: _Heard, loads: tuple[Load, Load]
) -> float:
    """Taps before, and taps until everybody has got it; the seconds from Send to the first."""
    telegram, (before, meanwhile) = served.world.telegram, loads
    for one in range(_FIRST, _FIRST + _ALL):
        telegram.person(one, "Guest").has_started = True
    telegram.subscribe(heard.notice)
    crowd = Crowd(telegram, _PEOPLE)
    await crowd.arrives()
    await bot.until_quiet()
    await _walk(crowd, bot, before, lambda taps: taps >= _TAPS_BEFORE)
    telegram.limits = Limits()
    sent_s = await _send(telegram)
    async with asyncio.timeout(_BEGINS_WITHIN_S):
        await heard.has_begun.wait()
    async with asyncio.timeout(_DONE_WITHIN_S):
        await _walk(crowd, bot, meanwhile, lambda _: len(heard.times) >= _ALL)
    return heard.first_s - sent_s


async def _send(telegram: TelegramWorld) -> float:
    """Olga writes it and taps twice; when the second tap was made."""
    olga = Guest(telegram.person(OLGA, "Olga"))
    telegram.subscribe(olga.hears)
    await olga.says("/start")
    await olga.says(f"/broadcast {_WORDS}")
    await olga.taps(button(olga.card, "bs:"))
    sent_s = time.perf_counter()
    await olga.taps(button(olga.card, "bs:"))
    return sent_s


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
