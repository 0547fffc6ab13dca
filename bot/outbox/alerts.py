"""Alerts to operators: told once when a cause begins, and once when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from bot.base.keys import alert_key
from bot.db.database import Database
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import AnyNotice
from bot.outbox.tables import alerts
from bot.outbox.tell import tell_operators

_NOTED_EVERY: Final = timedelta(seconds=30)
"""Causes are looked at every second; so seldom it is written down that one still lasts."""


def begin_alert(tx: Tx, cause: str, notice: AnyNotice) -> bool:
    """Tell every operator unless this cause is on already; True when it is new."""
    rounds = _turn(tx, cause, on=True)
    if rounds is None:
        return False
    tell_operators(tx, alert_key(cause, rounds, on=True), notice)
    return True


def end_alert(tx: Tx, cause: str, notice: AnyNotice | None) -> bool:
    """Tell every operator that a cause is over, if it was on; a None notice is silent."""
    rounds = _turn(tx, cause, on=False)
    if rounds is None:
        return False
    if notice is not None:
        tell_operators(tx, alert_key(cause, rounds, on=False), notice)
    return True


def is_settled(tx: Tx, cause: str, quiet: timedelta = timedelta(0), *, on: bool) -> bool:
    """Whether there is nothing to tell: the cause stands so, or was over less than `quiet` ago.

    A look without a lock, which spares a writing transaction every second.
    """
    row = tx.execute(select(alerts).where(alerts.c.cause == cause)).one_or_none()
    if row is None:
        return not on
    return bool(row.on == on or (on and row.at > tx.now - quiet))


def _turn(tx: Tx, cause: str, *, on: bool) -> int | None:
    """Switch a cause on or off; its round, or None when it stood so already."""
    query = select(alerts).where(alerts.c.cause == cause).with_for_update(key_share=True)
    row = tx.execute(query).one_or_none()
    if row is None and not on:
        return None
    if row is None:
        first = insert_for(tx, alerts).values(cause=cause, on=True, rounds=1, at=tx.now)
        done = tx.execute(first.on_conflict_do_nothing().returning(alerts.c.rounds))
        return done.scalar_one_or_none()
    if row.on == on:
        return None
    rounds = int(row.rounds) + (1 if on else 0)
    change = update(alerts).where(alerts.c.cause == cause)
    tx.execute(change.values(on=on, rounds=rounds, at=tx.now))
    return rounds


def is_fading(tx: Tx, cause: str) -> bool:
    """Whether the cause is on, and nobody has noted that for a while."""
    query = select(alerts.c.at).where(alerts.c.cause == cause, alerts.c.on != 0)
    seen_at = tx.execute(query).scalar_one_or_none()
    return seen_at is not None and tx.now - seen_at >= _NOTED_EVERY


def see_again(tx: Tx, cause: str) -> None:
    """Note that a cause that is on still lasts."""
    lasts = update(alerts).where(alerts.c.cause == cause, alerts.c.on != 0, alerts.c.at < tx.now)
    tx.execute(lasts.values(at=tx.now))


def is_seen_since(tx: Tx, cause: str, since: datetime | None) -> bool:
    """Whether somebody noted after `since` that the cause lasts; None asks about no time."""
    if since is None:
        return False
    query = select(alerts.c.at).where(alerts.c.cause == cause, alerts.c.on != 0)
    seen_at = tx.execute(query).scalar_one_or_none()
    return seen_at is not None and seen_at > since


def end_if_unseen(tx: Tx, cause: str, since: datetime | None, notice: AnyNotice | None) -> bool:
    """See `Alerts.end`; since when nobody may have seen it."""
    locked = select(alerts.c.cause).where(alerts.c.cause == cause)
    tx.execute(locked.with_for_update(key_share=True)).one_or_none()
    if is_seen_since(tx, cause, since):
        return False
    return end_alert(tx, cause, notice)


@dataclass(frozen=True, slots=True)
class Alerts:
    """Causes that operators hear about. A look without a lock spares most writing transactions."""

    db: Database

    async def begin(self, cause: str, notice: AnyNotice, quiet: timedelta = timedelta(0)) -> bool:
        """Tell every operator unless this cause is on already; True when it is new.

        `quiet` keeps a cause off that was over less than this ago. Called again and again while
        a cause lasts, it notes (within half a minute) that the cause still does.
        """
        if await self.db.read(is_settled, cause, quiet, on=True):
            if await self.db.read(is_fading, cause):
                await self.db.write(see_again, cause)
            return False
        return await self.db.write(begin_alert, cause, notice)

    async def end(
        self, cause: str, notice: AnyNotice | None, unless_seen_since: datetime | None = None
    ) -> bool:
        """Tell every operator that a cause is over, if it was on; None says nothing.

        `unless_seen_since` keeps it on when anybody, in whatever process, saw it after this.
        """
        if await self.db.read(is_settled, cause, on=False):
            return False
        if await self.db.read(is_seen_since, cause, unless_seen_since):
            return False
        return await self.db.write(end_if_unseen, cause, unless_seen_since, notice)
