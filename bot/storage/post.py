"""Put a notice into the outbox, in the same transaction as what it tells of."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from bot.domain.ids import CustomerId, OrderId
from bot.domain.keys import alert_key, card_key
from bot.shop.notices import AnyNotice, OrderCard, Sending, encode, priority
from bot.storage.tables import alerts, outbox
from bot.storage.tx import Tx
from bot.storage.upsert import insert_for

OUTBOX: Final = "outbox"
"""The topic of whoever sends messages."""


def tell(tx: Tx, chat: CustomerId, key: str, notice: AnyNotice) -> None:
    """Queue one notice for one chat; the same key twice is one message."""
    tx.wake(OUTBOX)
    row = insert_for(tx, outbox).values(**_row(tx, chat, key, notice))
    tx.execute(row.on_conflict_do_nothing(index_elements=["dedup_key"]))


def refresh_card(tx: Tx, chat: CustomerId, order: OrderId) -> None:
    """Have the order's card edited to what is true; several wishes in a row become one edit."""
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
    """Queue one notice for every operator."""
    for operator in tx.settings.list_operators(tx):
        tell(tx, operator, f"{key}:{operator}", notice)


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


def _row(tx: Tx, chat: CustomerId, key: str, notice: AnyNotice) -> dict[str, object]:
    return {
        "chat": chat,
        "dedup_key": key,
        "notice": encode(notice),
        "priority": priority(notice),
        "state": Sending.PENDING,
        "due_at": tx.now,
        "created_at": tx.now,
    }
