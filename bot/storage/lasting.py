"""The cause of an alert while it lasts: seen by anybody it is on, seen by nobody it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from bot.shop.notices import AnyNotice
from bot.storage.post import end_alert
from bot.storage.tables import alerts
from bot.storage.tx import Tx

_NOTED_EVERY: Final = timedelta(seconds=30)
"""Causes are looked at every second; so seldom it is written down that one still lasts."""


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
