"""A real bot process in a pretend world, that can be killed at any moment and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet

from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.telegram import Person
from sandbox.world import ALICE, OLGA, ServedWorld, World, demo_world, serve_world

_ROOT: Final = Path(__file__).parents[2]
_PATIENCE_S: Final = 90.0


@dataclass
class LivingBot:
    """The process and the world around it; waits are for conditions, and bounded."""

    served: ServedWorld
    folder: Path
    key: str = field(default_factory=lambda: Fernet.generate_key().decode())
    process: asyncio.subprocess.Process | None = None

    @property
    def world(self) -> World:
        return self.served.world

    @property
    def alice(self) -> Person:
        return self.world.telegram.people[ALICE]

    @property
    def olga(self) -> Person:
        return self.world.telegram.people[OLGA]

    async def starts(self) -> None:
        with (self.folder / "bot.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self.folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(_PATIENCE_S):
            await self.world.telegram.updates.until_polled()

    def _environment(self) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            **bot_settings(self.served),
            "DATA_DIR": str(self.folder / "data"),
            "GOODS_KEY": self.key,
            "PYTHONPATH": str(_ROOT),
        }

    async def is_killed(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def refused(self) -> str:
        """What `python -m bot run` says that ends by itself."""
        other = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=self.folder,
            env=self._environment(),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(_PATIENCE_S):
            _, said = await other.communicate()
        assert other.returncode
        return said.decode()

    async def audit(self) -> int:
        """The exit code of `python -m bot audit`: 0 when the books are proved."""
        auditor = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "audit",
            cwd=self.folder,
            env=self._environment(),
            stdout=asyncio.subprocess.DEVNULL,
        )
        return await auditor.wait()

    async def sees(self, person: Person, *words: str) -> None:
        """Wait until the newest messages of a chat say all of this."""

        def said() -> bool | None:
            chat = "\n".join(message.text for message in person.messages)
            return all(word in chat for word in words) or None

        try:
            await self.world.telegram.waits_until(said, _PATIENCE_S)
        except TimeoutError:
            chat = [message.text for message in person.messages]
            raise AssertionError((words, chat)) from None

    async def sees_button(self, person: Person, label: str) -> None:
        """Wait for a button on the newest message, and tap it."""

        def shown() -> bool | None:
            last = person.messages[-1] if person.messages else None
            return (last is not None and last.find_button(label) is not None) or None

        await self.world.telegram.waits_until(shown, _PATIENCE_S)
        person.taps(label)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait, with every change in the world, until something holds."""
        await self.world.telegram.waits_until(lambda: holds() or None, _PATIENCE_S)


@asynccontextmanager
async def living_bot(folder: Path) -> AsyncIterator[LivingBot]:
    """A bot with Alice, who has twenty dollars, and Olga, who runs the shop."""
    async with serve_world(demo_world(wall_clock)) as served:
        bot = LivingBot(served, folder)
        await bot.starts()
        try:
            bot.olga.sends("/start")
            bot.alice.sends("/start")
            await bot.sees(bot.alice, "Welcome")
            bot.olga.sends(f"/topup {ALICE} 20")
            await bot.sees(bot.alice, "$20.00 was added")
            yield bot
        finally:
            if bot.process is not None and bot.process.returncode is None:
                await bot.is_killed()
