"""The program of a process that is to die: the shop's real entry point, observed, perhaps flawed.

It runs in a process forked from one that has imported all this, before there is any loop or
thread; what it changes, it changes for itself alone.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import alembic.command  # noqa: F401 - loaded before the fork, once for all lives
import sqlalchemy.dialects.postgresql.asyncpg
import sqlalchemy.dialects.sqlite.aiosqlite  # noqa: F401 - the same

import bot.db.postgres
import bot.db.sqlite  # noqa: F401 - the same
from bot.app.command_line import main
from bot.app.kiosk import Overrides
from bot.db.heartbeat import HeartbeatLimits
from bot.i18n.texts import Texts
from bot.outbox.sender import SendingLimits as SendLimits
from bot.suppliers import Bound, RequestLimits
from tests.crash.clock import SPEED, SharedClock
from tests.crash.faults import FAULTS
from tests.crash.observers import observe
from tests.crash.steps import Kill, Marks

ADD_WITHIN_S: Final = 4.0
"""Long enough that an honest answer comes in time on a busy machine."""
LONGEST_ANSWER: Final = 2**16
"""In bytes; what is longer is sent in some trials, and a shop's own bound would take long."""
_WIRE: Final = RequestLimits(
    add=Bound(ADD_WITHIN_S, 2**20),
    status=Bound(15.0, LONGEST_ANSWER),
    number=Bound(8.0, LONGEST_ANSWER),
)
_SENDING: Final = SendLimits(
    overall_per_s=100_000, chat_every=timedelta(0), send_within=timedelta(seconds=10)
)
_HEARTBEAT: Final = HeartbeatLimits(every_s=0.25, alive_for_s=2.0 * SPEED, dead_after_s=3.0)
"""The clock by which a life counts as alive goes faster than what it is given up by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a life is told at its birth. `server` names the process of the database's server."""

    folder: Path
    settings: Mapping[str, str]
    clock: Path
    trace: Path
    log: Path
    seed: int
    kill: Kill | None = None
    since: str = ""
    fault: str = ""
    server: Path | None = None
    command: str = field(default="run")


def live(orders: Orders) -> None:
    """Be the bot, until stopped or killed."""
    os.chdir(orders.folder)
    os.environ.clear()
    os.environ.update(orders.settings)
    _speak_into(orders.log)
    random.seed(orders.seed)
    observe(Marks(orders.trace, orders.kill, orders.since, orders.server))
    if orders.fault:
        FAULTS[orders.fault]()
    sys.argv = ["bot", orders.command]
    english = Texts.load(orders.folder)  # there are no others there, and reading them takes long
    clock = SharedClock(orders.clock)
    pieces = Overrides(clock, wire=_WIRE, sending=_SENDING, texts=english, heartbeat=_HEARTBEAT)
    sys.exit(main(pieces))


def _speak_into(log: Path) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, sys.stdout.fileno())
    os.dup2(handle, sys.stderr.fileno())
    os.close(handle)
