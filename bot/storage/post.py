"""Put a notice into the outbox, in the same transaction as what it tells of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.ids import CustomerId, OrderId
from bot.shop.notices import AnyNotice, OrderCard, encode, priority
from bot.storage.tables import alerts, outbox
from bot.storage.upsert import insert_for


def tell(
    connection: Connection, chat: CustomerId, key: str, notice: AnyNotice, now: datetime
) -> None:
    """Queue one notice for one chat; the same key twice is one message."""
    row = insert_for(connection, outbox).values(**_row(chat, key, notice, now))
    connection.execute(row.on_conflict_do_nothing(index_elements=["dedup_key"]))


def refresh_card(connection: Connection, chat: CustomerId, order: OrderId, now: datetime) -> None:
    """Have the order's card edited to what is true; several wishes in a row become one edit."""
    values = _row(chat, f"card:{order}", OrderCard(order), now)
    again = {
        "state": "pending",
        "version": outbox.c.version + 1,
        "tries": 0,
        "due_at": now,
    }
    row = insert_for(connection, outbox).values(**values)
    connection.execute(row.on_conflict_do_update(index_elements=["dedup_key"], set_=again))


def tell_operators(
    connection: Connection,
    operators: tuple[CustomerId, ...],
    key: str,
    notice: AnyNotice,
    now: datetime,
) -> None:
    """Queue one notice for every operator."""
    for operator in operators:
        tell(connection, operator, f"{key}:{operator}", notice, now)


def begin_alert(
    connection: Connection,
    operators: tuple[CustomerId, ...],
    cause: str,
    notice: AnyNotice,
    now: datetime,
) -> bool:
    """Tell every operator unless this cause is on already; True when it is new."""
    rounds = _turn(connection, cause, on=True, now=now)
    if rounds is None:
        return False
    tell_operators(connection, operators, f"alert:{cause}:{rounds}:on", notice, now)
    return True


def end_alert(
    connection: Connection,
    operators: tuple[CustomerId, ...],
    cause: str,
    notice: AnyNotice | None,
    now: datetime,
) -> bool:
    """Tell every operator that a cause is over, if it was on; a None notice is silent."""
    rounds = _turn(connection, cause, on=False, now=now)
    if rounds is None:
        return False
    if notice is not None:
        tell_operators(connection, operators, f"alert:{cause}:{rounds}:off", notice, now)
    return True


def is_settled(connection: Connection, cause: str, since: datetime, *, on: bool) -> bool:
    """Whether there is nothing to tell: the cause stands so, or was over later than `since`.

    A look without a lock, which spares a writing transaction every second.
    """
    row = connection.execute(select(alerts).where(alerts.c.cause == cause)).one_or_none()
    if row is None:
        return not on
    return bool(row.on == on or (on and row.at > since))


def _turn(connection: Connection, cause: str, *, on: bool, now: datetime) -> int | None:
    """Switch a cause on or off; its round, or None when it stood so already."""
    query = select(alerts).where(alerts.c.cause == cause).with_for_update(key_share=True)
    row = connection.execute(query).one_or_none()
    if row is None and not on:
        return None
    if row is None:
        first = insert_for(connection, alerts).values(cause=cause, on=True, rounds=1, at=now)
        done = connection.execute(first.on_conflict_do_nothing().returning(alerts.c.rounds))
        return done.scalar_one_or_none()
    if row.on == on:
        return None
    rounds = int(row.rounds) + (1 if on else 0)
    change = update(alerts).where(alerts.c.cause == cause)
    connection.execute(change.values(on=on, rounds=rounds, at=now))
    return rounds


def _row(chat: CustomerId, key: str, notice: AnyNotice, now: datetime) -> dict[str, object]:
    return {
        "chat": chat,
        "dedup_key": key,
        "notice": encode(notice),
        "priority": priority(notice),
        "state": "pending",
        "due_at": now,
        "created_at": now,
    }
