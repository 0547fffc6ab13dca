"""A start of the shop that is killed while it upgrades: `python -m tests.db.steps.dies URL POINT`.

POINT is the number of the statement that it does not live to send, counted from 0, or `commit`
for everything but that. Without one it lives, and prints a line a statement.
"""

import asyncio
import os
import signal
import sys
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from bot.db.migrations import migrate
from tests.books import bare, connected


def _dies_at(point: str) -> None:
    numbers = count()

    @event.listens_for(Engine, "before_cursor_execute")
    def _sends(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if point == str(next(numbers)):
            _dies()
        if not point:
            sys.stdout.write(" ".join(statement.split()) + "\n")

    @event.listens_for(Engine, "commit")
    def _commits(_connection: Any) -> None:
        if point == "commit":
            _dies()


def _dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def _starts(url: str, point: str) -> None:
    async with connected(url) as database:
        _dies_at(point)
        await database.write(bare(migrate))


if __name__ == "__main__":
    asyncio.run(_starts(sys.argv[1], "".join(sys.argv[2:])))
