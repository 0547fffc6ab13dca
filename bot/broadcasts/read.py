"""Broadcasts as they stand, and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import case, func, select

from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.broadcasts.content import Content, Segment, decode_content, decode_segment
from bot.broadcasts.states import BroadcastState, Reached
from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx

UNDER_WAY: Final = (BroadcastState.CHOOSING, BroadcastState.RUNNING)
_RECENT: Final = timedelta(minutes=1)
_LISTED: Final = 8
_MANY: Final = 20
"""From so few that were sent lately no speed can be told."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast. `why` says why it was paused by itself; `sender` started it last."""

    id: int
    author: CustomerId
    at: datetime
    content: Content
    segment: Segment
    version: int
    state: BroadcastState
    why: str
    sender: CustomerId | None
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many recipients there are of each kind; `left` still get it.

    `ends_at` is when it will be through at the speed of the last minute, None while nobody knows.
    """

    sent: int = 0
    unreachable: int = 0
    left_out: int = 0
    unsure: int = 0
    left: int = 0
    ends_at: datetime | None = None

    @property
    def chosen(self) -> int:
        """All recipients."""
        return self.sent + self.unreachable + self.left_out + self.unsure + self.left


_COLUMNS: Final = tuple(
    broadcasts.c[name]
    for name in (
        "id",
        "author",
        "at",
        "content",
        "segment",
        "version",
        "state",
        "why",
        "sender",
        "started_at",
        "ended_at",
    )
)


def load_broadcast(tx: Tx, broadcast: int, *, lock: bool = False) -> Broadcast:
    """One broadcast; with `lock` nobody else changes it before the commit. Raises NotYours."""
    query = select(*_COLUMNS).where(broadcasts.c.id == broadcast)
    found = tx.find(_broadcast, query.with_for_update() if lock else query)
    if found is None:
        raise NotYours
    return found


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The first broadcast under way: when it goes on, and how many troubles came in a row."""

    id: int
    state: BroadcastState
    due_at: datetime
    tries: int


def find_under_way(tx: Tx) -> UnderWay | None:
    """What is to be sent first of all that was started."""
    names = (broadcasts.c[name] for name in ("id", "state", "due_at", "tries"))
    query = select(*names).where(broadcasts.c.state.in_(UNDER_WAY))
    return tx.find(UnderWay, query.order_by(broadcasts.c.id).limit(1))


def list_broadcasts(tx: Tx) -> tuple[Broadcast, ...]:
    """The newest, whatever became of them."""
    query = select(*_COLUMNS).order_by(broadcasts.c.id.desc()).limit(_LISTED)
    return tx.list(_broadcast, query)


def _broadcast(*row: Any) -> Broadcast:
    named = dict(zip((column.name for column in _COLUMNS), row, strict=True))
    content, segment = decode_content(named["content"]), decode_segment(named["segment"])
    return Broadcast(**(named | {"content": content, "segment": segment}))


class _Reached(NamedTuple):
    """How many recipients are in a state, how many of late, and since when those."""

    state: Reached
    many: int
    recent: int
    first: datetime | None


def count_progress(tx: Tx, broadcast: int) -> Progress:
    """How far a broadcast has come."""
    since = tx.now - _RECENT
    is_new = recipients.c.at > since
    query = (
        select(
            recipients.c.state,
            func.count(),
            func.sum(case((is_new, 1), else_=0)),
            func.min(case((is_new, recipients.c.at))),
        )
        .where(recipients.c.broadcast == broadcast)
        .group_by(recipients.c.state)
    )
    rows = tx.list(_Reached, query)
    counts = {row.state: row.many for row in rows}
    waiting = counts.get(Reached.WAITING, 0)
    recent = sum(int(row.recent) for row in rows)
    first = min((row.first for row in rows if row.first is not None), default=None)
    return Progress(
        sent=counts.get(Reached.SENT, 0),
        unreachable=counts.get(Reached.UNREACHABLE, 0),
        left_out=counts.get(Reached.LEFT_OUT, 0),
        unsure=counts.get(Reached.UNSURE, 0),
        left=waiting + counts.get(Reached.SENDING, 0),
        ends_at=_expected_end(tx.now, waiting, recent, first),
    )


def _expected_end(
    now: datetime, waiting: int, recent: int, first: datetime | None
) -> datetime | None:
    if first is None or recent < _MANY or now <= first:
        return None
    return now + (now - first) / recent * waiting
