"""`python -m sandbox.demo`: the real bot in the pretend world, ready to try in a browser."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

from sandbox.bot_settings import bot_settings
from sandbox.command_line import PORT, read_port, run_until_done, say, stop_signals
from sandbox.month.fill import fill_month
from sandbox.page.books import Books
from sandbox.suppliers.goods import fit_goods
from sandbox.world import ServedWorld, demo_world, serve_world

BOT: Final = (sys.executable, "-m", "bot", "run")
KEY_FILE: Final = "goods.key"
"""Where the bot looks for the key of its goods: in its folder, beside its data."""
_ROOT: Final = Path(__file__).parents[1]
_KEPT_NAMES: Final = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
_TIME_TO_STOP_S: Final = 15
_LAST_LINES: Final = 15
_PATIENCE_S: Final = 5
_LOOK_EVERY_S: Final = 0.1
_TO_SHOW_S: Final = 1.0
"""The shop shows within this time what it has read."""
_TO_READ_S: Final = 20
"""A supplier that is not read by then is shown as the shop shows one that is down."""


def main(arguments: list[str] | None = None) -> int:
    """Run the demo until Ctrl-C or until the bot ends; answers the exit code."""
    asked = _parser().parse_args(arguments)
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        plan = Demo(BOT, folder.resolve(), asked.port, asked.services, has_past=not asked.empty)
        return run_until_done(plan.run(), plan.taken)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox.demo", description=__doc__)
    parser.add_argument(
        "--port", type=read_port, default=PORT, help="the page; default %(default)s"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the bot's files there")
    parser.add_argument(
        "--services", type=int, default=0, metavar="N", help="made-up services to add"
    )
    parser.add_argument(
        "--empty", action="store_true", help="a shop that has just opened, without a past"
    )
    return parser


@dataclass(frozen=True)
class Demo:
    """One run: the bot's command, the folder of its files, the page's port.

    A shop that `has_past` has sold for a month when it opens, unless it was kept.
    """

    command: Sequence[str]
    folder: Path
    port: int
    services: int = 0
    tell: Callable[[str], None] = say
    has_past: bool = False

    @property
    def log_file(self) -> Path:
        """What the bot writes to its terminal."""
        return self.folder / "bot.log"

    @property
    def database(self) -> Path:
        """The shop's books, which the page looks into."""
        return self.folder / "data" / "kiosk.db"

    @property
    def taken(self) -> str:
        """What to do when somebody else has the port."""
        return (
            f"Port {self.port} is taken. Stop what uses it, or choose another: "
            f"make demo PORT={self.port + 10} (without make: --port {self.port + 10})."
        )

    async def run(self) -> int:
        """Serve, start the bot and stay until it ends or is told to stop."""
        with stop_signals() as stop:
            world = demo_world(more_services=self.services)
            fit_goods(world.suppliers)
            async with serve_world(world, self.port, database=self.database) as served:
                self.tell(
                    "The pretend world is open; the bot starts, which takes a few seconds ..."
                )
                if self.has_past and not self.database.exists():
                    await fill_month(served, self.database, self.folder / KEY_FILE)
                async with _running(self.command, self._environment(served), self) as bot:
                    return await self._accompany(served, bot, stop)

    async def _accompany(
        self, served: ServedWorld, bot: asyncio.subprocess.Process, stop: asyncio.Event
    ) -> int:
        async with asyncio.TaskGroup() as group:
            waits = {
                "up": group.create_task(self._until_open(served)),
                "ended": group.create_task(bot.wait()),
                "stop": group.create_task(stop.wait()),
                "patience": group.create_task(self._tells_the_time()),
            }
            await asyncio.wait(waits.values(), return_when=asyncio.FIRST_COMPLETED)
            waits["patience"].cancel()
            if waits["up"].done():
                self.tell(_invitation(served, self.log_file))
                last = (waits["ended"], waits["stop"])
                await asyncio.wait(last, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits.values():
                wait.cancel()
        if stop.is_set():
            self.tell("\nStopping the bot ...")
            return 0
        self.tell(self._obituary(bot.returncode))
        return 1

    async def _until_open(self, served: ServedWorld) -> None:
        """Wait until the bot listens and its first screen can offer all that it sells."""
        await served.world.telegram.updates.until_polled()
        books = Books(self.database, served.began)
        with suppress(TimeoutError):
            async with asyncio.timeout(_TO_READ_S):
                while books.count_unread():  # noqa: ASYNC110 - another process, heard by its file
                    await asyncio.sleep(_LOOK_EVERY_S)
        if self.database.exists():
            await asyncio.sleep(_TO_SHOW_S)

    async def _tells_the_time(self) -> NoReturn:
        waited_s = 0
        while True:
            await asyncio.sleep(_PATIENCE_S)
            waited_s += _PATIENCE_S
            self.tell(f"  ... it still reads its texts and the catalogues: {waited_s} s")

    def _environment(self, served: ServedWorld) -> dict[str, str]:
        # Only what a program needs to run: a shop's own settings must not leak into the demo.
        kept = {name: os.environ[name] for name in _KEPT_NAMES if name in os.environ}
        return {
            **kept,
            **bot_settings(served),
            "DATA_DIR": str(self.database.parent),  # goods.key stays outside
            "PYTHONPATH": str(_ROOT),
            "PYTHONUNBUFFERED": "1",
        }

    def _obituary(self, code: int | None) -> str:
        written = self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        lines = "\n".join(f"  {line}" for line in written[-_LAST_LINES:])
        return f"The bot ended by itself with code {code}. Its last words:\n{lines}"


@asynccontextmanager
async def _running(
    command: Sequence[str], environment: Mapping[str, str], demo: Demo
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the bot; on the way out ask it to stop, and insist when it takes too long."""
    with demo.log_file.open("ab") as log:
        bot = await asyncio.create_subprocess_exec(
            *command,
            cwd=demo.folder,  # away from a .env that belongs to a real shop
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # the terminal's Ctrl-C comes to us, and we pass it on
        )
    try:
        yield bot
    finally:
        if bot.returncode is None:
            demo.tell(await _stopped(bot))


async def _stopped(bot: asyncio.subprocess.Process) -> str:
    """Ask, wait, insist; answers how it went."""
    bot.terminate()
    try:
        async with asyncio.timeout(_TIME_TO_STOP_S):
            await bot.wait()
    except TimeoutError:
        bot.kill()
        await bot.wait()
        return f"The bot did not stop within {_TIME_TO_STOP_S} seconds and was ended."
    return "The bot has stopped."


def _invitation(served: ServedWorld, log_file: Path) -> str:
    return (
        f"\n  The shop is open. Look at it here:\n\n"
        f"      {served.url}/\n\n"
        f"  The bot is the real one; Telegram, the suppliers and the money are not.\n"
        f"  Its log is {log_file}. Ctrl-C closes everything.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
