"""Use a quote: the order and the hold come into being together, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.domain import ledger
from bot.domain.errors import Banned, NotForSale, NotYours, QuoteExpired, WhyNotForSale
from bot.domain.ids import CustomerId, OrderId
from bot.domain.order import State
from bot.shop.ports import Placed, Purchase
from bot.storage import books
from bot.storage.order_rows import OrderRow, note_event
from bot.storage.tables import customers, orders, quotes, services, suppliers


def place(connection: Connection, asked: Purchase, now: datetime) -> Placed:
    """See `Orders.place`."""
    quote = _lock_quote(connection, asked)
    known = select(orders.c.id).where(orders.c.quote == quote.id)
    already = connection.execute(known).scalar_one_or_none()
    if already is not None:
        return Placed(OrderId(already), fresh=False)
    if now >= quote.expires_at:
        raise QuoteExpired
    service = _still_for_sale(connection, asked.customer, quote)
    order = _write_order(connection, quote, service, asked, now)
    books.post(connection, ledger.hold(asked.customer, order, quote.total), now)
    connection.execute(update(quotes).where(quotes.c.id == quote.id).values(used_at=now))
    note_event(connection, order, State.QUEUED, now, actor=str(asked.customer))
    return Placed(order, fresh=True)


def _lock_quote(connection: Connection, asked: Purchase) -> OrderRow:
    query = (
        select(quotes)
        .where(quotes.c.id == asked.quote, quotes.c.customer == asked.customer)
        .with_for_update(key_share=True)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotYours
    return row


def _still_for_sale(connection: Connection, customer: CustomerId, quote: OrderRow) -> OrderRow:
    """The service's row, when nothing stopped it or the customer meanwhile."""
    banned = select(customers.c.banned).where(customers.c.id == customer)
    if connection.execute(banned).scalar_one():
        raise Banned
    query = select(services).where(services.c.id == quote.service)
    service = connection.execute(query).one()
    if service.gone:
        raise NotForSale(WhyNotForSale.GONE)
    if service.paused:
        raise NotForSale(WhyNotForSale.SERVICE_PAUSED)
    pauses = select(suppliers.c.pauses).where(suppliers.c.name == service.supplier)
    if connection.execute(pauses).scalar_one_or_none():
        raise NotForSale(WhyNotForSale.SUPPLIER_PAUSED)
    return service


def _write_order(
    connection: Connection, quote: OrderRow, service: OrderRow, asked: Purchase, now: datetime
) -> OrderId:
    row = insert(orders).values(
        quote=quote.id,
        customer=quote.customer,
        service=quote.service,
        supplier=service.supplier,
        remote_service=service.remote_id,
        service_name=service.name,
        kind=quote.kind,
        quantity=quote.quantity,
        link=quote.link,
        total=quote.total,
        cost=quote.cost if asked.cost is None else asked.cost,
        state=State.QUEUED,
        card=asked.card,
        due_at=now,
        created_at=now,
        queued_at=now,
    )
    return OrderId(connection.execute(row.returning(orders.c.id)).scalar_one())
