"""How long after the supplier has finished an order its goods stand in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
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
from sandbox.suppliers import SupplierWorld
from sandbox.telegram import Change
from sandbox.world import ServedWorld, serve_world

_BUYERS: Final = 12
_FIRST_ID: Final = 60_000
_ORDERS: Final = 60
_GOAL_MS: Final = 300
_CAP: Final = {"SUPPLIERS__ACCPLANET__RATE_CAP": "50"}
"""What is to be seen is neither the wait for a turn under a cap nor the pace of a single chat."""
_INTERVAL_S: Final = 1.1
"""A young order is read every second, give or take a tenth."""
_PATIENCE_S: Final = 30.0
_GOODS: Final = "user_"
"""How the sandbox's made-up accounts begin; the order's id follows."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """When the supplier was done, when it was asked and said so, and when the goods were there."""

    done_at: datetime
    told_at: datetime
    came_at: datetime

    @property
    def whole_s(self) -> float:
        """From done to the chat."""
        return (self.came_at - self.done_at).total_seconds()

    @property
    def told_s(self) -> float:
        """From the question that is answered with it to the chat."""
        return (self.came_at - self.told_at).total_seconds()


async def measure() -> AsyncIterator[str]:
    """Customers buy one account after the other, each as soon as the last has come."""
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(one_service()) as served,
            running(("bot", "run"), bot_settings(served) | _CAP, Path(folder)) as bot,
        ):
            buyers = [Buyer(served, _FIRST_ID + nth) for nth in range(_BUYERS)]
            await welcome(served, [one.guest for one in buyers])
            await bot.until_quiet()
            async with asyncio.TaskGroup() as tasks:
                for buyer in buyers:
                    tasks.create_task(buyer.buys(_ORDERS // _BUYERS))
    came = [one for buyer in buyers for one in buyer.deliveries]
    whole, told = [one.whole_s for one in came], [one.told_s for one in came]
    beyond = (percentile(whole, 0.95) - _INTERVAL_S) * 1000
    yield (
        f"p95 {beyond:.0f} ms beyond the poll interval (goal {_GOAL_MS}), from done at the "
        f"supplier to the goods in the chat, over {len(came)} orders at a cap of 50 requests/s"
    )
    yield (
        f"with the interval p50 {percentile(whole, 0.5):.2f} s, p95 {percentile(whole, 0.95):.2f} "
        f"s, slowest {max(whole):.2f} s; from the question that is answered with it "
        f"p50 {percentile(told, 0.5) * 1000:.0f} ms, p95 {percentile(told, 0.95) * 1000:.0f} ms"
    )


class Buyer:
    """A customer who waits for each order before the next."""

    def __init__(self, served: ServedWorld, user: int) -> None:
        self._supplier = served.world.suppliers[0]
        telegram = served.world.telegram
        self.guest = Guest(telegram.person(user, "Guest"))
        self.deliveries: list[Delivery] = []
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
                word, came_at = await self._goods.get()
            order = self._supplier.orders[word.split("_")[1]]
            done_at = order.placed_at + timedelta(seconds=order.timeline[-1].after_s)
            told_at = _first_told(self._supplier, str(order.id), done_at)
            self.deliveries.append(Delivery(done_at, told_at, came_at))


def _first_told(supplier: SupplierWorld, order: str, done_at: datetime) -> datetime:
    """When the supplier was first asked about an order that it had finished."""
    asked = (one for one in supplier.received_of("status") if one.params["order"] == order)
    return next(one.at for one in asked if one.at >= done_at)
