"""The outbox: one message a chat at a time, deliveries first; each row ends sent or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, and_, exists, func, or_, select, text, tuple_, update

from bot.base.ids import CustomerId
from bot.base.keys import undeliverable_key
from bot.base.topics import OUTBOX
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import AnyNotice, CodeArrived, GoodsArrived, Oddity, OrderOddity
from bot.outbox.tables import (
    CARD,
    DELIVERY,
    MAY_SETTLE,
    NOTICE,
    WATCHED,
    Sending,
    chat_slots,
    outbox,
)
from bot.outbox.tell import tell_operators

_DECODER: Final[msgspec.json.Decoder[AnyNotice]] = msgspec.json.Decoder(AnyNotice)
_LEASE: Final = timedelta(minutes=1)
_CLAIM_LOCK: Final = 0x4B696F74
_FREE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""A moment long over: the slot is free."""
_LONGEST: Final = timedelta(minutes=10)
"""No row, and no chat, is kept waiting for longer; Telegram is asked again then."""
_FAILURES_BEFORE_ALERT: Final = 3
_LOOKED_AT: Final = 200
"""How many due rows one claim looks at to find a few chats, also past a flood of one chat."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed row of the outbox. `version` tells whether it was renewed while being sent.

    `message` is the one it was sent as, where it is to be edited. `claim` counts how often the
    chat was claimed: whoever holds an older claim leaves the chat to its newer holder.
    """

    id: int
    chat: CustomerId
    notice: AnyNotice
    tries: int
    version: int
    created_at: datetime
    message: int | None = None
    claim: int = 0


def is_group(chat: CustomerId) -> bool:
    """Whether a chat is a group's, and no person's own."""
    return chat < 0


_COLUMNS: Final = tuple(outbox.c[each.name] for each in fields(Outgoing) if each.name != "claim")


def claim(tx: Tx, limit: int) -> tuple[Outgoing, ...]:
    """Lease due rows to the caller for a minute: one a chat at most, deliveries first."""
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CLAIM_LOCK})
    chosen = _first_of_each_chat(tx)[:limit]
    known = []
    for row in chosen:
        try:
            notice = decode(row.notice)
        except msgspec.DecodeError:
            unknown = update(outbox).where(outbox.c.id == row.id)
            tx.execute(unknown.values(state=Sending.DROPPED, why="no words for this notice"))
            continue
        claim = _take_slot(tx, row.chat)
        at, shown = row.created_at, row.message
        known.append(Outgoing(row.id, row.chat, notice, row.tries, row.version, at, shown, claim))
    return tuple(known)


def decode(text: str) -> AnyNotice:
    """The notice of a row. Raises msgspec.ValidationError for one that this version lacks."""
    return _DECODER.decode(text)


def _first_of_each_chat(tx: Tx) -> Sequence[Any]:
    """Due rows of free chats that no other row of the same chat goes before.

    Walks an index from the most urgent row on and stops when it has enough, so that a flood in the
    outbox costs no more than a trickle.
    """
    ahead = outbox.alias("ahead")
    is_next = ~exists().where(
        ahead.c.chat == outbox.c.chat,
        ahead.c.state == Sending.PENDING,
        tx.is_due(ahead.c.due_at, _LONGEST),
        tuple_(ahead.c.priority, ahead.c.id) < tuple_(outbox.c.priority, outbox.c.id),
    )
    query = (
        select(*_COLUMNS)
        .outerjoin(chat_slots, chat_slots.c.chat == outbox.c.chat)
        .where(
            outbox.c.state == Sending.PENDING,
            tx.is_due(outbox.c.due_at, _LONGEST),
            or_(chat_slots.c.free_at.is_(None), tx.is_due(chat_slots.c.free_at, _LONGEST)),
            is_next,
        )
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(_LOOKED_AT)
    )
    return tx.execute(query).all()


