"""One recipient after another is taken before the message leaves, so that nobody gets it twice.

Whoever is taken is written down as SENDING first. A process that falls between that and Telegram's
answer leaves one recipient who perhaps got nothing, and never one who gets it a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum
from typing import Final

from sqlalchemy import exists, or_, select, update

from bot.base.acts import Permission, may
from bot.base.ids import CustomerId
from bot.base.keys import broadcast_key
from bot.base.subjects import broadcast_subject
from bot.broadcasts.card import CARD_EVERY, refresh_progress
from bot.broadcasts.content import Content, decode_content
from bot.broadcasts.members import wants_news
from bot.broadcasts.refused import is_refused_alone
from bot.broadcasts.states import BroadcastState, Reached
from bot.broadcasts.tables import broadcasts, recipients
from bot.db.tx import Tx, insert_for
from bot.outbox.broadcast_notices import BroadcastAlert
from bot.outbox.tables import Sending, chat_slots, outbox
from bot.outbox.tell import tell_operators
from bot.people.audit import note_act
from bot.people.operators import find_role
from bot.people.tables import customers

LONGEST: Final = timedelta(hours=1)
"""No broadcast is kept waiting for longer at once; Telegram is asked again then."""
_LEASE: Final = timedelta(minutes=2)
"""Longer than a message may take: nobody will hear of one that was taken before that."""
_LEFT_OUT_AT_ONCE: Final = 50
BY_ITSELF: Final = "shop"


class PauseReason(StrEnum):
    """Why a broadcast rests that no operator paused; what else stands there Telegram said."""

    ROLE = "role"
    """Who sends it may not do so any more."""
    RESTORED = "restored"
    PHOTO = "photo"
    """Telegram does not give the picture out any more."""
    BROKEN = "broken"


class Answered(StrEnum):
    """What became of one message."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    NOT_SENT = "not_sent"
    """It certainly did not arrive: its recipient waits again."""
    UNSURE = "unsure"
    REFUSED = "refused"
    """Telegram does not take it, for this recipient at least."""
    BROKEN = "broken"
    """Nobody can get it as it is: the broadcast rests."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message, how long all wait after it, and why it was refused."""

    fate: Answered
    wait: timedelta = timedelta()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A recipient who is written down as being sent to; `tries` counts troubles in a row."""

    broadcast: int
    customer: CustomerId
    claim: int
    language: str
    content: Content
    tries: int


class Nobody(Enum):
    """Why no recipient was taken."""

    NONE = 0
    """Nothing runs, or all are through."""
    OTHERS = 1
    """Deliveries, answers and alerts go first."""


def take_next(tx: Tx) -> Taken | Nobody:
    """Take the next recipient of the broadcast that runs."""
    query = (
        select(broadcasts)
        .where(broadcasts.c.state == BroadcastState.RUNNING)
        .where(tx.is_due(broadcasts.c.due_at, LONGEST))
        .order_by(broadcasts.c.id)
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return Nobody.NONE
    if (why := _why_pause(tx, row.sender)) is not None:
        pause_by_itself(tx, row.id, why)
        return Nobody.NONE
    if others_wait(tx):
        return Nobody.OTHERS
    if row.card_at is None or not timedelta() <= tx.now - row.card_at < CARD_EVERY:
        refresh_progress(tx, row.id)
    for _ in range(_LEFT_OUT_AT_ONCE):
        customer = _first_waiting(tx, row.id)
        if customer is None:
            _end_if_through(tx, row.id)
            return Nobody.NONE
        language = _find_language(tx, customer)
        if language is not None:
            claim = _take(tx, row.id, customer)
            content = decode_content(row.content)
            return Taken(row.id, customer, claim, language, content, row.tries)
        _set_reached(tx, row.id, customer, Reached.LEFT_OUT)
    return Nobody.OTHERS


def take_after(tx: Tx, taken: Taken, answer: Answer) -> Taken | Nobody:
    """Write down what became of one message, and take the next recipient."""
    note_answer(tx, taken, answer)
    return take_next(tx)


def note_answer(tx: Tx, taken: Taken, answer: Answer) -> None:
    """Write down what became of one message, unless somebody else took the recipient since."""
    goes_on = answer.fate is Answered.REFUSED and is_refused_alone(
        tx, taken.broadcast, taken.claim
    )
    now = {
        Answered.SENT: Reached.SENT,
        Answered.UNREACHABLE: Reached.UNREACHABLE,
        Answered.NOT_SENT: Reached.WAITING,
        Answered.UNSURE: Reached.UNSURE,
        Answered.REFUSED: Reached.UNREACHABLE if goes_on else Reached.WAITING,
        Answered.BROKEN: Reached.WAITING,
    }[answer.fate]
    mine = update(recipients).where(
        recipients.c.broadcast == taken.broadcast,
        recipients.c.customer == taken.customer,
        recipients.c.claim == taken.claim,
        recipients.c.state.in_((Reached.SENDING, Reached.UNSURE)),
    )
    tx.execute(mine.values(state=now, claimed_by=None))
    if answer.fate is Answered.UNREACHABLE:
        _lose(tx, taken.customer)
    if goes_on:  # its chat may be written to as before: nobody said that they are gone
        _set(tx, taken.broadcast, due_at=tx.now, tries=0)
    elif answer.fate in {Answered.REFUSED, Answered.BROKEN}:
        pause_by_itself(tx, taken.broadcast, answer.why)
    elif answer.fate in {Answered.NOT_SENT, Answered.UNSURE}:
        postpone_broadcast(tx, taken.broadcast, answer.wait)
    elif taken.tries:
        _set(tx, taken.broadcast, tries=0)


def postpone_broadcast(tx: Tx, broadcast: int, wait: timedelta) -> None:
    """Let nobody get it for a while: Telegram asked for that, or does not answer."""
    due_at = tx.now + min(wait, LONGEST)
    _set(tx, broadcast, due_at=due_at, tries=broadcasts.c.tries + 1)


def pause_by_itself(
    tx: Tx,
    broadcast: int,
    why: str,
    states: tuple[BroadcastState, ...] = (BroadcastState.RUNNING,),
) -> None:
    """Let a broadcast in one of these states rest until an operator looks at it.

    The log and an alert say so.
    """
    running = update(broadcasts).where(
        broadcasts.c.id == broadcast, broadcasts.c.state.in_(states)
    )
    if tx.execute(running.values(state=BroadcastState.PAUSED, why=why[:200])).rowcount:
        subject = broadcast_subject(broadcast)
        line = note_act(tx, BY_ITSELF, "pause broadcast", subject, "", why[:200])
        refresh_progress(tx, broadcast)
        tell_operators(tx, broadcast_key("rests", line), BroadcastAlert(broadcast))


def give_up_claims(tx: Tx, replica: int) -> None:
    """Nobody will hear what became of the messages of a process that is gone."""
    lost = update(recipients).where(
        recipients.c.claimed_by == replica, recipients.c.state == Reached.SENDING
    )
    tx.execute(lost.values(state=Reached.UNSURE, claimed_by=None))


def others_wait(tx: Tx) -> bool:
    """Whether any other message could leave now: a broadcast lets all of them go first."""
    free = or_(chat_slots.c.free_at.is_(None), chat_slots.c.free_at <= tx.now)
    due = (
        select(outbox.c.id)
        .outerjoin(chat_slots, chat_slots.c.chat == outbox.c.chat)
        .where(outbox.c.state == Sending.PENDING, outbox.c.due_at <= tx.now, free)
    )
    return bool(tx.execute(select(exists(due))).scalar_one())


def _why_pause(tx: Tx, sender: int | None) -> PauseReason | None:
    if tx.in_safe_mode():
        return PauseReason.RESTORED
    role = None if sender is None else find_role(tx, CustomerId(sender))
    return None if may(role, Permission.SHOP) else PauseReason.ROLE


def _first_waiting(tx: Tx, broadcast: int) -> CustomerId | None:
    """Whoever was taken in vain comes last: a refusal of one keeps it from nobody else."""
    waiting = (
        select(recipients.c.customer)
        .where(recipients.c.broadcast == broadcast, recipients.c.state == Reached.WAITING)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # Two queries, since the index gives the first in order; few are ever left for the second.
    fresh = waiting.where(recipients.c.claim == 0).order_by(recipients.c.customer)
    again = waiting.order_by(recipients.c.claim, recipients.c.customer)
    found: CustomerId | None = tx.execute(fresh).scalar_one_or_none()
    return tx.execute(again).scalar_one_or_none() if found is None else found


def _find_language(tx: Tx, customer: CustomerId) -> str | None:
    """What they read; None for who may not get it any more, since they were chosen."""
    query = select(customers.c.language).where(customers.c.id == customer, wants_news())
    return tx.execute(query).scalar_one_or_none()


def _take(tx: Tx, broadcast: int, customer: CustomerId) -> int:
    """Write down that somebody is being sent to; the number of the claim."""
    taken = (
        update(recipients)
        .where(recipients.c.broadcast == broadcast, recipients.c.customer == customer)
        .values(
            state=Reached.SENDING,
            claim=recipients.c.claim + 1,
            claimed_by=tx.settings.replica,
            at=tx.now,
        )
        .returning(recipients.c.claim)
    )
    return int(tx.execute(taken).scalar_one())


def _end_if_through(tx: Tx, broadcast: int) -> None:
    """End it once nobody is waited for; who was taken long ago is not heard of any more."""
    sending = (
        recipients.c.broadcast == broadcast,
        recipients.c.state.in_((Reached.WAITING, Reached.SENDING)),
    )
    old = or_(recipients.c.at < tx.now - _LEASE, recipients.c.at > tx.now + _LEASE)
    lost = update(recipients).where(*sending, recipients.c.state == Reached.SENDING, old)
    tx.execute(lost.values(state=Reached.UNSURE, claimed_by=None))
    if tx.execute(select(exists().where(*sending))).scalar_one():
        return
    running = update(broadcasts).where(
        broadcasts.c.id == broadcast, broadcasts.c.state == BroadcastState.RUNNING
    )
    if tx.execute(running.values(state=BroadcastState.DONE, ended_at=tx.now)).rowcount:
        refresh_progress(tx, broadcast)


def _set_reached(tx: Tx, broadcast: int, customer: CustomerId, reached: Reached) -> None:
    mine = (recipients.c.broadcast == broadcast) & (recipients.c.customer == customer)
    tx.execute(update(recipients).where(mine).values(state=reached, at=tx.now))


def _lose(tx: Tx, customer: CustomerId) -> None:
    """They have stopped the bot: nothing is sent to them until they are back."""
    row = insert_for(tx, chat_slots).values(chat=customer, free_at=tx.now, reachable=False)
    gone = row.on_conflict_do_update(index_elements=["chat"], set_={"reachable": False})
    tx.execute(gone)


def _set(tx: Tx, broadcast: int, **values: object) -> None:
    tx.execute(update(broadcasts).where(broadcasts.c.id == broadcast).values(values))
