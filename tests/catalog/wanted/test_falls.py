"""Whatever falls between two steps, a watch is told once, and of what is true."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import Final

import pytest

from bot.outbox.watch_notices import WatchedCame
from tests.catalog.wanted.watchers import Watchers
from tests.stored_shop import ALICE, BOB, Books

NAMES: Final = ("mail", "other", "third")


@dataclass
class Course:
    """Steps of a process in any order, cut short anywhere but inside Telegram's answer."""

    dice: Random

    async def _stock(self, one: Watchers) -> None:
        await one.stock(self.dice.choice(NAMES), self.dice.choice((0, 5)))

    async def _tell(self, one: Watchers) -> None:
        await one.telling.step()

    async def _send(self, one: Watchers) -> None:
        """Perhaps it falls when a message is in words, or when it is in its chat."""
        for row in await one.claim():
            assert isinstance(row.notice, WatchedCame)
            if self.dice.random() < 0.3:
                await one.telling.put_into_words(row.chat, row.notice.batch)
            elif await one.send(row) and self.dice.random() < 0.5:
                await one.telling.end_watches_of(row)

    async def _sweep(self, one: Watchers) -> None:
        await one.sweep()

    async def _wait(self, one: Watchers) -> None:
        one.books.wait(seconds=self.dice.choice((1, 30, 70)))

    async def _claim(self, one: Watchers) -> None:
        """And it falls: what was claimed is free when its lease is over."""
        await one.claim()

    async def run(self, processes: tuple[Watchers, ...], steps: int) -> None:
        each: list[Callable[[Watchers], Awaitable[None]]]
        each = [self._stock, self._tell, self._send, self._sweep, self._wait, self._claim]
        for _ in range(steps):
            await self.dice.choice(each)(self.dice.choice(processes))


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_falls_each_watch_is_told_once_of_what_is_true(
    books: Books, seed: int
) -> None:
    await books.meets(ALICE, BOB)
    watchers = Watchers(books)
    services = [await watchers.stock(name, 0) for name in NAMES]
    for service in services:
        await watchers.wait_for(service, ALICE, BOB)
    processes = (watchers, watchers.beside(await books.another()))

    await Course(Random(seed)).run(processes, 60)  # noqa: S311 - a course, no secret
    for name in NAMES:
        await watchers.stock(name, 5)
    for _ in range(4):
        books.wait(minutes=2)
        await watchers.sweep()
        await watchers.tell()
        await watchers.send_all()

    everything = [(who, service) for who in (ALICE, BOB) for service in services]
    assert watchers.read == dict.fromkeys(everything, 1)
    assert await watchers.count() == 0
