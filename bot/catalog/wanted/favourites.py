"""Favourites: the services that a customer has marked, to be found again from the first screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete, func, select

from bot.base.ids import CustomerId, ServiceId
from bot.catalog.errors import TooManyFavourites
from bot.catalog.tables import favourites, watches
from bot.catalog.wanted.reasons import WatchReason
from bot.db.tx import Tx, insert_for

MOST_FAVOURITES: Final = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer has asked for about one service: marked it, or wants to be told of it."""

    is_favourite: bool = False
    watched: frozenset[WatchReason] = field(default_factory=frozenset)


NOT_WANTED: Final = Wanted()


def find_wanted(tx: Tx, customer: CustomerId, service: ServiceId) -> Wanted:
    """What this customer has asked for about this service."""
    marked = select(favourites.c.service).where(
        favourites.c.customer == customer, favourites.c.service == service
    )
    awaited = select(watches.c.reason).where(
        watches.c.customer == customer, watches.c.service == service
    )
    is_favourite = tx.execute(marked).first() is not None
    return Wanted(is_favourite, frozenset(tx.execute(awaited).scalars()))


def add_favourite(tx: Tx, customer: CustomerId, service: ServiceId) -> None:
    """Mark a service; marked already, nothing changes. Raises TooManyFavourites.

    Of taps at the same moment one may pass beyond the most there may be.
    """
    if find_wanted(tx, customer, service).is_favourite:
        return
    mine = select(func.count()).where(favourites.c.customer == customer)
    if tx.execute(mine).scalar_one() >= MOST_FAVOURITES:
        raise TooManyFavourites(MOST_FAVOURITES)
    row = insert_for(tx, favourites).values(customer=customer, service=service, at=tx.now)
    tx.execute(row.on_conflict_do_nothing())


def remove_favourite(tx: Tx, customer: CustomerId, service: ServiceId) -> None:
    """Mark a service no more, also one that is gone."""
    mine = (favourites.c.customer == customer) & (favourites.c.service == service)
    tx.execute(delete(favourites).where(mine))


def list_favourites(
    tx: Tx, customer: CustomerId, limit: int = MOST_FAVOURITES
) -> tuple[ServiceId, ...]:
    """What a customer has marked, the newest first, gone services included."""
    newest = (favourites.c.at.desc(), favourites.c.service.desc())
    query = select(favourites.c.service).where(favourites.c.customer == customer)
    return tuple(tx.execute(query.order_by(*newest).limit(limit)).scalars())
