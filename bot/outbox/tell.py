"""Telling people: a notice is put into the outbox in the same transaction as what it tells of.

Alerts tell operators once when a cause begins, and once when it is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import func, select, update

from bot.base.clock import SKEW, is_over
from bot.base.ids import CustomerId, OrderId
from bot.base.keys import alert_key, card_key
from bot.base.topics import OUTBOX
from bot.db.database import Database
from bot.db.tx import Tx, insert_for
from bot.outbox.notice import Notice
from bot.outbox.notices import (
    AnyNotice,
    OrderCard,
)
from bot.outbox.tables import (
    CARD,
    MAY_SETTLE,
    Sending,
    alerts,
    outbox,
)
from bot.outbox.traits import acts_on, priority, subject_of

_NOTED_EVERY: Final = timedelta(seconds=30)
"""A cause is looked at every second and noted as still on no more often than this."""
_ENCODER: Final = msgspec.json.Encoder()


def tell(
    tx: Tx, chat: CustomerId, key: str, notice: AnyNotice, wait: timedelta = timedelta(0)
) -> None:
    """Queue one notice for one chat, to be sent after a wait; a key twice is one message."""
    tx.wake(OUTBOX)
    values = _row(tx, chat, key, notice) | {"due_at": tx.now + wait}
    row = insert_for(tx, outbox).values(**values)
    tx.execute(row.on_conflict_do_nothing(index_elements=["dedup_key"]))


def refresh_card(tx: Tx, chat: CustomerId, order: OrderId) -> None:
    """Have the order's card edited to what is true; asked for several times, it is edited once."""
    tx.wake(OUTBOX)
    values = _row(tx, chat, card_key(order), OrderCard(order))
    again = {
        "state": Sending.PENDING,
        "version": outbox.c.version + 1,
        "tries": 0,
        "due_at": tx.now,
    }
    row = insert_for(tx, outbox).values(**values)
    tx.execute(row.on_conflict_do_update(index_elements=["dedup_key"], set_=again))


def tell_operators(tx: Tx, key: str, notice: AnyNotice) -> None:
    """Queue one notice for every operator who may act on it, and for their group."""
    chats = [*tx.settings.list_operators(tx, acts_on(notice))]
    if tx.settings.alert_chat is not None:
        chats.append(tx.settings.alert_chat.id)
    for chat in chats:
        tell(tx, chat, f"{key}:{chat}", notice)


def _row(tx: Tx, chat: CustomerId, key: str, notice: AnyNotice) -> dict[str, object]:
    return {
        "chat": chat,
        "dedup_key": key,
        "notice": _ENCODER.encode(notice).decode(),
        "priority": priority(notice),
        "subject": subject_of(notice),
        "state": Sending.PENDING,
        "due_at": tx.now,
        "created_at": tx.now,
    }


def settle_notices(tx: Tx, subject: str, only: type[Notice] | None = None) -> None:
    """Have what was told of a subject edited to what is true now, wherever it still stands.

    `only` is the one kind of notice that has changed.
    """
    again = {
        "state": Sending.PENDING,
        "priority": CARD,
        "version": outbox.c.version + 1,
        "tries": 0,
        "due_at": tx.now,
    }
    mine = update(outbox).where(outbox.c.subject == subject, MAY_SETTLE)
    if only is not None:
        begins = f'{{"kind":"{only.__struct_config__.tag}"'
        mine = mine.where(outbox.c.notice.startswith(begins, autoescape=True))
    # What is on its way was put into words before: it is edited once it is there.
    on_its_way = mine.where(outbox.c.state == Sending.PENDING)
    tx.execute(on_its_way.values(version=outbox.c.version + 1))
    told = mine.where(outbox.c.state == Sending.SENT, outbox.c.message.is_not(None))
    if tx.execute(told.values(again)).rowcount:
        tx.wake(OUTBOX)


def begin_alert(tx: Tx, cause: str, notice: AnyNotice) -> bool:
    """Tell every operator unless this cause is on already; True when it is new."""
    rounds = _switch(tx, cause, on=True)
    if rounds is None:
        return False
    tell_operators(tx, alert_key(cause, rounds, on=True), notice)
    return True


