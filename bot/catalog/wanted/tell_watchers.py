"""Tell watchers: who waits for a service is told once that it can be bought, or costs less.

A message is queued while what it tells is true; it is put into words when it goes out, of what is
true then, and what is not true any more waits on. `watches.batch` says by which message a watch is
told: it is written with the row of the outbox, again when the message is put into words, and the
watch ends when the message is in its chat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    cast,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    text,
    update,
)

from bot.base.ids import CustomerId, ServiceId
from bot.base.keys import WATCHED, watched_key
from bot.base.money import Money
from bot.catalog.rules import Offer, ShelfRules
from bot.catalog.tables import watches
from bot.catalog.wanted.come_true import (
    FindTrue,
    TrueWatch,
    is_true,
    list_on_sale,
    list_waiting,
)
from bot.catalog.wanted.reasons import WatchReason
from bot.db.database import Database
from bot.db.tx import Tx
from bot.outbox.store import Outgoing
from bot.outbox.tables import Sending, outbox
from bot.outbox.tell import tell
from bot.outbox.watch_notices import WatchedCame
from bot.people.tables import customers

_TOLD_AT_ONCE: Final = 100
"""Customers told in one transaction: few, so that others wait little behind it."""
_COMPARED_AT_ONCE: Final = 100
_IN_A_MESSAGE: Final = 10
_TOGETHER: Final = timedelta(minutes=1)
"""How long a message waits for more, where its reader waits for more."""
_LEFT_AT_ONCE: Final = 500
_LOCK: Final = 0x4B696F57


@dataclass(frozen=True, slots=True)
class Came:
    """What one message tells of a service; `price` is what 1,000 cost when it was watched."""

    offer: Offer
    reason: WatchReason
    price: Money


class WatchMessage(NamedTuple):
    """What a message tells now, and whether its reader still waits for anything else."""

    came: tuple[Came, ...] = ()
    waits_on: bool = False


@dataclass(frozen=True, slots=True)
class TellWatchers:
    """Queues messages for those whose wait is over; whatever changes the shelf wakes it.

    What is on sale is read from the stored catalogue by the settings' `rules`, not from the shelf
    in memory, which every process changes in its own time.
    """

    db: Database
    rules: ShelfRules
    find_true: FindTrue

    async def step(self) -> int:
        """Queue some messages; for how many customers."""
        found = (await self.find_true())[:_COMPARED_AT_ONCE]
        return await self.db.write(tell_some, found) if found else 0

    async def put_into_words(self, customer: CustomerId, batch: int) -> WatchMessage:
        """What a message tells now; nothing when none of it is true any more."""
        return await self.db.write(tell_what_is_true, self.rules, customer, batch)

    async def end_watches_of(self, row: Outgoing) -> None:
        """End the watches that a message has told of, once it is in its chat."""
        if isinstance(row.notice, WatchedCame):
            await self.db.write(end_watches_of, row.chat, row.notice.batch)


def tell_some(tx: Tx, found: Sequence[TrueWatch]) -> int:
    """Queue the messages of some customers, who has waited longest first; of how many.

    One process does so at a time: a customer reads one message of all that came.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    come = _come_true(found)
    query = list_waiting().add_columns(watches.c.customer).where(come)
    first = query.group_by(watches.c.customer).order_by(func.min(watches.c.id))
    chosen = tuple(tx.execute(first.limit(_TOLD_AT_ONCE)).scalars())
    if not chosen:
        return 0
    theirs, batch = watches.c.customer.in_(chosen), _new_batch(tx)
    tx.execute(update(watches).where(theirs, come).values(batch=batch))
    wait_on = select(watches.c.customer).where(theirs, watches.c.batch.is_(None)).distinct()
    several = frozenset(tx.execute(wait_on).scalars())
    for customer in chosen:
        wait = _TOGETHER if customer in several else timedelta(0)
        tell(tx, customer, watched_key(customer, batch), WatchedCame(batch), wait)
    return len(chosen)


def _come_true(found: Sequence[TrueWatch]) -> ColumnElement[bool]:
    back = [one.service for one in found if one.reason is WatchReason.BACK]
    cheaper = (
        and_(watches.c.service == one.service, watches.c.price > one.price)
        for one in found
        if one.reason is WatchReason.PRICE
    )
    return or_(
        and_(watches.c.reason == WatchReason.BACK, watches.c.service.in_(back)),
        and_(watches.c.reason == WatchReason.PRICE, or_(false(), *cheaper)),
    )


def _new_batch(tx: Tx) -> int:
    """A number that no message in the outbox has: none is above the id of its own row."""
    newest = tx.execute(select(func.max(outbox.c.id))).scalar_one()
    return int(newest or 0) + 1


class WatchRow(NamedTuple):
    """What is looked at of a row of `watches`."""

    id: int
    service: ServiceId
    reason: WatchReason
    price: Money
    batch: int | None


_COLUMNS: Final = tuple(watches.c[name] for name in WatchRow._fields)


def tell_what_is_true(tx: Tx, rules: ShelfRules, customer: CustomerId, batch: int) -> WatchMessage:
    """Settle what a message tells of: all that is true now, at most ten; the rest waits on.

    Nothing where the customer has stopped all of it, or was banned.
    """
    query = select(*_COLUMNS).where(watches.c.customer == customer).order_by(watches.c.id)
    rows = tx.list(WatchRow, query.with_for_update(key_share=True))
    told = [row for row in rows if row.batch == batch]
    if not told:
        return WatchMessage()
    banned = select(customers.c.banned).where(customers.c.id == customer)
    is_banned = bool(tx.execute(banned).scalar_one_or_none())
    offers = {} if is_banned else list_on_sale(tx, rules, [row.service for row in rows])
    came = [
        row
        for row in rows
        if row.batch in {None, batch}
        and row.service in offers
        and is_true(row.reason, row.price, offers[row.service])
    ][:_IN_A_MESSAGE]
    _set_batch(tx, [row.id for row in told if row not in came], None)
    _set_batch(tx, [row.id for row in came if row.batch is None], batch)
    said = tuple(Came(offers[row.service], row.reason, row.price) for row in came)
    return WatchMessage(said, waits_on=len(came) < len(rows))


def _set_batch(tx: Tx, rows: Sequence[int], batch: int | None) -> None:
    if rows:
        tx.execute(update(watches).where(watches.c.id.in_(rows)).values(batch=batch))


def end_watches_of(tx: Tx, customer: CustomerId, batch: int) -> None:
    """End the watches that a message has told of."""
    mine = (watches.c.customer == customer) & (watches.c.batch == batch)
    tx.execute(delete(watches).where(mine))


def settle_left(tx: Tx) -> None:
    """Settle watches whose message met its end while their process fell; some at a time.

    What was sent, or never can be, was told. What has no message any more waits again.
    """
    key = literal(WATCHED) + cast(watches.c.customer, String) + ":" + cast(watches.c.batch, String)
    left = (
        select(watches.c.id, outbox.c.state)
        .outerjoin(outbox, outbox.c.dedup_key == key)
        .where(
            watches.c.batch.is_not(None),
            or_(outbox.c.id.is_(None), outbox.c.state.in_((Sending.SENT, Sending.DROPPED))),
        )
        .limit(_LEFT_AT_ONCE)
    )
    rows = tx.execute(left).all()
    over = [row.id for row in rows if row.state is not None]
    if over:
        tx.execute(delete(watches).where(watches.c.id.in_(over)))
    _set_batch(tx, [row.id for row in rows if row.state is None], None)
