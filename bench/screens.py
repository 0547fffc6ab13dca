"""How soon a screen that Telegram refused once is shown after it may be."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.buying import one_service, welcome
from bench.crowd import Guest, button
from bench.figures import percentile
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.telegram import LostAfter, LostBefore, RetryAfter, ServerError
from sandbox.telegram.faults import Fault
from sandbox.world import ALICE, serve_world

_TIMES: Final = 10
_PROMISED_S: Final = 2.0
_REFUSALS: Final[tuple[tuple[str, Fault, float], ...]] = (
    ("429 for 1 s", RetryAfter(1), 1.0),
    ("502", ServerError(502, html=True), 0.0),
    ("a connection dropped before", LostBefore(), 0.0),
    ("a connection dropped after", LostAfter(), 0.0),
)
"""What Telegram does to the edit of a card, and for how long it may not be asked again."""


async def measure() -> AsyncIterator[str]:
    """Alice taps between home and the catalog; each of her taps meets a refusal once."""
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(one_service()) as served,
            running(("bot", "run"), bot_settings(served), Path(folder)) as bot,
        ):
            telegram = served.world.telegram
            alice = Guest(telegram.person(ALICE, "Alice"))
            telegram.subscribe(alice.hears)
            await welcome(served, [alice])
            await bot.until_quiet()
            await alice.says("/start")
            for name, fault, spared_s in _REFUSALS:
                waits = []
                for nth in range(_TIMES):
                    telegram.faults.next("editMessageText", fault)
                    tapped = time.perf_counter()
                    await alice.taps(button(alice.card, ("c:", "h:")[nth % 2]))
                    waits.append(time.perf_counter() - tapped - spared_s)
                late = sum(wait > _PROMISED_S for wait in waits)
                yield (
                    f"after {name} a screen is shown, from when it may be: p50 "
                    f"{percentile(waits, 0.5):.2f} s, slowest {max(waits):.2f} s of {_TIMES} "
                    f"({late} over the promised {_PROMISED_S:g} s)"
                )