def _take_slot(tx: Tx, chat: CustomerId) -> int:
    """Keep a chat to this process for a minute; the number of the claim.

    The slot is locked before any row of that chat, so no two deadlock.
    """
    values = {"free_at": tx.now + _LEASE, "claimed_by": tx.settings.replica}
    row = insert_for(tx, chat_slots).values(chat=chat, claim=1, **values)
    again = {"claim": chat_slots.c.claim + 1, **values}
    taken = row.on_conflict_do_update(index_elements=["chat"], set_=again)
    return int(tx.execute(taken.returning(chat_slots.c.claim)).scalar_one())


def _put_slot(tx: Tx, row: Outgoing, **values: datetime | bool) -> None:
    """Change the slot of a claimed chat, unless somebody has claimed it since."""
    mine = (chat_slots.c.chat == row.chat) & (chat_slots.c.claim == row.claim)
    tx.execute(update(chat_slots).where(mine).values(values))


def return_row(tx: Tx, row: Outgoing, wait: timedelta = timedelta()) -> None:
    """Let the chat of a row that was claimed and not sent be claimed again, at once or later."""
    _put_slot(tx, row, free_at=tx.now + min(wait, _LONGEST))


def sent(tx: Tx, row: Outgoing, message: int | None) -> None:
    """Note that a row is in its chat; one renewed while it was sent stays pending.

    A notice that was settled meanwhile is edited next: its message may say what was true before.
    """
    done = update(outbox).where(outbox.c.id == row.id, outbox.c.version == row.version)
    taken = {"reachable": True} if is_group(row.chat) else {}
    _put_slot(tx, row, free_at=tx.now, **taken)
    if not tx.execute(done.values(state=Sending.SENT, message=message)).rowcount:
        mine = (outbox.c.id == row.id, MAY_SETTLE, outbox.c.state == Sending.PENDING)
        tx.execute(update(outbox).where(*mine).values(message=message, priority=CARD))


def find_first_message(tx: Tx, row: Outgoing) -> int | None:
    """The first message that told this chat of the row's subject and still shows it."""
    before = outbox.alias("before")
    query = (
        select(before.c.message)
        .join(outbox, (before.c.subject == outbox.c.subject) & (before.c.chat == outbox.c.chat))
        .where(outbox.c.id == row.id, outbox.c.subject != "", before.c.id < row.id)
        .where(before.c.message.is_not(None))
    )
    return tx.execute(query.order_by(before.c.id).limit(1)).scalar_one_or_none()


def newest_message(tx: Tx, chat: int) -> int | None:
    """The newest of the deliveries and words in a chat, as far as their rows are kept."""
    mine = (outbox.c.chat == chat, outbox.c.state == Sending.SENT)
    newest = [
        tx.execute(
            select(outbox.c.message)
            .where(*mine, outbox.c.priority == priority, outbox.c.message.is_not(None))
            .order_by(outbox.c.id.desc())
            .limit(1)
        ).scalar_one_or_none()
        for priority in (DELIVERY, NOTICE, WATCHED)
    ]
    return max((one for one in newest if one is not None), default=None)


def may_settle(tx: Tx, chat: CustomerId, message: int) -> bool:
    """Whether this message is a notice that is edited once its subject is settled."""
    query = select(outbox.c.id).where(_settling(chat, message)).limit(1)
    return tx.execute(query).first() is not None


def forget_message(tx: Tx, chat: CustomerId, message: int) -> None:
    """Edit a notice no more: its reader has tapped on it, so it may show something else now."""
    left = update(outbox).where(_settling(chat, message))
    version = outbox.c.version + 1  # an edit that is on its way writes nothing back
    tx.execute(left.values(message=None, state=Sending.SENT, version=version))


def _settling(chat: CustomerId, message: int) -> ColumnElement[bool]:
    return and_(MAY_SETTLE, outbox.c.chat == chat, outbox.c.message == message)


