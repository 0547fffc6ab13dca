"""Use a quote: the order and the hold come into being together, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.domain import ledger
from bot.domain.catalog import Kind
from bot.domain.errors import (
    Banned,
    NotEnoughCredit,
    NotForSale,
    NotYours,
    QuoteExpired,
    WhyNotForSale,
)
from bot.domain.ids import CustomerId, OrderId
from bot.domain.ledger import customer_account
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.shop.ports import Placed, Purchase
from bot.storage import books
from bot.storage.order_rows import OrderRow, note_event
from bot.storage.post import refresh_card
from bot.storage.tables import customers, orders, quotes, services, suppliers


def place(connection: Connection, asked: Purchase, now: datetime) -> Placed:
    """See `Orders.place`."""
    quote = _lock_quote(connection, asked)
    already = orders_of(connection, quote.id)
    if already:
        return Placed(already[0], fresh=False, orders=already)
    if now >= quote.expires_at:
        raise QuoteExpired
    service = _still_for_sale(connection, asked.customer, quote)
    _check_whole(connection, asked.customer, quote.total)
    made = tuple(
        _place_part(connection, (quote, service), asked, part, now)
        for part in range(1, _parts(quote) + 1)
    )
    connection.execute(update(quotes).where(quotes.c.id == quote.id).values(used_at=now))
    return Placed(made[0], fresh=True, orders=made)


def orders_of(connection: Connection, quote: int) -> tuple[OrderId, ...]:
    """The orders that a quote became, the first one first."""
    known = select(orders.c.id).where(orders.c.quote == quote).order_by(orders.c.part)
    return tuple(OrderId(one) for one in connection.execute(known).scalars())


def _check_whole(connection: Connection, customer: CustomerId, total: Money) -> None:
    """Say what is missing of the whole, not of the part at which the credit ran out."""
    short_by = total - books.balance(connection, customer_account(customer))
    if short_by > ZERO:
        raise NotEnoughCredit(short_by, total)


def _parts(quote: OrderRow) -> int:
    """How many orders a quote becomes: numbers are settled one by one."""
    return int(quote.quantity) if quote.kind is Kind.NUMBER else 1


def _place_part(
    connection: Connection,
    terms: tuple[OrderRow, OrderRow],
    asked: Purchase,
    part: int,
    now: datetime,
) -> OrderId:
    """One order with a hold of its own; `terms` are the quote and its service."""
    quote, service = terms
    parts = _parts(quote)
    share = Money(quote.total.micros // parts)
    cost = quote.cost if asked.cost is None else asked.cost
    money = {"total": share, "cost": Money(cost.micros // parts), "part": part}
    count = {"quantity": quote.quantity // parts, "card": asked.card if part == 1 else None}
    order = _write_order(connection, quote, service, money | count, now)
    books.post(connection, ledger.hold(asked.customer, order, share), now)
    note_event(connection, order, State.QUEUED, now, actor=str(asked.customer))
    if part > 1:  # the tap shows the first one; each of the others gets a card of its own
        refresh_card(connection, asked.customer, order, now)
    return order


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
    connection: Connection,
    quote: OrderRow,
    service: OrderRow,
    part: dict[str, object],
    now: datetime,
) -> OrderId:
    row = insert(orders).values(
        quote=quote.id,
        customer=quote.customer,
        service=quote.service,
        supplier=service.supplier,
        remote_service=service.remote_id,
        service_name=service.name,
        kind=quote.kind,
        link=quote.link,
        reuse=quote.reuse,
        state=State.QUEUED,
        due_at=now,
        created_at=now,
        queued_at=now,
        **part,
    )
    return OrderId(connection.execute(row.returning(orders.c.id)).scalar_one())
