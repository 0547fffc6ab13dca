"""An upgrade that is killed anywhere has not happened, and the next start does all of it."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.db.migrations import find_revision, newest
from bot.db.opening import open_schema
from bot.safety.prove import prove
from tests.books import bare, connected
from tests.db.steps.earlier import FIRST, rows
from tests.db.steps.shape import rules_of, tables_of
from tests.stored_shop import SETTINGS

pytestmark = pytest.mark.processes
ROOT = Path(__file__).parents[2]
COMMIT = "commit"


async def starts(url: str, point: str = "") -> tuple[int, list[str]]:
    """A process that upgrades: how it ended, and the statements it sent when it lived."""
    command = (sys.executable, "-m", "tests.db.steps.dies", url, point)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode().splitlines()


def everything(connection: Connection) -> tuple[Any, ...]:
    shape = tables_of(connection), rules_of(connection)
    return find_revision(connection), *shape, rows(connection) if shape[0] else {}


async def looked_at(url: str) -> tuple[Any, ...]:
    async with connected(url) as database:
        return await database.read(bare(everything))


async def test_an_upgrade_that_is_killed_at_any_statement_has_not_happened(
    left_url: str,
) -> None:
    before = await looked_at(left_url)
    for point in (COMMIT, *map(str, range(1_000))):
        code, _ = await starts(left_url, point)
        if code == 0:  # the upgrade sends no more than those before
            break
        assert code == -signal.SIGKILL
        assert await looked_at(left_url) == before

    assert int(point) > 15
    after = await looked_at(left_url)
    assert (before[0], after[0]) == (FIRST, newest())
    assert after[-1] == before[-1]
    await _opens(left_url)


async def test_a_first_start_that_is_killed_between_two_steps_leaves_nothing(
    database_url: str, fresh_url: str
) -> None:
    _, sent = await starts(fresh_url)
    second = next(nth for nth, one in enumerate(sent) if one.startswith("CREATE TABLE operators"))
    for point in (second - 1, second, second + 1, COMMIT):
        code, _ = await starts(database_url, str(point))
        assert code == -signal.SIGKILL
        assert await looked_at(database_url) == ("", {}, {}, {})

    await _opens(database_url)


async def _opens(url: str) -> None:
    """The next start finds a shop, or makes one, and its books prove."""
    async with connected(url, SETTINGS) as database:
        await database.write(open_schema)
        assert await database.read(bare(find_revision)) == newest()
        assert await database.read(prove) == ()
