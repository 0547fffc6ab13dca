"""The shop's command line: `python -m bot [run|check|audit]`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from bot.app.checking import check, knows_the_token
from bot.app.kiosk import Kiosk, Pieces, open_kiosk
from bot.app.running import CannotServe, run, stop_on_signals
from bot.domain.errors import BooksClosed
from bot.ops.clock import SystemClock
from bot.ops.logging import configure_logging
from bot.ops.secrets import Secrets
from bot.settings import Settings, SettingsError, load_settings
from bot.storage.opening import WrongBooks

Command = Callable[[Kiosk], Awaitable[int]]

SETTINGS_WRONG: Final = 2
FOUND_SOMETHING: Final = 1


def main() -> int:
    """Do what the command line says; the exit code of the process."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Kiosk, a Telegram shop")
    commands = {"run": _run, "check": _check, "audit": _audit}
    parser.add_argument("command", nargs="?", default="run", choices=sorted(commands))
    command = parser.parse_args().command
    try:
        settings = load_settings()
        configure_logging(
            Secrets(settings.list_secrets()),
            level=settings.log_level,
            as_json=settings.log_format == "json",
        )
        return asyncio.run(_opened(settings, commands[command]))
    except (SettingsError, WrongBooks) as wrong:
        return _say(str(wrong), SETTINGS_WRONG)
    except BooksClosed as closed:
        return _say(f"DATABASE_URL cannot be used: {closed.why}", SETTINGS_WRONG)
    except KeyboardInterrupt:
        return 0


def _say(line: str, code: int) -> int:
    sys.stderr.write(line + "\n")
    return code


async def _opened(settings: Settings, command: Command) -> int:
    async with open_kiosk(settings, Pieces(SystemClock())) as kiosk:
        return await command(kiosk)


async def _run(kiosk: Kiosk) -> int:
    stopping = asyncio.Event()
    stop_on_signals(stopping)
    if not await knows_the_token(kiosk):
        return _say("BOT_TOKEN: Telegram does not know this token", SETTINGS_WRONG)
    sys.stdout.write("The shop is open. Press Ctrl-C to close.\n")
    sys.stdout.flush()
    refused: list[str] = []
    try:
        await run(kiosk, stopping)
    except* CannotServe as group:
        refused = [str(one) for one in group.exceptions]
    return _say("; ".join(refused), SETTINGS_WRONG) if refused else 0


async def _check(kiosk: Kiosk) -> int:
    all_well = True
    async for well, line in check(kiosk):
        sys.stdout.write(("ok    " if well else "WRONG ") + line + "\n")
        all_well = all_well and well
    return 0 if all_well else FOUND_SOMETHING


async def _audit(kiosk: Kiosk) -> int:
    findings = await kiosk.shop.audit()
    for line in findings or ("The books are proved: every balance is backed by its journal.",):
        sys.stdout.write(line + "\n")
    return FOUND_SOMETHING if findings else 0


if __name__ == "__main__":
    sys.exit(main())