def end_alert(tx: Tx, cause: str, notice: AnyNotice | None) -> bool:
    """Tell every operator that a cause is over, if it was on; a None notice is silent."""
    rounds = _switch(tx, cause, on=False)
    if rounds is None:
        return False
    if notice is not None:
        tell_operators(tx, alert_key(cause, rounds, on=False), notice)
    return True


def _switch(tx: Tx, cause: str, *, on: bool) -> int | None:
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


def is_alert_known(tx: Tx, cause: str, quiet: timedelta = timedelta(0), *, on: bool) -> bool:
    """Whether the cause stands so already, or was over less than `quiet` ago; without a lock."""
    row = tx.execute(select(alerts).where(alerts.c.cause == cause)).one_or_none()
    if row is None:
        return not on
    return bool(row.on == on or (on and quiet and not is_over(row.at, quiet, tx.now)))


def count_alerts(tx: Tx, family: str, since: datetime) -> int:
    """How many causes whose keys begin like this were told since then."""
    query = select(func.count()).where(
        alerts.c.cause.startswith(family, autoescape=True),
        alerts.c.at.between(since, tx.now + SKEW),
    )
    return int(tx.execute(query).scalar_one())


def needs_heartbeat(tx: Tx, cause: str) -> bool:
    """Whether the cause is on, and was last noted as such half a minute ago or more."""
    seen_at = _seen_at(tx, cause)
    return seen_at is not None and is_over(seen_at, _NOTED_EVERY, tx.now)


def renew_heartbeat(tx: Tx, cause: str) -> None:
    """Note that a cause that is on still lasts."""
    lasts = update(alerts).where(
        alerts.c.cause == cause,
        alerts.c.on != 0,
        (alerts.c.at < tx.now) | (alerts.c.at > tx.now + SKEW),
    )
    tx.execute(lasts.values(at=tx.now))


def is_seen_since(tx: Tx, cause: str, since: datetime | None) -> bool:
    """Whether somebody noted after `since` that the cause lasts; with None never.

    What was noted in the future is long past.
    """
    seen_at = None if since is None else _seen_at(tx, cause)
    return seen_at is not None and since is not None and since < seen_at <= tx.now + SKEW


def _seen_at(tx: Tx, cause: str) -> datetime | None:
    """When a cause that is on was last noted; None for one that is over."""
    query = select(alerts.c.at).where(alerts.c.cause == cause, alerts.c.on != 0)
    return tx.execute(query).scalar_one_or_none()


def end_if_unseen(tx: Tx, cause: str, since: datetime | None, notice: AnyNotice | None) -> bool:
    """End a cause unless somebody noted it after `since`; whether it ended."""
    locked = select(alerts.c.cause).where(alerts.c.cause == cause)
    tx.execute(locked.with_for_update(key_share=True)).one_or_none()
    return not is_seen_since(tx, cause, since) and end_alert(tx, cause, notice)


@dataclass(frozen=True, slots=True)
class Alerts:
    """Causes that operators hear about. A look without a lock spares most writing transactions."""

    db: Database

    async def begin(self, cause: str, notice: AnyNotice, quiet: timedelta = timedelta(0)) -> bool:
        """Tell every operator unless this cause is on already; True when it is new.

        `quiet` keeps a cause off that was over less than this ago. Called again and again while
        a cause lasts, it notes (within half a minute) that the cause still does.
        """
        if await self.db.read(is_alert_known, cause, quiet, on=True):
            if await self.db.read(needs_heartbeat, cause):
                await self.db.write(renew_heartbeat, cause)
            return False
        return await self.db.write(begin_alert, cause, notice)

    async def end(
        self, cause: str, notice: AnyNotice | None, unless_seen_since: datetime | None = None
    ) -> bool:
        """Tell every operator that a cause is over, if it was on; a None notice is silent.

        `unless_seen_since` keeps it on when anybody, in whatever process, saw it after this.
        """
        if await self.db.read(is_alert_known, cause, on=False):
            return False
        if await self.db.read(is_seen_since, cause, unless_seen_since):
            return False
        return await self.db.write(end_if_unseen, cause, unless_seen_since, notice)
