"""Tell watchers: who waits for a service is told once that it can be bought, or costs less.

A message is queued while what it tells is true; it is put into words when it goes out, of what is
true then, and what is not true any more waits on. `watches.batch` says by which message a watch is
told: it is written with the row of the outbox, again when the message is put into words, and the
watch ends when the message is in its chat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    delete,
    exists,
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
from bot.catalog.rules import TOO_OLD, Offer, ShelfRules, WatchReason, offer_of
from bot.catalog.standing import list_paused
from bot.catalog.store import load_some
from bot.catalog.tables import services, watches
from bot.catalog.wanted.watches import compared_price
from bot.db.database import Database
from bot.db.tx import Tx
from bot.outbox.store import Outgoing
from bot.outbox.tables import Sending, chat_slots, outbox
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


class TrueWatch(NamedTuple):
    """What has come true for somebody: of PRICE for those who saw 1,000 cost more than this."""

    service: ServiceId
    reason: WatchReason
    price: Money


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

    async def step(self) -> int:
        """Queue some messages; for how many customers."""
        found = await self.db.read(list_true, self.rules)
        return await self.db.write(tell_some, found) if found else 0

    async def put_into_words(self, customer: CustomerId, batch: int) -> WatchMessage:
        """What a message tells now; nothing when none of it is true any more."""
        return await self.db.write(tell_what_is_true, self.rules, customer, batch)

    async def end_watches_of(self, row: Outgoing) -> None:
        """End the watches that a message has told of, once it is in its chat."""
        if isinstance(row.notice, WatchedCame):
            await self.db.write(end_watches_of, row.chat, row.notice.batch)


def _waiting() -> Select[tuple[()]]:
    """Watches of customers who can be told now, and to whom no other message is on its way."""
    other = watches.alias("other")
    is_busy = exists().where(other.c.customer == watches.c.customer, other.c.batch.is_not(None))
    return (
        select()
        .select_from(watches)
        .join(customers, customers.c.id == watches.c.customer)
        .outerjoin(chat_slots, chat_slots.c.chat == watches.c.customer)
        .where(
            watches.c.batch.is_(None),
            customers.c.banned == 0,
            or_(chat_slots.c.reachable.is_(None), chat_slots.c.reachable != 0),
            ~is_busy,
        )
    )


def list_true(tx: Tx, rules: ShelfRules) -> tuple[TrueWatch, ...]:
    """What has come true for somebody who can be told of it."""
    each = (watches.c.service, watches.c.reason)
    query = _waiting().add_columns(*each, func.max(watches.c.price)).group_by(*each)
    # Most of what is waited for is sold out: that is seen without reading each row whole.
    may_be = query.join(services, services.c.id == watches.c.service).where(
        services.c.gone == 0,
        services.c.paused == 0,
        or_(services.c.stock.is_(None), services.c.stock > 0),
    )
    awaited = tx.list(TrueWatch, may_be)
    offers = _buyable(tx, rules, [one.service for one in awaited])
    found = []
    for one in awaited:
        offer = offers.get(one.service)
        if offer is not None and _is_true(one.reason, one.price, offer):
            found.append(one._replace(price=compared_price(offer)))
    return tuple(found[:_COMPARED_AT_ONCE])


def _buyable(tx: Tx, rules: ShelfRules, chosen: Sequence[ServiceId]) -> Mapping[ServiceId, Offer]:
    """Those of these services that can be bought now, at their price of now."""
    if not chosen or tx.in_safe_mode():
        return {}
    paused, pricing = list_paused(tx), rules.policy.pricing
    known = (rules.service(kept) for kept in load_some(tx, chosen))
    return {
        one.id: offer_of(one, pricing)
        for one in known
        if one.is_on_sale(paused) and tx.now - one.read_at < TOO_OLD
    }


def _is_true(reason: WatchReason, price: Money, offer: Offer) -> bool:
    """Whether what was waited for has come, of what can be bought; `price` was that of 1,000."""
    return reason is WatchReason.BACK or compared_price(offer).micros < price.micros


def tell_some(tx: Tx, found: Sequence[TrueWatch]) -> int:
    """Queue the messages of some customers, who has waited longest first; of how many.

    One process does so at a time: a customer reads one message of all that came.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    come = _come_true(found)
    query = _waiting().add_columns(watches.c.customer).where(come)
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
    offers = {} if is_banned else _buyable(tx, rules, [row.service for row in rows])
    came = [
        row
        for row in rows
        if row.batch in {None, batch}
        and row.service in offers
        and _is_true(row.reason, row.price, offers[row.service])
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
