"""Who got an old broadcast is forgotten, and with it what it said."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, or_, select

from bot.broadcasts.states import BroadcastState
from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx

_ENDED: Final = (BroadcastState.DONE, BroadcastState.STOPPED)
_FORGOTTEN_AT_ONCE: Final = 2_000


def forget_broadcasts(tx: Tx, before: datetime) -> int:
    """Forget some rows of broadcasts that ended before, and of drafts as old; how many rows."""
    old = or_(
        broadcasts.c.state.in_(_ENDED) & (broadcasts.c.ended_at < before),
        (broadcasts.c.state == BroadcastState.DRAFT) & (broadcasts.c.at < before),
    )
    ids = select(broadcasts.c.id).where(old)
    some = (
        select(recipients.c.broadcast, recipients.c.customer)
        .where(recipients.c.broadcast.in_(ids))
        .limit(_FORGOTTEN_AT_ONCE)
    )
    rows = tx.execute(some).all()
    for broadcast in {row.broadcast for row in rows}:
        theirs = [row.customer for row in rows if row.broadcast == broadcast]
        mine = (recipients.c.broadcast == broadcast) & recipients.c.customer.in_(theirs)
        tx.execute(delete(recipients).where(mine))
    if rows:
        return len(rows)
    left = select(recipients.c.broadcast)
    gone = delete(broadcasts).where(broadcasts.c.id.in_(ids), broadcasts.c.id.not_in(left))
    return tx.execute(gone).rowcount
