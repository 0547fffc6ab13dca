"""Forget what nobody needs any more: prices never used, words long sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select

from bot.ops.clock import Clock
from bot.storage.database import Database
from bot.storage.tables import orders, outbox, quotes

_QUOTES_KEPT: Final = timedelta(days=1)
_WORDS_KEPT: Final = timedelta(days=30)


def purge(connection: Connection, now: datetime) -> int:
    """Delete expired quotes without an order and messages long since sent; how many rows."""
    used = select(orders.c.quote)
    stale = delete(quotes).where(
        quotes.c.expires_at < now - _QUOTES_KEPT, quotes.c.id.not_in(used)
    )
    said = delete(outbox).where(
        outbox.c.state.in_(("sent", "dropped")), outbox.c.created_at < now - _WORDS_KEPT
    )
    return sum(connection.execute(one).rowcount for one in (stale, said))


@dataclass(frozen=True, slots=True)
class Purge:
    """The nightly forgetting."""

    database: Database
    clock: Clock

    async def __call__(self) -> int:
        """How many rows were forgotten."""
        return await self.database.write(purge, self.clock.now())
