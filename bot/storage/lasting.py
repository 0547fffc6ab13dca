"""The cause of an alert while it lasts: seen by anybody it is on, seen by nobody it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select, update

from bot.domain.ids import CustomerId
from bot.shop.notices import AnyNotice
from bot.storage.post import end_alert
from bot.storage.tables import alerts

_NOTED_EVERY: Final = timedelta(seconds=30)
"""Causes are looked at every second; so seldom it is written down that one still lasts."""


def is_fading(connection: Connection, cause: str, now: datetime) -> bool:
    """Whether the cause is on, and nobody has noted that for a while."""
    query = select(alerts.c.at).where(alerts.c.cause == cause, alerts.c.on != 0)
    seen_at = connection.execute(query).scalar_one_or_none()
    return seen_at is not None and now - seen_at >= _NOTED_EVERY


def see_again(connection: Connection, cause: str, now: datetime) -> None:
    """Note that a cause that is on still lasts."""
    lasts = update(alerts).where(alerts.c.cause == cause, alerts.c.on != 0, alerts.c.at < now)
    connection.execute(lasts.values(at=now))


def is_seen_since(connection: Connection, cause: str, since: datetime | None) -> bool:
    """Whether somebody noted after `since` that the cause lasts; None asks about no time."""
    if since is None:
        return False
    query = select(alerts.c.at).where(alerts.c.cause == cause, alerts.c.on != 0)
    seen_at = connection.execute(query).scalar_one_or_none()
    return seen_at is not None and seen_at > since


def end_if_unseen(
    connection: Connection,
    operators: tuple[CustomerId, ...],
    which: tuple[str, datetime | None],
    notice: AnyNotice | None,
    now: datetime,
) -> bool:
    """See `Alerts.end`; `which` is the cause, and since when nobody may have seen it."""
    cause, since = which
    locked = select(alerts.c.cause).where(alerts.c.cause == cause)
    connection.execute(locked.with_for_update(key_share=True)).one_or_none()
    if is_seen_since(connection, cause, since):
        return False
    return end_alert(connection, operators, cause, notice, now)
