"""Put a notice into the outbox, in the same transaction as what it tells of."""

from __future__ import annotations

from typing import Final

from bot.base.ids import CustomerId, OrderId
from bot.base.keys import card_key
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import AnyNotice, OrderCard, Sending, encode, priority
from bot.outbox.tables import outbox

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
