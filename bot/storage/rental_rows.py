"""A rented number's row: written when it comes, shown with its phone unsealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from bot.domain.catalog import NumberId
from bot.domain.errors import NotYours
from bot.domain.ids import CustomerId, OrderId, ServiceId
from bot.domain.rental import USUAL_LIFE, Code, RentalState
from bot.shop.views import RentalView, UsedNumber
from bot.storage.house import House
from bot.storage.tables import goods, orders, rentals, services

RentalRow = Row[Any]
_LOOKED_AT = 50


def begin(
    connection: Connection, house: House, order: Row[Any], phone: str, now: datetime
) -> None:
    """Write a number down that an order brought; it lives from when its `add` left."""
    number = NumberId.find(order.remote_service) or NumberId("", "")
    title = select(services.c.subcategory_name).where(services.c.id == order.service)
    rented_at = order.submitting_at or now
    row = insert(rentals).values(
        order_id=order.id,
        supplier=order.supplier,
        phone=house.seal(phone),
        project=number.project,
        country=number.country,
        country_title=connection.execute(title).scalar_one(),
        state=RentalState.WAITING,
        rented_at=rented_at,
        expires_at=rented_at + USUAL_LIFE,
        due_at=now,
    )
    connection.execute(row)


def find_rental(connection: Connection, house: House, order: Row[Any]) -> RentalView | None:
    """The number of an order's row, None while none has come."""
    row = connection.execute(select(rentals).where(rentals.c.order_id == order.id)).one_or_none()
    if row is None:
        return None
    return RentalView(
        order=OrderId(row.order_id),
        phone=house.unseal(row.phone),
        country=row.country_title,
        state=row.state,
        rented_at=row.rented_at,
        expires_at=row.expires_at,
        codes=row.codes,
    )


def load_rental(
    connection: Connection, house: House, customer: CustomerId, order: OrderId
) -> RentalView:
    """See `Numbers.load_rental`."""
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = connection.execute(query).one_or_none()
    found = None if row is None else find_rental(connection, house, row)
    if found is None:
        raise NotYours
    return found


def known_codes(connection: Connection, house: House, order: OrderId) -> tuple[Code, ...]:
    """All codes of a number, the oldest first."""
    query = select(goods.c.sealed).where(goods.c.order_id == order).order_by(goods.c.batch)
    return tuple(unsealed_code(house, one) for one in connection.execute(query).scalars())


def unsealed_code(house: House, sealed: str) -> Code:
    """One batch's code."""
    return Code(*msgspec.json.decode(house.sealer.unseal(sealed), type=tuple[str, str]))


def list_codes(
    connection: Connection, house: House, customer: CustomerId, order: OrderId
) -> tuple[Code, ...]:
    """See `Numbers.codes`."""
    load_rental(connection, house, customer, order)
    return known_codes(connection, house, order)


def code_of_batch(connection: Connection, house: House, order: OrderId, batch: int) -> Code | None:
    """See `Numbers.code_of_batch`."""
    query = select(goods.c.sealed).where(goods.c.order_id == order, goods.c.batch == batch)
    sealed = connection.execute(query).scalar_one_or_none()
    return None if sealed is None else unsealed_code(house, sealed)


def last_used(connection: Connection, customer: CustomerId, limit: int) -> tuple[UsedNumber, ...]:
    """See `Numbers.last_used`."""
    query = (
        select(orders.c.service, orders.c.service_name, rentals.c.country_title)
        .join(rentals, rentals.c.order_id == orders.c.id)
        .where(orders.c.customer == customer)
        .order_by(orders.c.id.desc())
        .limit(_LOOKED_AT)
    )
    used = (
        UsedNumber(ServiceId(row.service), row.service_name, row.country_title)
        for row in connection.execute(query)
    )
    return tuple(dict.fromkeys(used))[:limit]


def check_reuse(
    connection: Connection, customer: CustomerId, reuse: OrderId, service: ServiceId
) -> None:
    """Let an order's phone be reused by its own customer, at its own supplier and country.

    Raises:
        NotYours: otherwise, and when no phone is known.
    """
    query = (
        select(rentals.c.supplier, rentals.c.country)
        .join(orders, orders.c.id == rentals.c.order_id)
        .where(rentals.c.order_id == reuse, orders.c.customer == customer, rentals.c.phone != "")
    )
    had = connection.execute(query).one_or_none()
    known = select(services.c.supplier, services.c.remote_id).where(services.c.id == service)
    wanted = connection.execute(known).one()
    number = NumberId.find(wanted.remote_id)
    if had is None or number is None:
        raise NotYours
    if (had.supplier, had.country) != (wanted.supplier, number.country):
        raise NotYours


def phone_to_reuse(connection: Connection, house: House, reuse: OrderId | None) -> str:
    """The phone of an earlier order; empty where none is to be reused."""
    if reuse is None:
        return ""
    query = select(rentals.c.phone).where(rentals.c.order_id == reuse)
    return house.unseal(connection.execute(query).scalar_one_or_none() or "")