def postpone_broken(tx: Tx, row: Outgoing, why: str, due_at: datetime) -> None:
    """Postpone a row that could not be rendered to `due_at`, this row alone.

    At the third time operators are told, where it carries goods or a code.
    """
    postponed = update(outbox).where(outbox.c.id == row.id)
    _put_slot(tx, row, free_at=tx.now)
    tx.execute(postponed.values(tries=row.tries + 1, due_at=due_at, why=why[:200]))
    if row.tries + 1 >= _FAILURES_BEFORE_ALERT:
        _tell_undeliverable(tx, row, why)


def postpone_chat(tx: Tx, row: Outgoing, due_at: datetime) -> None:
    """Postpone the whole chat to `due_at`, so that its messages keep their order."""
    counted = update(outbox).where(outbox.c.id == row.id)
    _put_slot(tx, row, free_at=min(due_at, tx.now + _LONGEST))
    tx.execute(counted.values(tries=row.tries + 1))


def closed(tx: Tx, row: Outgoing, due_at: datetime) -> bool:
    """Keep everything for a group that takes nothing now, and try again at `due_at`.

    Whether it took messages until now.
    """
    was_open = is_open(tx, row.chat)
    postpone_chat(tx, row, due_at)
    _put_slot(tx, row, reachable=False)
    return was_open


def is_open(tx: Tx, chat: CustomerId) -> bool:
    """Whether a chat took what was sent last; true of one that was never sent to."""
    query = select(chat_slots.c.reachable).where(chat_slots.c.chat == chat)
    return tx.execute(query).scalar_one_or_none() is not False


def try_again(tx: Tx, chat: CustomerId) -> None:
    """Send a group that took nothing what waits for it now, because something changed there."""
    tx.execute(
        update(chat_slots)
        .where(chat_slots.c.chat == chat, chat_slots.c.reachable == 0)
        .values(free_at=tx.now)
    )
    tx.wake(OUTBOX)


def postpone_row(tx: Tx, row: Outgoing, due_at: datetime) -> None:
    """Postpone this row alone to `due_at`; other messages for the chat go first."""
    postponed = update(outbox).where(outbox.c.id == row.id)
    _put_slot(tx, row, free_at=_FREE)
    tx.execute(postponed.values(due_at=due_at))


def unreachable(tx: Tx, row: Outgoing) -> None:
    """Keep a person's deliveries and words until they are back; drop edits of their cards."""
    _put_slot(tx, row, free_at=tx.now, reachable=False)
    waiting = update(outbox).where(outbox.c.chat == row.chat, outbox.c.state == Sending.PENDING)
    tx.execute(
        waiting.where(outbox.c.priority == CARD).values(state=Sending.DROPPED, why="unreachable")
    )
    tx.execute(waiting.values(state=Sending.UNREACHABLE))


def dropped(tx: Tx, row: Outgoing, why: str) -> None:
    """Give up a row that can never be sent; operators are told where goods or a code are lost."""
    done = update(outbox).where(outbox.c.id == row.id, outbox.c.version == row.version)
    _put_slot(tx, row, free_at=tx.now)
    tx.execute(done.values(state=Sending.DROPPED, why=why[:200]))
    _tell_undeliverable(tx, row, why)


def _tell_undeliverable(tx: Tx, row: Outgoing, why: str) -> None:
    if isinstance(row.notice, GoodsArrived | CodeArrived):
        oddity = OrderOddity(row.notice.order, Oddity.UNDELIVERABLE, why[:200])
        tell_operators(tx, undeliverable_key(row.id), oddity)


def next_due(tx: Tx) -> datetime | None:
    """When the next row is due, None when none waits; perhaps early, as few rows are looked at."""
    free = func.coalesce(chat_slots.c.free_at, outbox.c.due_at)
    query = (
        select(outbox.c.due_at, free.label("free_at"))
        .outerjoin(chat_slots, chat_slots.c.chat == outbox.c.chat)
        .where(outbox.c.state == Sending.PENDING)
        .order_by(outbox.c.due_at)
        .limit(_LOOKED_AT)
    )
    moments = [max(row.due_at, row.free_at) for row in tx.execute(query)]
    return min(moments, default=None)
