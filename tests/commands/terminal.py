"""`python -m bot ...` as an operator types it: a real process, its exit code and its words."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.suppliers import SupplierWorld
from sandbox.telegram import Person
from sandbox.world import ALICE, OLGA, ServedWorld, demo_world, serve_world

_ROOT: Final = Path(__file__).parents[2]
_PATIENCE_S: Final = 90.0


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass
class Terminal:
    """A folder with a shop in it, in a pretend world; `settings` stand for its .env."""

    served: ServedWorld
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    _bot: asyncio.subprocess.Process | None = None

    async def types(self, *words: str, **settings: str) -> Said:
        """Run a command to its end."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=self.folder,
            env=self._environment() | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(_PATIENCE_S):
            out, err = await process.communicate()
        return Said(process.returncode or 0, out.decode(), err.decode())

    def _environment(self) -> dict[str, str]:
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        more = {"DATA_DIR": str(self.folder / "data"), "PYTHONPATH": str(_ROOT)}
        return {**known, **bot_settings(self.served), **more, **self.settings}

    async def starts_the_bot(self) -> None:
        before = self._openings()
        with (self.folder / "bot.log").open("ab") as log:
            self._bot = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                cwd=self.folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        await self._until(lambda: self._openings() > before)

    def _openings(self) -> int:
        """How many bots have begun to take updates: each says first that it has no webhook."""
        calls = self.served.world.telegram.calls
        return sum(call.method.lower() == "deletewebhook" for call in calls)

    async def _until(self, holds: Callable[[], bool]) -> None:
        await self.served.world.telegram.waits_until(lambda: holds() or None, _PATIENCE_S)

    async def stops_the_bot(self) -> None:
        if self._bot is not None and self._bot.returncode is None:
            self._bot.kill()
            await self._bot.wait()

    @property
    def log(self) -> str:
        """Everything that the bot has said so far."""
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    @property
    def alice(self) -> Person:
        return self.served.world.telegram.people[ALICE]

    @property
    def olga(self) -> Person:
        return self.served.world.telegram.people[OLGA]

    @property
    def supplier(self) -> SupplierWorld:
        return next(
            supplier for supplier in self.served.world.suppliers if supplier.name == "ACCPLANET"
        )

    async def sees(self, person: Person, *words: str, times: int = 1) -> None:
        """Wait until a chat says each of this so often."""

        def said() -> bool:
            texts = [message.text for message in person.messages]
            return all(sum(word in text for text in texts) >= times for word in words)

        try:
            await self._until(said)
        except TimeoutError:
            raise AssertionError((words, [message.text for message in person.messages])) from None

    async def taps(self, person: Person, label: str) -> None:
        """Wait for a button on the newest message, and tap it."""

        def shown() -> bool:
            last = person.messages[-1] if person.messages else None
            return last is not None and last.find_button(label) is not None

        await self._until(shown)
        person.taps(label)

    async def opens_for_alice(self) -> None:
        """Both say hello, and Alice gets twenty dollars."""
        self.olga.sends("/start")
        self.alice.sends("/start")
        await self.sees(self.alice, "Welcome")
        self.olga.sends(f"/topup {ALICE} 20")
        await self.sees(self.alice, "$20.00 was added")

    async def alice_confirms(self, quantity: str = "2") -> None:
        """From the service to Confirm."""
        await self._reads_the_catalogue()
        self.alice.opens("s_1")
        await self.taps(self.alice, "Buy")
        await self._until(lambda: "How many?" in self.alice.messages[-1].text)
        self.alice.sends(quantity)
        await self.taps(self.alice, "Pay")

    async def _reads_the_catalogue(self) -> None:
        """Ask for what is sold until a shop that has just begun can show it."""

        def shown() -> bool:
            last = self.alice.messages[-1]
            if last.find_button("Digital goods") or last.find_button("Email"):
                return True
            self.alice.sends("/catalog")
            return False

        await self._until(shown)


@asynccontextmanager
async def terminal_at(folder: Path) -> AsyncIterator[Terminal]:
    """A new folder without a key, in a new world."""
    async with serve_world(demo_world(wall_clock)) as served:
        terminal = Terminal(served, folder)
        try:
            yield terminal
        finally:
            await terminal.stops_the_bot()
