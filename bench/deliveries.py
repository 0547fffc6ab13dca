"""How long after the supplier has finished an order its goods stand in the chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.crowd import Guest, taps_on
from bench.figures import percentile
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.telegram import BotMessage, Change, Person
from sandbox.world import ALICE, AMIRA, BORIS, OLGA, ServedWorld, World, demo_world, serve_world

_BUYERS: Final = (ALICE, BORIS, AMIRA)
_ORDERS: Final = 21
_PROMISED_S: Final = 2.0
_PATIENCE_S: Final = 30.0
_GOODS: Final = "user_"
"""How the sandbox's made-up accounts begin; the order's id follows."""
_WAY: Final = ("y:", "t:", "q:", "s:", "k:")
"""The taps that lead to Confirm, the last step first."""


async def measure() -> AsyncIterator[str]:
    """Three customers buy one account after the other, each as soon as the last has come."""
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(_one_service()) as served,
            running(("bot", "run"), bot_settings(served), Path(folder)) as bot,
        ):
            buyers = [_Buyer(served, user) for user in _BUYERS]
            await _welcome(served, buyers)
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


class _Buyer:
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
            await _confirm(self.guest.person)
            async with asyncio.timeout(_PATIENCE_S):
                word, at = await self._goods.get()
            order = self._orders[word.split("_")[1]]
            done = order.placed_at + timedelta(seconds=order.timeline[-1].after_s)
            self.waits_s.append((at - done).total_seconds())


async def _confirm(person: Person) -> None:
    """From the catalog to Confirm, by the first button that leads on."""
    known = person.last_message.message_id
    person.sends("/catalog")
    card = await person.waits_for(lambda said: said.message_id > known and bool(_way_on(said)))
    while not (tap := _way_on(card)).startswith(_WAY[0]):
        before = card.keyboard
        person.taps_raw(tap, card.message_id)
        card = await person.waits_for(partial(_is_changed, card.message_id, before))
    person.taps_raw(tap, card.message_id)


def _way_on(card: BotMessage) -> str:
    """The tap that leads furthest towards Confirm, if any does."""
    ways = (tap for kind in _WAY for tap in taps_on(card) if tap.startswith(kind))
    return next(ways, "")


def _is_changed(message_id: int, before: object, said: BotMessage) -> bool:
    return said.message_id == message_id and said.keyboard is not before and bool(_way_on(said))


async def _welcome(served: ServedWorld, buyers: list[_Buyer]) -> None:
    """Everybody comes, the shelf gets filled, and Olga gives credit for nothing."""
    olga = Guest(served.world.telegram.person(OLGA, "Olga"))
    served.world.telegram.subscribe(olga.hears)
    await olga.says("/start")
    for buyer in buyers:
        await buyer.guest.says("/start")
        await olga.says(f"/topup {buyer.guest.person.user_id} 100")


def _one_service() -> World:
    """The demo's world, with one account on AccPlanet's shelf: the way to it is plain."""
    world = demo_world()
    accplanet, *others = world.suppliers
    for other in others:
        other.services = {}
    accplanet.services = {"10043": accplanet.services["10043"]}
    return world
