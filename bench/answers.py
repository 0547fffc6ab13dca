"""How long after a supplier's refusal, or its lost answer, the customer reads of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.buying import confirm, one_service, welcome
from bench.crowd import Guest
from bench.figures import percentile
from bench.processes import running
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.suppliers import wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.telegram import BotMessage, Change
from sandbox.world import ServedWorld, serve_world

_CUSTOMERS: Final = 20
_FIRST_ID: Final = 60_000
_PROMISED_S: Final = 1.0
_PATIENCE_S: Final = 30.0
_ANSWERS: Final = (
    ("a refusal of `add`", wire_faults.error_text("Order rejected", 400), "could not be placed"),
    ("a lost answer to `add`", wire_faults.lost_reply(), "is being checked"),
)
"""What is measured, what the supplier does, and what the customer reads then."""


async def measure() -> AsyncIterator[str]:
    """Twenty customers hear a refusal, one after the other, and then a lost answer."""
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with (
            serve_world(one_service()) as served,
            running(("bot", "run"), bot_settings(served), Path(folder)) as bot,
        ):
            customers = [_Customer(served, _FIRST_ID + nth) for nth in range(_CUSTOMERS)]
            await welcome(served, [customer.guest for customer in customers])
            await bot.until_quiet()
            for what, fault, words in _ANSWERS:
                waits = [await customer.buys(fault, words) for customer in customers]
                yield _line(what, waits)


def _line(what: str, waits: list[float]) -> str:
    late = sum(wait > _PROMISED_S for wait in waits)
    return (
        f"from {what} to the message in the chat: p50 {percentile(waits, 0.5):.2f} s, "
        f"slowest {max(waits):.2f} s over {len(waits)} orders "
        f"({late} over the promised {_PROMISED_S:g} s)"
    )


class _Customer:
    """A customer whose order goes wrong."""

    def __init__(self, served: ServedWorld, user: int) -> None:
        telegram = served.world.telegram
        self.guest = Guest(telegram.person(user, f"Guest {user}"))
        self._supplier = served.world.suppliers[0]
        self._said: asyncio.Queue[tuple[str, datetime]] = asyncio.Queue()
        telegram.subscribe(self._hears)

    def _hears(self, change: Change) -> None:
        self.guest.hears(change)
        is_mine = change.chat_id == self.guest.person.user_id
        if is_mine and change.kind == "sent" and isinstance(change.subject, BotMessage):
            self._said.put_nowait((change.subject.text, wall_clock()))

    async def buys(self, fault: Fault, words: str) -> float:
        """Seconds from the answer to the message that has these words."""
        self._supplier.faults.next("add", fault)
        await confirm(self.guest.person)
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                text, at = await self._said.get()
                if words in text:
                    break
        answered_at = self._supplier.received_of("add")[-1].at  # it answers at once
        return (at - answered_at).total_seconds()
