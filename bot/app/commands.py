"""What the command line can do: each command answers the exit code of the process."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.app.checking import CheckResult, check, greet_telegram
from bot.app.keys import find_tx_settings
from bot.app.kiosk import Kiosk, Overrides, open_kiosk
from bot.app.running import CannotServe, run, stop_on_signals
from bot.db.database import Database, open_database
from bot.db.one_process import alone_on
from bot.db.opening import open_schema
from bot.safety import safe_mode
from bot.safety.copies import Examined, make_copy, read_copy, restore_copy
from bot.safety.rekey import Rekey
from bot.settings import Settings

WELL: Final = 0
FOUND_SOMETHING: Final = 1
SETTINGS_WRONG: Final = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of a command; `file` stands for those that need one."""

    settings: Settings
    overrides: Overrides
    file: Path

    @property
    def database_url(self) -> str:
        """With its password."""
        return self.settings.database_url.get_secret_value()

    def tell(self, line: str) -> None:
        """One line on standard output, without secrets."""
        sys.stdout.write(self.overrides.secrets.mask(line) + "\n")
        sys.stdout.flush()


Command = Callable[[Asked], Coroutine[None, None, int]]


async def run_shop(asked: Asked) -> int:
    """`run`: until Ctrl-C or TERM."""
    with alone_on(asked.database_url):
        return await _run_shop(asked)


async def _run_shop(asked: Asked) -> int:
    async with open_kiosk(asked.settings, asked.overrides) as kiosk:
        stopping = asyncio.Event()
        stop_on_signals(stopping)
        verdict, said = await greet_telegram(kiosk)
        if verdict is CheckResult.WRONG_SETTING:  # while it is out of reach the shop waits for it
            return complain(said, SETTINGS_WRONG)
        asked.tell(await _greeting(kiosk))
        refused: list[str] = []
        try:
            await run(kiosk, stopping)
        except* CannotServe as group:
            refused = [str(exception) for exception in group.exceptions]
        return complain("; ".join(refused), SETTINGS_WRONG) if refused else WELL


async def _greeting(kiosk: Kiosk) -> str:
    if await kiosk.db.read(safe_mode.find_end) is None:
        return "The shop is open. Press Ctrl-C to close."
    return (
        "The shop is in safe mode, because it was restored from a copy: nothing is bought, sent or"
        " settled until an operator opens it in the chat (/desk). Press Ctrl-C to close."
    )


async def check_shop(asked: Asked) -> int:
    """`check`: whether token, database and suppliers work."""
    logging.getLogger("stamina").setLevel(logging.ERROR)  # what failed in the end has its line
    worst = CheckResult.WELL
    async with open_kiosk(asked.settings, asked.overrides) as kiosk:
        async for verdict, line in check(kiosk):
            asked.tell(("WRONG " if verdict else "ok    ") + line)
            worst = max(worst, verdict)
    return worst.value


async def audit(asked: Asked) -> int:
    """`audit`: prove the books."""
    async with open_kiosk(asked.settings, asked.overrides) as kiosk:
        findings = await kiosk.shop.audit()
    for line in findings or ("The books are proved: every balance is backed by its journal.",):
        asked.tell(line)
    return FOUND_SOMETHING if findings else WELL


async def rekey(asked: Asked) -> int:
    """`rekey`: seal everything with the newest key, beside a running bot."""
    async with _opened_database(asked) as database:
        database.settings = await find_tx_settings(asked.settings, asked.overrides.secrets)
        await database.write(open_schema)
        done = await Rekey(database)()
    asked.tell(f"{done.looked_at} sealed values, {done.renewed} of them sealed anew.")
    if done.broken:
        asked.tell(
            f"{done.broken} open with no key in GOODS_KEY and were left as they are. Put the key"
            " that opens them back and run rekey again."
        )
        return FOUND_SOMETHING
    asked.tell("The older keys can be taken out of GOODS_KEY; restart the bot after that.")
    return WELL


async def backup(asked: Asked) -> int:
    """`backup FILE`: a copy of the shop, also while it works."""
    found = await make_copy(asked.database_url, asked.file, asked.overrides.clock)
    asked.tell(f"{asked.file}: {_in_words(found)}.")
    asked.tell("The key is not in it: keep GOODS_KEY or goods.key in another place.")
    for line in found.findings:
        asked.tell(f"WRONG {line}")
    return FOUND_SOMETHING if found.findings else WELL


async def restore(asked: Asked) -> int:
    """`restore FILE`: put a copy into an empty database, in safe mode."""
    settings = await find_tx_settings(asked.settings, asked.overrides.secrets)
    found = await read_copy(asked.file, settings)
    async with _opened_database(asked) as database:
        database.settings = settings
        await restore_copy(database, asked.file, found, asked.overrides.clock.now())
    asked.tell(f"Restored: {_in_words(found)}.")
    asked.tell(
        "The shop is in safe mode. Start the bot: it buys, sends and settles nothing until an"
        " operator opens it again in the chat."
    )
    return WELL


def _in_words(found: Examined) -> str:
    orders, customers = found.rows["orders"], found.rows["customers"]
    at = f"{found.copied_at:%Y-%m-%d %H:%M:%S %Z}"
    return f"the shop of {at}, {orders} orders, {customers} customers"


@asynccontextmanager
async def _opened_database(asked: Asked) -> AsyncIterator[Database]:
    database = await open_database(asked.database_url, asked.overrides.clock)
    try:
        yield database
    finally:
        await database.close()


def complain(line: str, code: int) -> int:
    """One line on standard error, and the exit code."""
    sys.stderr.write(line + "\n")
    return code


COMMANDS: Final[dict[str, Command]] = {
    "run": run_shop,
    "check": check_shop,
    "audit": audit,
    "rekey": rekey,
    "backup": backup,
    "restore": restore,
}
NEED_A_FILE: Final = frozenset({"backup", "restore"})
