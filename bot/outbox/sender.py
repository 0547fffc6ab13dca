"""Drains the outbox into the chats: nothing is lost, and no chat waits for another's trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

import structlog

from bot.base.ids import CustomerId
from bot.db.database import Database
from bot.outbox import store
from bot.outbox.notices import CARD, priority
from bot.outbox.pacing import Limits, Pace
from bot.outbox.store import Outgoing

log = structlog.stdlib.get_logger(__name__)

BATCH: Final = 1
"""Rows claimed at once by one lane: a lease must not run out while its row waits for another."""
LONGEST_IDLE: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(minutes=10)

Delivered = Callable[[Outgoing], Awaitable[None]]
"""Is told of each row that is in its chat and noted so."""


class Fate(StrEnum):
    """What became of one carrying."""

    SENT = "sent"
    LATER = "later"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The fate, with how long to wait for LATER and BROKEN, and the message id for SENT."""

    fate: Fate
    wait: timedelta = timedelta()
    message: int | None = None
    why: str = ""


Carry = Callable[[Outgoing], Awaitable[Receipt]]
"""Puts a row's notice into words and sends it; raises nothing that Telegram can say."""


async def untold(_row: Outgoing) -> None:
    """Take no note."""


class Sender:
    """One sender; several workers may run its `step` at the same time.

    A chat that is not to get a message now is put off in the outbox rather than waited for, so a
    lane is only ever held up by the pace of all chats together.
    """

    def __init__(
        self,
        db: Database,
        carry: Carry,
        limits: Limits | None = None,
        lost_sight: Callable[[CustomerId], None] = lambda _customer: None,
        delivered: Delivered = untold,
    ) -> None:
        self._db = db
        self._carry_out = carry
        self._lost_sight = lost_sight
        self._delivered = delivered
        self._limits = limits or Limits()
        self._pace = Pace(self._limits)

    async def step(self, limit: int = BATCH) -> int:
        """Claim some rows and settle each; how many were claimed."""
        rows = await self._db.write(store.claim, limit)
        for row in rows:
            await self._settle(row)
        return len(rows)

    async def idle_s(self) -> float:
        """How long to wait when nothing is due: until the next row is, and never long."""
        due_at = await self._db.read(store.next_due)
        if due_at is None:
            return LONGEST_IDLE.total_seconds()
        return min(
            max(due_at - self._db.clock.now(), timedelta(milliseconds=20)), LONGEST_IDLE
        ).total_seconds()

    async def _settle(self, row: Outgoing) -> None:
        now = self._db.clock.now()
        # A card leaves one message of the burst to the goods, which may be here any moment.
        is_card = priority(row.notice) == CARD
        ready_at = self._pace.ready_at(row.chat, now, keeps=1 if is_card else 0)
        if ready_at > now:
            put_off = store.step_back if is_card else store.later
            await self._db.write(put_off, row, ready_at)
            return
        await self._pace.take(row.chat, now)
        await self._note(row, await self._carry(row))

    async def _carry(self, row: Outgoing) -> Receipt:
        try:
            async with asyncio.timeout(self._limits.carry_within.total_seconds()):
                return await self._carry_out(row)
        except TimeoutError:
            return Receipt(Fate.LATER, growing_wait(row.tries), why="timeout")
        except Exception as broken:  # one broken row must not hold up the others
            log.exception("carrying_broke", row=row.id, kind=type(row.notice).__name__)
            return Receipt(Fate.BROKEN, growing_wait(row.tries), why=type(broken).__name__)

    async def _note(self, row: Outgoing, receipt: Receipt) -> None:
        now = self._db.clock.now()
        match receipt.fate:
            case Fate.SENT:
                await self._db.write(store.sent, row, receipt.message)
                await self._delivered(row)
            case Fate.BROKEN:
                await self._db.write(store.broken, row, receipt.why, now + receipt.wait)
            case Fate.LATER:
                await self._db.write(store.later, row, now + receipt.wait)
            case Fate.UNREACHABLE:
                await self._db.write(store.unreachable, row)
                self._lost_sight(row.chat)
            case Fate.DROPPED:
                log.warning("notice_dropped", row=row.id, why=receipt.why)
                await self._db.write(store.dropped, row, receipt.why)


def growing_wait(tries: int) -> timedelta:
    """2 s, 4 s, 8 s and so on, bounded."""
    return min(LONGEST_WAIT, timedelta(seconds=2 ** (min(max(tries, 0), 12) + 1)))
