"""Whether a shop keeps its memory over an hour of hostile answers: no part of a usual run."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.buying import confirm, one_service, welcome
from bench.crowd import Guest, button
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.suppliers import SupplierWorld
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import Stage, never, steps
from sandbox.suppliers.wire_faults import custom
from sandbox.suppliers.worst import MIB, worst_of
from sandbox.telegram.onlooker import CannotDo
from sandbox.world import ALICE, BORIS, ServedWorld, serve_world

_MINUTES: Final = 60
_FIRST: Final = 5
"""Minutes after which a shop is warm."""
_ORDERS: Final = 30
_ROUND_S: Final = 5.0
_AT_ONCE: Final = 3
_READ: Final = ("status", "balance", "inventory", "services", "categories")
_KEPT: Final = 200
"""The sandbox forgets the answers before so many: a megabyte each."""


async def measure() -> AsyncIterator[str]:
    """Thirty orders that never end; every few seconds some answers are a megabyte of the worst.

    Each status word is another two megabytes, one order cannot be read, and Bob taps all the time.
    """
    chance = random.Random(1)  # noqa: S311 - the same hour each time
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        world = one_service()
        supplier = world.suppliers[0]
        async with serve_world(world) as served:
            settings = bot_settings(served) | {"SUPPLIERS__ACCPLANET__RATE_CAP": "50"}
            async with running(("bot", "run"), settings, Path(folder)) as bot:
                bob = await _open(served, supplier)
                bodies = [
                    (action, custom(200, body.decode("latin-1")))
                    for action in _READ
                    for body in worst_of(action).values()
                ]
                held = [bot.memory_mb()]
                for minute in range(1, _MINUTES + 1):
                    ends = time.monotonic() + 60
                    while time.monotonic() < ends:
                        await _round(chance, supplier, bodies, bob)
                    held.append(bot.memory_mb())
                    if minute % _FIRST == 0:
                        yield f"after {minute} minutes {held[-1]:.0f} MB"
    yield (
        f"{held[0]:.0f} MB at the start, {held[_FIRST]:.0f} MB after {_FIRST} minutes, "
        f"{held[-1]:.0f} MB after {_MINUTES}, {max(held):.0f} MB at most"
    )


async def _open(served: ServedWorld, supplier: SupplierWorld) -> Guest:
    """Alice has orders that never end, and Bob looks at the catalog."""
    telegram = served.world.telegram
    alice, bob = (Guest(telegram.person(user, "Guest")) for user in (ALICE, BORIS))
    for guest in (alice, bob):
        telegram.subscribe(guest.hears)
    await welcome(served, [alice, bob])
    supplier.plan(steps((0, Stage(status="In progress", override={"order": "another"}))))
    for _ in range(_ORDERS):
        supplier.default_timeline = supplier.by_hand_timeline = never()
        await confirm(alice.person)
    await bob.says("/start")
    return bob


async def _round(
    chance: random.Random,
    supplier: SupplierWorld,
    bodies: list[tuple[str, Fault]],
    bob: Guest,
) -> None:
    """A few bad answers, a few taps."""
    for action, fault in chance.sample(bodies, _AT_ONCE):
        supplier.faults.next(action, fault)
    for order in chance.sample(list(supplier.orders.values()), _AT_ONCE):
        order.says(f"{chance.random()} " + "x" * 2 * MIB)
    for tap in ("c:", "h:") * 3:
        try:
            await bob.taps(button(bob.card, tap))
        except (CannotDo, StopIteration):
            await bob.says("/start")
        await asyncio.sleep(_ROUND_S / 6)
    for received in supplier.received[:-_KEPT]:
        received.answer = None
