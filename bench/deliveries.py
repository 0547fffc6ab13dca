"""How long after the supplier has finished an order its goods stand in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.buying import confirm, one_service, welcome
from bench.crowd import Guest
from bench.figures import percentile
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.telegram import Change
from sandbox.world import ALICE, AMIRA, BORIS, ServedWorld, serve_world

_BUYERS: Final = (ALICE, BORIS, AMIRA)
_ORDERS: Final = 21
_PROMISED_S: Final = 2.0
_PATIENCE_S: Final = 30.0
_GOODS: Final = "user_"
"""How the sandbox's made-up accounts begin; the order's id follows."""


async def measure() -> AsyncIterator[str]:
    """Three customers buy one account after the other, each as soon as the last has come."""
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(one_service()) as served,
            running(("bot", "run"), bot_settings(served), Path(folder)) as bot,
        ):
            buyers = [Buyer(served, user) for user in _BUYERS]
            await welcome(served, [one.guest for one in buyers])
            await bot.until_quiet()
            async with asyncio.TaskGroup() as tasks:
                for buyer in buyers:
                    tasks.create_task(buyer.buys(_ORDERS // len(buyers)))
    waits = [wait for buyer in buyers for wait in buyer.waits_s]
    late = sum(wait > _PROMISED_S for wait in waits)
    yield (
        f"from done at the supplier to the goods in the chat: p50 {percentile(waits, 0.5):.2f} s, "
        f"p90 {percentile(waits, 0.9):.2f} s, slowest {max(waits):.2f} s over {len(waits)} orders "
        f"({late} over the promised {_PROMISED_S:g} s)"
    )


class Buyer:
    """A customer who waits for each order before the next."""

    def __init__(self, served: ServedWorld, user: int) -> None:
        self._orders = served.world.suppliers[0].orders
        telegram = served.world.telegram
        self.guest = Guest(telegram.person(user, "Guest"))
        self.waits_s: list[float] = []
        self._goods: asyncio.Queue[tuple[str, datetime]] = asyncio.Queue()
        telegram.subscribe(self._hears)

    def _hears(self, change: Change) -> None:
        self.guest.hears(change)
        if change.chat_id == self.guest.person.user_id and change.kind == "sent":
            for word in str(change.subject.text).split():
                if word.startswith(_GOODS):
                    self._goods.put_nowait((word, wall_clock()))

    async def buys(self, times: int) -> None:
        """So many orders of one account each."""
        for _ in range(times):
            await confirm(self.guest.person)
            async with asyncio.timeout(_PATIENCE_S):
                word, at = await self._goods.get()
            order = self._orders[word.split("_")[1]]
            done = order.placed_at + timedelta(seconds=order.timeline[-1].after_s)
            self.waits_s.append((at - done).total_seconds())
