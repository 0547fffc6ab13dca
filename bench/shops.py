"""Shops in processes of their own, each with one supplier and as many services as are wanted."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from bench.crowd import Guest, button, taps_on
from bench.processes import Running, running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from sandbox.suppliers.services import SandboxService
from sandbox.telegram import TelegramWorld
from sandbox.world import OLGA, TOKEN, ServedWorld, World

_IN_A_CATEGORY: Final = 400
_ASK_AGAIN_S: Final = 0.05
_SHELF_WITHIN_S: Final = 60.0


@dataclass(slots=True)
class LiveShop:
    """A shop beside its world; what is measured of it is added by whoever measures."""

    served: ServedWorld
    folder: Path

    @property
    def telegram(self) -> TelegramWorld:
        """Where its people are."""
        return self.served.world.telegram

    async def start(self, stack: AsyncExitStack) -> Running:
        """Start its process, which ends with the stack."""
        return await stack.enter_async_context(
            running(("bot", "run"), bare_settings(self.served), self.folder)
        )


async def until_open(telegram: TelegramWorld, bot: Running) -> float:
    """Seconds from the start of the process to the first category that a tap opened."""
    guest = Guest(telegram.person(1, "Alice"))
    stop = telegram.subscribe(guest.hears)
    try:
        async with asyncio.timeout(_SHELF_WITHIN_S):
            card = await guest.says("/catalog")
            while not any(tap.startswith("k:") for tap in taps_on(card)):
                await asyncio.sleep(_ASK_AGAIN_S)
                card = await guest.says("/catalog")
        await guest.taps(button(guest.card, "k:"))
    finally:
        stop()
    return bot.age_s


def world_of(
    services: int,
    kind: type[SandboxService] = SandboxService,
    more: str = "",
    supplier: type[SupplierWorld] = AccPlanetWorld,
) -> World:
    """A world whose supplier sells so many services, each with `more` in its description.

    HstockPlus speaks the languages of its newer server.
    """
    listed = [_service(number, kind, more) for number in range(services)]
    seller = supplier(now=wall_clock, services=listed)
    if isinstance(seller, HstockPlusWorld):
        seller.is_newer = True
    return World(TelegramWorld(TOKEN, wall_clock), (seller,), frozenset({OLGA}))


def _service(number: int, kind: type[SandboxService], more: str) -> SandboxService:
    """Each category page looks alike, whether there are one or 25 categories."""
    return kind(
        id=100_000 + number,
        name=f"Account of kind {number}",
        rate=Decimal(number % 997 + 1) / 100,
        category=f"Category {number // _IN_A_CATEGORY + 1:02}",
        description=f"<p>Account of kind <b>{number}</b>, two years old.{more}</p>",
        stock=1 + number % 500,
    )


def bare_settings(served: ServedWorld) -> dict[str, str]:
    """The sandbox's settings without the supplier that is not in this world."""
    names = {supplier.name for supplier in served.world.suppliers}
    return {
        name: value
        for name, value in bot_settings(served).items()
        if not name.startswith("SUPPLIERS__") or name.split("__")[1] in names
    }
