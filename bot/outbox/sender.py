"""Sends what is in the outbox; a chat that cannot be sent to holds up no other chat.

One message a second leaves for a person after a short burst, one in three seconds for a group,
25 a second in all.
Source: Telegram's limits (1 message/s a chat with short bursts, 20 a minute a group, about 30/s
overall).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog
from aiolimiter import AsyncLimiter

from bot.base.clock import SKEW
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CustomerId
from bot.db.database import Database
from bot.outbox import store
from bot.outbox.notice import Notice
from bot.outbox.notices import OrderCard
from bot.outbox.store import Outgoing, is_group

log = structlog.stdlib.get_logger(__name__)

BATCH: Final = 1
"""Rows claimed at once by one worker: no lease may run out while its row waits for another."""
LONGEST_IDLE: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(minutes=10)
LAST_SHARE: Final = 0.8
"""How much of the overall pace is used by what goes to thousands at once."""
_KNOWN_AT_MOST: Final = 10_000

Delivered = Callable[[Outgoing], Awaitable[None]]
"""Is told of each row that is in its chat and noted so."""


class SendOutcome(StrEnum):
    """What became of one sending."""

    SENT = "sent"
    LATER = "later"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"
    """The group takes nothing from the bot now; it is tried again."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class SendResult:
    """The fate, with how long to wait for LATER, BROKEN and CLOSED, and SENT's message id."""

    fate: SendOutcome
    wait: timedelta = timedelta()
    message: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Noted:
    """Under which claim an outcome was written, and how long the chat is to wait after it."""

    claim: int
    wait: timedelta


