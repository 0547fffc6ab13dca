"""The shop's command line: `python -m bot [run|check|audit|rekey|backup FILE|restore FILE]`."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.app.commands import (
    COMMANDS,
    FOUND_SOMETHING,
    NEED_A_FILE,
    SETTINGS_WRONG,
    Asked,
    complain,
)
from bot.app.kiosk import Overrides
from bot.base.clock import SharedClock, SystemClock
from bot.base.errors import DatabaseUnavailable
from bot.db.schema_check import WrongDatabase
from bot.ops.logging import configure_logging
from bot.safety.copies import CannotCopy
from bot.settings import SettingsError, load_settings
from bot.suppliers import KNOWN_SUPPLIERS


def main(overrides: Overrides | None = None) -> int:
    """Do what the command line says, with the usual pieces or others; the exit code."""
    said = _parser().parse_args()
    overrides = overrides or Overrides(SharedClock(SystemClock()))
    try:
        settings = load_settings(KNOWN_SUPPLIERS)
        overrides.secrets.add(*settings.list_secrets())
        configure_logging(
            overrides.secrets, level=settings.log_level, as_json=settings.log_format == "json"
        )
        asked = Asked(settings, overrides, getattr(said, "file", Path()))
        return asyncio.run(COMMANDS[said.command](asked))
    except (SettingsError, WrongDatabase) as wrong:
        return complain(str(wrong), SETTINGS_WRONG)
    except CannotCopy as refusal:
        return complain(str(refusal), FOUND_SOMETHING)
    except DatabaseUnavailable as closed:
        return complain(f"DATABASE_URL cannot be used: {closed.why}", SETTINGS_WRONG)
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Kiosk, a Telegram shop")
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, command in COMMANDS.items():
        words = (command.__doc__ or "").partition(": ")[2]
        one = commands.add_parser(name, help=words.rstrip("."))
        if name in NEED_A_FILE:
            one.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(command="run")
    return parser
