"""The outbox: one message a chat at a time, deliveries first, nothing lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, exists, func, or_, select, text, tuple_, update

from bot.domain.ids import CustomerId
from bot.shop.notices import CARD, CodeArrived, GoodsArrived, OrderOddity, decode
from bot.shop.ports import Outgoing
from bot.storage.house import House
from bot.storage.post import tell_operators
from bot.storage.tables import chat_slots, outbox
from bot.storage.upsert import insert_for

_LEASE: Final = timedelta(minutes=1)
_CLAIM_LOCK: Final = 0x4B696F74
_FREE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""A slot's moment that is over, whatever the time is."""
_FALLS_BEFORE_ALARM: Final = 3
_LOOKED_AT: Final = 200
"""How many due rows one claim looks at to find a few chats; a flood of one chat is no obstacle."""


def claim(connection: Connection, now: datetime, limit: int) -> tuple[Outgoing, ...]:
    """See `Outbox.claim`."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CLAIM_LOCK})
    chosen = _first_of_each_chat(connection, now)[:limit]
    known = []
    for row in chosen:
        try:
            known.append(_outgoing(row))
        except msgspec.DecodeError:
            _drop(connection, row.id, "no words for this notice")
        else:
            _put_slot(connection, CustomerId(row.chat), free_at=now + _LEASE)
    return tuple(known)


def _drop(connection: Connection, row: int, why: str) -> None:
    done = update(outbox).where(outbox.c.id == row)
    connection.execute(done.values(state="dropped", why=why[:200]))


def _first_of_each_chat(connection: Connection, now: datetime) -> list[Row[Any]]:
    """Due rows of free chats that no other row of the same chat goes before.

    Walks an index from the most urgent row on and stops when it has enough, so that a flood in the
    outbox costs no more than a trickle.
    """
    ahead = outbox.alias("ahead")
    is_next = ~exists().where(
        ahead.c.chat == outbox.c.chat,
        ahead.c.state == "pending",
        ahead.c.due_at <= now,
        tuple_(ahead.c.priority, ahead.c.id) < tuple_(outbox.c.priority, outbox.c.id),
    )
    query = (
        select(outbox)
        .outerjoin(chat_slots, chat_slots.c.chat == outbox.c.chat)
        .where(
            outbox.c.state == "pending",
            outbox.c.due_at <= now,
            or_(chat_slots.c.free_at.is_(None), chat_slots.c.free_at <= now),
            is_next,
        )
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(_LOOKED_AT)
    )
    return list(connection.execute(query))


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(
        id=row.id,
        chat=CustomerId(row.chat),
        notice=decode(row.notice),
        tries=row.tries,
        version=row.version,
        created_at=row.created_at,
    )


def _put_slot(connection: Connection, chat: CustomerId, **values: datetime | bool) -> None:
    """Change a chat's slot, before any row of that chat: so nobody waits for each other."""
    row = insert_for(connection, chat_slots).values(chat=chat, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["chat"], set_=values))


def sent(connection: Connection, row: Outgoing, message: int | None, now: datetime) -> None:
    """See `Outbox.sent`; a row renewed meanwhile stays pending."""
    done = update(outbox).where(outbox.c.id == row.id, outbox.c.version == row.version)
    _put_slot(connection, row.chat, free_at=now)
    connection.execute(done.values(state="sent", message=message))


def broken(
    connection: Connection,
    house: House,
    row: Outgoing,
    words: tuple[str, datetime],
    now: datetime,
) -> None:
    """See `Outbox.broken`."""
    why, due_at = words
    put_off = update(outbox).where(outbox.c.id == row.id)
    _put_slot(connection, row.chat, free_at=now)
    connection.execute(put_off.values(tries=row.tries + 1, due_at=due_at, why=why[:200]))
    if row.tries + 1 >= _FALLS_BEFORE_ALARM and isinstance(row.notice, GoodsArrived | CodeArrived):
        oddity = OrderOddity(row.notice.order, "undeliverable", why[:200])
        tell_operators(connection, house.operators, f"undeliverable:{row.id}", oddity, now)


def later(connection: Connection, row: Outgoing, due_at: datetime) -> None:
    """See `Outbox.later`."""
    counted = update(outbox).where(outbox.c.id == row.id)
    _put_slot(connection, row.chat, free_at=due_at)
    connection.execute(counted.values(tries=row.tries + 1))


def step_back(connection: Connection, row: Outgoing, due_at: datetime) -> None:
    """See `Outbox.step_back`."""
    put_off = update(outbox).where(outbox.c.id == row.id)
    _put_slot(connection, row.chat, free_at=_FREE)
    connection.execute(put_off.values(due_at=due_at))


def unreachable(connection: Connection, row: Outgoing, now: datetime) -> None:
    """See `Outbox.unreachable`; edits of cards need no waiting, the newest is made on demand."""
    _put_slot(connection, row.chat, free_at=now, reachable=False)
    waiting = update(outbox).where(outbox.c.chat == row.chat, outbox.c.state == "pending")
    connection.execute(
        waiting.where(outbox.c.priority == CARD).values(state="dropped", why="unreachable")
    )
    connection.execute(waiting.values(state="unreachable"))


def dropped(connection: Connection, house: House, row: Outgoing, why: str, now: datetime) -> None:
    """See `Outbox.dropped`."""
    done = update(outbox).where(outbox.c.id == row.id, outbox.c.version == row.version)
    _put_slot(connection, row.chat, free_at=now)
    connection.execute(done.values(state="dropped", why=why[:200]))
    if isinstance(row.notice, GoodsArrived | CodeArrived):
        oddity = OrderOddity(row.notice.order, "undeliverable", why[:200])
        tell_operators(connection, house.operators, f"undeliverable:{row.id}", oddity, now)


def next_due(connection: Connection) -> datetime | None:
    """See `Outbox.next_due`; looks at the earliest rows only, so the answer may come early."""
    free = func.coalesce(chat_slots.c.free_at, outbox.c.due_at)
    query = (
        select(outbox.c.due_at, free.label("free_at"))
        .outerjoin(chat_slots, chat_slots.c.chat == outbox.c.chat)
        .where(outbox.c.state == "pending")
        .order_by(outbox.c.due_at)
        .limit(_LOOKED_AT)
    )
    moments = [max(row.due_at, row.free_at) for row in connection.execute(query)]
    return min(moments, default=None)
