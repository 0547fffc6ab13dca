"""Tells the owners once a day, at an hour of the shop's own clocks, that there are figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.base.keys import digest_key
from bot.db.database import Database
from bot.db.tx import Tx
from bot.orders.sales.days import day_of, moment_at
from bot.outbox.sales_notices import SalesDigest
from bot.outbox.tell import tell_operators


@dataclass(slots=True)
class TellDigest:
    """The job by the clock; `at` is so long after midnight. `told` spares writes, no more."""

    db: Database
    at: timedelta
    told: int = 0

    async def __call__(self) -> bool:
        """Whether it was the hour; told once a day, by however many processes."""
        zone, now = self.db.settings.zone, self.db.clock.now()
        today = day_of(now, zone)
        if self.told == today or now < moment_at(today, self.at, zone):
            return False
        await self.db.write(tell_digest, today)
        self.told = today
        return True


def tell_digest(tx: Tx, today: int) -> None:
    """Queue the figures of the day before; a day twice is one message to each."""
    tell_operators(tx, digest_key(today), SalesDigest(today - 1))
