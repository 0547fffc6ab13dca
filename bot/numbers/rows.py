"""A rented number's row: written when it comes, shown with its phone unsealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, RemoteId, ServiceId, SupplierName
from bot.db.tx import Tx, TxSettings
from bot.numbers.tables import rentals
from bot.orders.rows import OrderRow
from bot.orders.tables import goods, orders
from bot.orders.views import RentalState, RentalView, UsedNumber
from bot.suppliers.words import Code


@dataclass(frozen=True, slots=True)
class DueNumber:
    """A number whose look is due. `known` are the codes that came before.

    `claim` counts how often the number was claimed: whoever holds an older one plans nothing.
    """

    order: OrderId
    remote: RemoteId
    state: RentalState
    customer: CustomerId
    known: tuple[Code, ...] = ()
    claim: int = 0


class RentalRow(NamedTuple):
    """A row of `rentals`, column by column."""

    order_id: OrderId
    supplier: SupplierName
    phone: str
    project: str
    country: str
    country_title: str
    state: RentalState
    codes: int
    told: bool
    rented_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    claim: int
    claimed_by: int | None
    marked: str


_LOOKED_AT = 50


def find_rental(tx: Tx, order: OrderRow) -> RentalView | None:
    """The number of an order's row, None while none has come."""
    row = tx.find(RentalRow, select(rentals).where(rentals.c.order_id == order.id))
    if row is None:
        return None
    return RentalView(
        order=row.order_id,
        phone=tx.settings.unseal(row.phone),
        country=row.country_title,
        state=row.state,
        rented_at=row.rented_at,
        expires_at=row.expires_at,
        codes=row.codes,
    )


def load_rental(tx: Tx, customer: CustomerId, order: OrderId) -> RentalView:
    """The number of a customer's order. Raises NotYours for others and while none has come."""
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = tx.find(OrderRow, query)
    found = None if row is None else find_rental(tx, row)
    if found is None:
        raise NotYours
    return found


def known_codes(tx: Tx, order: OrderId) -> tuple[Code, ...]:
    """All codes of a number, the oldest first."""
    query = select(goods.c.sealed).where(goods.c.order_id == order).order_by(goods.c.batch)
    return tuple(unsealed_code(tx.settings, one) for one in tx.execute(query).scalars())


def unsealed_code(settings: TxSettings, sealed: str) -> Code:
    """One batch's code."""
    return Code(*msgspec.json.decode(settings.sealer.unseal(sealed), type=tuple[str, str]))


def list_codes(tx: Tx, customer: CustomerId, order: OrderId) -> tuple[Code, ...]:
    """All codes of a customer's number, the oldest first. Raises NotYours as `load_rental`."""
    load_rental(tx, customer, order)
    return known_codes(tx, order)


def code_of_batch(tx: Tx, order: OrderId, batch: int) -> Code | None:
    """One code, for its delivery; None when it is not there, or was purged."""
    query = select(goods.c.sealed).where(goods.c.order_id == order, goods.c.batch == batch)
    sealed = tx.execute(query).scalar_one_or_none()
    return None if sealed is None else unsealed_code(tx.settings, sealed)


def last_used(tx: Tx, customer: CustomerId, limit: int = 3) -> tuple[UsedNumber, ...]:
    """What a customer rented numbers for, the last one first, each once, at most `limit`."""
    query = (
        select(orders.c.service, orders.c.service_name, rentals.c.country_title)
        .join(rentals, rentals.c.order_id == orders.c.id)
        .where(orders.c.customer == customer)
        .order_by(orders.c.id.desc())
        .limit(_LOOKED_AT)
    )
    used = (
        UsedNumber(ServiceId(row.service), row.service_name, row.country_title)
        for row in tx.execute(query)
    )
    return tuple(dict.fromkeys(used))[:limit]
