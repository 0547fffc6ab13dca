"""What a query behind `@bot` costs: with words, without any, and beside a tap of the same shop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Crowd, to_and_fro
from bench.figures import Load
from bench.processes import Running
from bench.shops import LiveShop, until_open, world_of
from sandbox.telegram import Person
from sandbox.telegram.messages import Query
from sandbox.world import serve_world

_SHELVES: Final = (12, 10_000)
_PEOPLE: Final = 10
_TIMES: Final = 400
_ROUNDS: Final = 3
_WORDS: Final = ("acount", "gmail", "follow", "инстаграм", "canva pro 1")
_PATIENCE_S: Final = 60.0


async def measure() -> AsyncIterator[str]:
    """Queries and taps by turns, on a short shelf and on a long one."""
    for count in _SHELVES:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            world = await stack.enter_async_context(serve_world(world_of(count)))
            shop = LiveShop(world, folder)
            bot = await shop.start(stack)
            await until_open(shop.telegram, bot)
            yield f"{count:,} services: {await _compared(shop, bot)}"


async def _compared(shop: LiveShop, bot: Running) -> str:
    crowd = Crowd(shop.telegram, _PEOPLE)
    await crowd.arrives()
    await bot.until_quiet()
    people = [guest.person for guest in crowd.guests.values()]
    taps, empty, words = Load(), Load(), Load()
    await _types(bot, people, _WORDS, Load())  # the index of names is made at the first of them
    for _ in range(_ROUNDS):
        await crowd.walks(bot, _TIMES, to_and_fro, taps)
        await _types(bot, people, ("",), empty)
        await _types(bot, people, _WORDS, words)
    return (
        f"a query with words takes {words.cpu_ms / taps.cpu_ms:.2f} times the CPU of a tap, "
        f"without words {empty.cpu_ms / taps.cpu_ms:.2f} times "
        f"({words.cpu_ms:.2f}, {empty.cpu_ms:.2f} and {taps.cpu_ms:.2f} ms)"
    )


async def _types(bot: Running, people: Sequence[Person], words: Sequence[str], load: Load) -> None:
    """So many queries in all, each person's next one when the one before is answered."""
    each = _TIMES // len(people)
    began, cpu = time.perf_counter(), bot.cpu_s()
    async with asyncio.TaskGroup() as tasks:
        for person in people:
            tasks.create_task(_ask(person, words, each, load))
    load.wall_s += time.perf_counter() - began
    load.cpu_s += bot.cpu_s() - cpu
    load.taps += each * len(people)


async def _ask(person: Person, words: Sequence[str], times: int, load: Load) -> None:
    world = person.world
    for number in range(times):
        typed = person.types_inline(words[number % len(words)])["inline_query"]
        query, began = world.queries[typed["id"]], time.perf_counter()
        await world.waits_until(partial(_is_answered, query), _PATIENCE_S)
        load.waits_s.append(time.perf_counter() - began)


def _is_answered(query: Query) -> bool:
    return query.answered
