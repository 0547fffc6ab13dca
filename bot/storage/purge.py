"""Forget what nobody needs any more: prices never used, words long sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update

from bot.ops.clock import Clock
from bot.storage.database import Database
from bot.storage.tables import orders, outbox, quotes, rentals

_QUOTES_KEPT: Final = timedelta(days=1)
_WORDS_KEPT: Final = timedelta(days=30)
_PHONES_KEPT: Final = timedelta(days=90)
"""Longer than any supplier hands the same number out again."""


def purge(connection: Connection, now: datetime) -> int:
    """Forget expired quotes without an order, messages long since sent, phones long since used.

    Returns:
        How many rows.
    """
    used = select(orders.c.quote)
    stale = delete(quotes).where(
        quotes.c.expires_at < now - _QUOTES_KEPT, quotes.c.id.not_in(used)
    )
    said = delete(outbox).where(
        outbox.c.state.in_(("sent", "dropped")), outbox.c.created_at < now - _WORDS_KEPT
    )
    had = update(rentals).where(rentals.c.closed_at < now - _PHONES_KEPT, rentals.c.phone != "")
    forgotten = (stale, said, had.values(phone=""))
    return sum(connection.execute(one).rowcount for one in forgotten)


@dataclass(frozen=True, slots=True)
class Purge:
    """The nightly forgetting."""

    database: Database
    clock: Clock

    async def __call__(self) -> int:
        """How many rows were forgotten."""
        return await self.database.write(purge, self.clock.now())
