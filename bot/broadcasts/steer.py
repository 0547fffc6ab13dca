"""An operator starts a broadcast, pauses it, lets it go on and stops it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, text, update

from bot.base.acts import Act, Permission
from bot.base.ids import CustomerId
from bot.base.topics import BROADCASTS
from bot.broadcasts.card import refresh_progress
from bot.broadcasts.draft import load_draft
from bot.broadcasts.errors import CannotBroadcast, CannotBroadcastReason
from bot.broadcasts.members import count_members
from bot.broadcasts.read import UNDER_WAY, Broadcast, count_progress, load_broadcast
from bot.broadcasts.states import BroadcastState
from bot.broadcasts.tables import broadcasts
from bot.db.tx import Tx
from bot.people.audit import note_act
from bot.people.operators import check_act

SAME_WITHIN: Final = timedelta(days=1)
"""The same words within this time are asked back."""
_LOCK: Final = 0x4B696F78


def find_same(tx: Tx, broadcast: Broadcast) -> datetime | None:
    """When the same words and picture went out last, within a day."""
    query = select(func.max(broadcasts.c.started_at)).where(
        broadcasts.c.mark == broadcast.content.mark,
        broadcasts.c.id != broadcast.id,
        broadcasts.c.started_at > tx.now - SAME_WITHIN,
    )
    return tx.execute(query).scalar_one_or_none()


def start_broadcast(
    tx: Tx, act: Act, broadcast: int, version: int, *, again: bool = False
) -> datetime | None:
    """Send a draft as it was in this version; None once it is on its way.

    Else when the same words went out today: nothing is done then, unless they are to go out
    `again`. Raises CannotBroadcast, NotAllowed.
    """
    tx.check_open()
    draft = load_draft(tx, act, broadcast)
    if draft.version != version:
        raise CannotBroadcast(CannotBroadcastReason.CHANGED)
    if tx.dialect.name == "postgresql":  # two drafts of the same words start one after the other
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    count = count_members(tx, draft.segment)
    if not count:
        raise CannotBroadcast(CannotBroadcastReason.NOBODY)
    if not again and (before := find_same(tx, draft)) is not None:
        return before
    _set(tx, broadcast, BroadcastState.CHOOSING, sender=act.who, started_at=tx.now)
    note_act(tx, act.actor, "start broadcast", f"broadcast:{broadcast}", "", str(count))
    return None


def pause_broadcast(tx: Tx, act: Act, broadcast: int) -> None:
    """Let a broadcast rest; nothing where it does not run. Raises NotAllowed."""
    check_act(tx, act, Permission.SHOP)
    if load_broadcast(tx, broadcast, lock=True).state in UNDER_WAY:
        _set(tx, broadcast, BroadcastState.PAUSED)
        _note(tx, act, "pause broadcast", broadcast)


def resume_broadcast(tx: Tx, act: Act, broadcast: int) -> None:
    """Let a broadcast that rests go on; nothing where it does not. Raises as its start does."""
    tx.check_open()
    check_act(tx, act, Permission.SHOP)
    if load_broadcast(tx, broadcast, lock=True).state is BroadcastState.PAUSED:
        # It looks for recipients first: it may have been paused before all were written down.
        _set(tx, broadcast, BroadcastState.CHOOSING, sender=act.who)
        _note(tx, act, "resume broadcast", broadcast)


def stop_broadcast(tx: Tx, act: Act, broadcast: int) -> None:
    """End a broadcast; whoever still waits does not get it. Raises NotAllowed."""
    check_act(tx, act, Permission.SHOP)
    if load_broadcast(tx, broadcast, lock=True).state in {*UNDER_WAY, BroadcastState.PAUSED}:
        _set(tx, broadcast, BroadcastState.STOPPED, ended_at=tx.now)
        _note(tx, act, "stop broadcast", broadcast)


def _set(tx: Tx, broadcast: int, state: BroadcastState, **values: datetime | CustomerId) -> None:
    now = {"state": state, "why": "", "due_at": tx.now, "tries": 0, **values}
    tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast).values(now))
    refresh_progress(tx, broadcast)
    tx.wake(BROADCASTS)


def _note(tx: Tx, act: Act, action: str, broadcast: int) -> None:
    sent = count_progress(tx, broadcast).sent
    note_act(tx, act.actor, action, f"broadcast:{broadcast}", "", str(sent))
