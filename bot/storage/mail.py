"""The ports to what leaves for the chats, over a database: each method is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import CustomerId
from bot.shop.notices import AnyNotice
from bot.shop.ports import Outgoing
from bot.storage import (
    lasting,
    outbox,
    post,
)
from bot.storage.database import Database
from bot.storage.house import House


@dataclass(frozen=True, slots=True)
class SqlAlerts:
    """Fits `bot.shop.ports.Alerts`."""

    database: Database
    house: House

    async def begin(
        self, cause: str, notice: AnyNotice, now: datetime, quiet: timedelta = timedelta(0)
    ) -> bool:
        """See the port."""
        if await self.database.read(post.is_settled, cause, now - quiet, on=True):
            if await self.database.read(lasting.is_fading, cause, now):
                await self.database.write(lasting.see_again, cause, now)
            return False
        who = self.house.operators
        return await self.database.write(post.begin_alert, who, cause, notice, now)

    async def end(
        self,
        cause: str,
        notice: AnyNotice | None,
        now: datetime,
        unless_seen_since: datetime | None = None,
    ) -> bool:
        """See the port."""
        if await self.database.read(post.is_settled, cause, now, on=False):
            return False
        if await self.database.read(lasting.is_seen_since, cause, unless_seen_since):
            return False
        who, which = self.house.operators, (cause, unless_seen_since)
        return await self.database.write(lasting.end_if_unseen, who, which, notice, now)


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """Fits `bot.shop.ports.Outbox`; `lost_sight` is told of people who cannot be reached."""

    database: Database
    house: House
    lost_sight: Callable[[CustomerId], None] = lambda _customer: None

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """See the port."""
        return await self.database.write(outbox.claim, now, limit)

    async def sent(self, row: Outgoing, message: int | None, now: datetime) -> None:
        """See the port."""
        await self.database.write(outbox.sent, row, message, now)

    async def later(self, row: Outgoing, due_at: datetime) -> None:
        """See the port."""
        await self.database.write(outbox.later, row, due_at)

    async def step_back(self, row: Outgoing, due_at: datetime) -> None:
        """See the port."""
        await self.database.write(outbox.step_back, row, due_at)

    async def broken(self, row: Outgoing, due_at: datetime, why: str, now: datetime) -> None:
        """See the port."""
        words = (why, due_at)
        await self.database.write(outbox.broken, self.house, row, words, now)

    async def unreachable(self, row: Outgoing, now: datetime) -> None:
        """See the port."""
        await self.database.write(outbox.unreachable, row, now)
        self.lost_sight(row.chat)

    async def dropped(self, row: Outgoing, why: str, now: datetime) -> None:
        """See the port."""
        await self.database.write(outbox.dropped, self.house, row, why, now)

    async def next_due(self, now: datetime) -> datetime | None:
        """See the port; `now` is what the answer is compared with."""
        return await self.database.read(outbox.next_due)
