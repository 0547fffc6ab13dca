"""Processes forked from one that has imported the shop: a life costs milliseconds to begin."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Final

from tests.crash.mortal import Orders, live

_PRELOADED: Final = ["tests.crash.frozen"]
KILLED: Final = -signal.SIGKILL


@dataclass(eq=False, slots=True)
class Life:
    """One process of the bot, from its birth to its end."""

    process: ForkServerProcess
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def exit_code(self) -> int | None:
        """None while it lives, minus the signal's number when one ended it."""
        return self.process.exitcode

    def kill(self, by: signal.Signals = signal.SIGKILL) -> None:
        """A signal from outside."""
        if self.process.pid is not None and not self.over.is_set():
            with suppress(ProcessLookupError):  # it died in this very instant
                os.kill(self.process.pid, by)

    async def ended(self) -> int:
        """Wait for its end; the exit code."""
        await self.over.wait()
        return self.exit_code or 0


def fork_server() -> ForkServerContext:
    """Where lives come from; its server imports everything when it is asked for the first one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def begin_life(context: ForkServerContext, orders: Orders) -> Life:
    """Fork a process that lives by these orders; its end is noticed by the running loop."""
    process = context.Process(target=live, args=(orders,))
    process.start()
    life = Life(process)
    loop, sentinel = asyncio.get_running_loop(), process.sentinel

    def notice() -> None:
        loop.remove_reader(sentinel)
        process.join()
        life.over.set()

    loop.add_reader(sentinel, notice)
    return life
