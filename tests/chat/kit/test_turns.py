"""One chat's updates are answered in their order; nobody waits for another chat, or for ever."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from bot.chat.kit.telegram.turns import Turns, turn_of


@dataclass(frozen=True)
class Someone:
    id: int


@dataclass(frozen=True)
class Tap:
    """An update that carries no message."""

    message: None = None


async def passes(around: Turns, who: int, act: Any) -> None:
    """One update of a person, which waits for its turn before it acts."""

    async def handler(_event: Any, data: dict[str, Any]) -> None:
        await turn_of(data).come()
        await act()

    await around(handler, Tap(), {"event_from_user": Someone(who)})


async def test_one_persons_updates_are_answered_in_their_order() -> None:
    around, said = Turns(), list[int]()

    async def slow_then_fast(nth: int) -> None:
        for _ in range(20 - nth):
            await asyncio.sleep(0)
        said.append(nth)

    async with asyncio.TaskGroup() as tasks:
        for nth in range(20):
            tasks.create_task(passes(around, 1, lambda nth=nth: slow_then_fast(nth)))
    assert said == list(range(20))
    assert not around._last  # noqa: SLF001 - nothing is kept of those who are done


async def test_nobody_waits_for_another_person() -> None:
    around, hung, said = Turns(), asyncio.Event(), list[int]()

    async def says() -> None:
        said.append(2)
        hung.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(passes(around, 1, hung.wait))
        tasks.create_task(passes(around, 2, says))
    assert said == [2]


async def test_who_hangs_is_overtaken() -> None:
    around, hung = Turns(within_s=0.01), asyncio.Event()

    async def frees() -> None:
        hung.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(passes(around, 1, hung.wait))
        tasks.create_task(passes(around, 1, frees))


async def test_who_fails_holds_up_nobody() -> None:
    around, said = Turns(), list[int]()

    async def fails() -> None:
        raise LookupError

    async def says() -> None:
        said.append(1)

    async def refused() -> None:
        with pytest.raises(LookupError):
            await passes(around, 1, fails)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(refused())
        tasks.create_task(passes(around, 1, says))
    assert said == [1]
