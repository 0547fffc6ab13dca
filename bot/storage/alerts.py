"""Alerts about causes that begin, last and end: told once each, however often they are noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.shop.notices import AnyNotice
from bot.storage import lasting, post
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Alerts:
    """Causes that operators hear about. A look without a lock spares most writing transactions."""

    db: Database

    async def begin(self, cause: str, notice: AnyNotice, quiet: timedelta = timedelta(0)) -> bool:
        """Tell every operator unless this cause is on already; True when it is new.

        `quiet` keeps a cause off that was over less than this ago. Called again and again while
        a cause lasts, it notes (within half a minute) that the cause still does.
        """
        if await self.db.read(post.is_settled, cause, quiet, on=True):
            if await self.db.read(lasting.is_fading, cause):
                await self.db.write(lasting.see_again, cause)
            return False
        return await self.db.write(post.begin_alert, cause, notice)

    async def end(
        self, cause: str, notice: AnyNotice | None, unless_seen_since: datetime | None = None
    ) -> bool:
        """Tell every operator that a cause is over, if it was on; None says nothing.

        `unless_seen_since` keeps it on when anybody, in whatever process, saw it after this.
        """
        if await self.db.read(post.is_settled, cause, on=False):
            return False
        if await self.db.read(lasting.is_seen_since, cause, unless_seen_since):
            return False
        return await self.db.write(lasting.end_if_unseen, cause, unless_seen_since, notice)
