"""Watches: what a customer wants to be told of a service, once, until they stop it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select

from bot.base.ids import CustomerId, ServiceId
from bot.base.money import Money
from bot.base.topics import WATCHES
from bot.catalog.errors import TooManyWatches
from bot.catalog.rules import Offer
from bot.catalog.tables import watches
from bot.catalog.wanted.reasons import WatchReason
from bot.db.tx import Tx, insert_for

MOST_WATCHES: Final = 50
WATCHED_FOR: Final = timedelta(days=90)
"""After so long a watch ends without a word: this was said when it was set."""
_COMPARED: Final = 1000


class Watch(NamedTuple):
    """What somebody wants to be told of a service; `price` is what 1,000 of it cost then."""

    service: ServiceId
    reason: WatchReason
    price: Money


def compared_price(offer: Offer) -> Money:
    """What 1,000 of it cost: comparable also where the unit that is shown has changed."""
    return Money(offer.price.micros * _COMPARED // offer.unit)


def shown_price(compared: Money, unit: int) -> Money:
    """The price of `unit` units of what is compared by 1,000."""
    return Money(compared.micros * unit // _COMPARED)


def start_watch(tx: Tx, customer: CustomerId, watch: Watch) -> None:
    """Watch a service; one that is watched already stays as it is. Raises TooManyWatches.

    Should it be true by now what is waited for, the customer is told at once.
    """
    mine = select(watches.c.service, watches.c.reason).where(watches.c.customer == customer)
    known = {(row.service, row.reason) for row in tx.execute(mine)}
    if (watch.service, watch.reason) in known:
        return
    if len(known) >= MOST_WATCHES:
        raise TooManyWatches(MOST_WATCHES)
    row = insert_for(tx, watches).values(customer=customer, at=tx.now, **watch._asdict())
    tx.execute(row.on_conflict_do_nothing())
    tx.wake(WATCHES)


def stop_watch(tx: Tx, customer: CustomerId, service: ServiceId, reason: WatchReason) -> None:
    """Watch a service no more for this reason; also what is on its way is not told then."""
    mine = (watches.c.customer == customer) & (watches.c.service == service)
    tx.execute(delete(watches).where(mine, watches.c.reason == reason))


def stop_all_watches(tx: Tx, customer: CustomerId) -> int:
    """Watch nothing any more; how many watches that ended."""
    return tx.execute(delete(watches).where(watches.c.customer == customer)).rowcount


def list_watched(tx: Tx, customer: CustomerId) -> tuple[ServiceId, ...]:
    """What a customer wants to be told of, each service once, the newest first."""
    query = select(watches.c.service).where(watches.c.customer == customer)
    newest = query.group_by(watches.c.service).order_by(func.max(watches.c.id).desc())
    return tuple(tx.execute(newest).scalars())


def end_old_watches(tx: Tx, begun_before: datetime) -> int:
    """End what was watched for too long; how many watches."""
    return tx.execute(delete(watches).where(watches.c.at < begun_before)).rowcount