SendRow = Callable[[Outgoing], Awaitable[SendResult]]
"""Renders what is true now in the recipient's language and sends it; raises nothing that Telegram
can say.
"""


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How fast a sender may go. `send_within` bounds one sending, whatever hangs.

    It is shorter than the lease of a claimed row (a minute), or a slow message would go out twice.
    """

    overall_per_s: int = 25
    chat_every: timedelta = timedelta(seconds=1)
    group_every: timedelta = timedelta(seconds=3)
    chat_burst: int = 3
    send_within: timedelta = timedelta(seconds=40)


class SendingPace:
    """The pace of one bot, shared by all workers that send for it."""

    def __init__(self, limits: SendingLimits) -> None:
        self._limits = limits
        self._overall_per_s = limits.overall_per_s
        self._overall = AsyncLimiter(1, 1 / limits.overall_per_s)
        self._last = AsyncLimiter(1, 1 / (limits.overall_per_s * LAST_SHARE))
        self._taken = 0
        self._even_at: OrderedDict[CustomerId, datetime] = OrderedDict()

    def ready_at(self, chat: CustomerId, now: datetime, keeps: int = 0) -> datetime:
        """When the chat may get its next message; `now` when it may get it at once.

        `keeps` is how many messages of the burst must be left to the chat after this one.
        """
        even_at, every = self._known(chat, now), self._every(chat)
        return max(now, even_at - self._slack(chat) + every * keeps)

    def _every(self, chat: CustomerId) -> timedelta:
        return self._limits.group_every if is_group(chat) else self._limits.chat_every

    def _slack(self, chat: CustomerId) -> timedelta:
        """How far ahead of its pace a chat may be."""
        return self._every(chat) * (self._limits.chat_burst - 1)

    def wanted(self) -> float:
        """How many messages have left since this was last asked."""
        taken, self._taken = self._taken, 0
        return taken

    def set_share(self, share: float) -> None:
        """Send so much of the overall pace from now on; other processes send the rest."""
        every_s = 1 / (self._overall_per_s * share)
        if every_s != self._overall.time_period:  # a new one has a message free at once
            self._overall = AsyncLimiter(1, every_s)
            self._last = AsyncLimiter(1, every_s / LAST_SHARE)

    async def take(self, chat: CustomerId, now: datetime, *, is_last: bool = False) -> None:
        """Use one message of the chat's pace, and wait for our turn among all chats.

        What `is_last` may use only a part of the overall pace, so that others find room in it.
        """
        if is_last:
            await self._last.acquire()
        self._even_at[chat] = max(now, self._known(chat, now)) + self._every(chat)
        self._even_at.move_to_end(chat)
        while len(self._even_at) > _KNOWN_AT_MOST:
            self._even_at.popitem(last=False)
        self._taken += 1
        await self._overall.acquire()

    def _known(self, chat: CustomerId, now: datetime) -> datetime:
        """When all that left for the chat is made up for; nothing is believed of a wrong clock."""
        even_at = self._even_at.get(chat, now)
        longest = self._slack(chat) + self._every(chat) * 2
        return now if even_at > now + longest + SKEW else even_at


class Sender:
    """One sender; several workers may run its `step` at the same time.

    `hold` gives what says whether this process still has what it claimed. A chat that may not get
    a message now is postponed in the outbox rather than waited for, so a worker only ever waits
    for the pace of all chats together.
    """

    def __init__(
        self,
        db: Database,
        send: SendRow,
        limits: SendingLimits | None = None,
        lost_sight: Callable[[CustomerId], None] = lambda _customer: None,
        delivered: Mapping[type[Notice], Delivered] | None = None,
        hold: Callable[[], Callable[[], bool]] = lambda: lambda: True,
    ) -> None:
        self._db = db
        self._hold = hold
        self._send_out = send
        self._lost_sight = lost_sight
        self._delivered = delivered or {}
        self._limits = limits or SendingLimits()
        self.pace = SendingPace(self._limits)
        self._on_the_way: dict[int, int] = {}
        """The rows that are being sent here, each with the newest claim of it."""
        self._ended: dict[int, set[int]] = {}
        """For each step under way, the rows that were settled here since it began to claim."""

    async def step(self, limit: int = BATCH) -> int:
        """Claim some rows and send each; how many were claimed."""
        is_held, ended = self._hold(), set[int]()
        self._ended[id(ended)] = ended
        try:
            rows = await self._db.write(store.claim, limit)
            for row in rows:
                if is_held() and row.id not in ended:
                    await self._settle_once(row)
                else:  # perhaps another sends it; one that only stood still must not keep it
                    await self._db.write(store.return_row, row)
        finally:
            del self._ended[id(ended)]
        return len(rows)

    async def idle_s(self) -> float:
        """How long to wait when nothing is due: until the next row is, at most five seconds."""
        due_at = await self._db.read(store.next_due)
        if due_at is None:
            return LONGEST_IDLE.total_seconds()
        return min(
            max(due_at - self._db.clock.now(), timedelta(milliseconds=20)), LONGEST_IDLE
        ).total_seconds()

    async def _settle_once(self, row: Outgoing) -> None:
        """Leave a row alone that is being sent here: a clock that was set ended its lease."""
        if row.id in self._on_the_way:
            self._on_the_way[row.id] = row.claim  # whoever sends it gives the chat back
            return
        self._on_the_way[row.id] = row.claim
        try:
            await self._give_back(row, await self._settle(row))
        finally:
            del self._on_the_way[row.id]
            for ended in self._ended.values():
                ended.add(row.id)

    async def _give_back(self, row: Outgoing, noted: _Noted) -> None:
        """Give the chat back where it was claimed once more while the outcome was written."""
        used = noted.claim
        while (newest := self._on_the_way[row.id]) != used:
            await self._db.write(store.return_row, replace(row, claim=newest), noted.wait)
            used = newest

    async def _settle(self, row: Outgoing) -> _Noted:
        now = self._db.clock.now()
        # An edit leaves one message of the burst to the goods, which may be here any moment.
        is_edit = isinstance(row.notice, OrderCard) or row.message is not None
        ready_at = self.pace.ready_at(row.chat, now, keeps=1 if is_edit else 0)
        if ready_at > now:
            postpone = store.postpone_row if is_edit else store.postpone_chat
            await self._db.write(postpone, row, ready_at)
            return _Noted(row.claim, timedelta() if is_edit else ready_at - now)
        await self.pace.take(row.chat, now)
        receipt = await self._send(row)
        claim = self._on_the_way[row.id]
        await self._note(replace(row, claim=claim), receipt)
        holds = receipt.fate in {SendOutcome.LATER, SendOutcome.CLOSED}
        return _Noted(claim, receipt.wait if holds else timedelta())

    async def _send(self, row: Outgoing) -> SendResult:
        try:
            async with asyncio.timeout(self._limits.send_within.total_seconds()):
                return await self._send_out(row)
        except TimeoutError:
            return SendResult(SendOutcome.LATER, growing_wait(row.tries), why="timeout")
        except (
            DatabaseUnavailable
        ):  # no flaw of the row's: whatever waits for the chat stays behind it
            return SendResult(SendOutcome.LATER, growing_wait(row.tries), why="database")
        except Exception as broken:  # one broken row must not hold up the others
            log.exception("sending_broke", row=row.id, kind=type(row.notice).__name__)
            return SendResult(
                SendOutcome.BROKEN, growing_wait(row.tries), why=type(broken).__name__
            )

    async def _note(self, row: Outgoing, receipt: SendResult) -> None:
        now = self._db.clock.now()
        match receipt.fate:
            case SendOutcome.SENT:
                await self._note_sent(row, receipt.message)
            case SendOutcome.BROKEN:
                await self._db.write(store.postpone_broken, row, receipt.why, now + receipt.wait)
            case SendOutcome.LATER:
                await self._db.write(store.postpone_chat, row, now + receipt.wait)
            case SendOutcome.UNREACHABLE:
                await self._db.write(store.unreachable, row)
                self._lost_sight(row.chat)
            case SendOutcome.CLOSED:
                if await self._db.write(store.closed, row, now + receipt.wait):
                    log.warning("alert_chat_closed", chat=row.chat, why=receipt.why)
            case SendOutcome.DROPPED:
                log.warning("notice_dropped", row=row.id, why=receipt.why)
                await self._db.write(store.dropped, row, receipt.why)

    async def _note_sent(self, row: Outgoing, message: int | None) -> None:
        await self._db.write(store.sent, row, message)
        note = self._delivered.get(type(row.notice))
        if note is not None:
            await note(row)


def growing_wait(tries: int) -> timedelta:
    """2 s, 4 s, 8 s and so on, at most ten minutes."""
    return min(LONGEST_WAIT, timedelta(seconds=2 ** (min(max(tries, 0), 12) + 1)))
