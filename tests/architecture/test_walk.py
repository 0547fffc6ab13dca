"""How many files a purchase passes, from the tap on Confirm to the goods in the chat."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest

from bot.orders import place
from sandbox.suppliers.timelines import completes
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, OLGA, Human, person
from tests.conversation.opening import open_shop
from tests.conversation.shop import Shop

BOT = f"{Path(place.__file__).parents[1]}/"
AT_MOST = 86


@dataclass
class Walk:
    """The files of the product in which a function was entered while `on`."""

    on: bool = False
    files: set[str] = field(default_factory=set)

    def enter(self, frame: FrameType, event: str, _result: object) -> None:
        file = frame.f_code.co_filename
        if self.on and event == "call" and file.startswith(BOT):
            self.files.add(file.removeprefix(BOT))


@contextmanager
def watched() -> Iterator[Walk]:
    """Watches this thread and each one that begins inside the block."""
    walk = Walk()
    threading.setprofile(walk.enter)
    sys.setprofile(walk.enter)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@pytest.mark.long
async def test_a_purchase_passes_few_files(sqlite_url: str, clock: TurnableClock) -> None:
    with watched() as walk:
        async with open_shop(sqlite_url, clock) as shop:
            alice = await _at_confirm(shop)
            walk.on = True
            await alice.taps("Pay")
            await shop.works()
            for _ in range(5):
                shop.clock.turn(timedelta(seconds=1))
                await shop.looks()
            walk.on = False
            alice.sees("ann:1")

    assert len(walk.files) <= AT_MOST, sorted(walk.files)


async def _at_confirm(shop: Shop) -> Human:
    olga, alice = person(shop, OLGA, "Olga"), person(shop, ALICE, "Alice")
    await olga.sends("/start")
    await alice.sends("/start")
    await olga.sends(f"/topup {ALICE} 10")
    await shop.works()
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.goes_to_confirm()
    return alice
