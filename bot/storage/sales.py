"""Quotes and orders as their customers reach them: the owner is checked in every question."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from bot.domain.errors import IllegalMove, NotYours
from bot.domain.ids import CustomerId, OrderId, QuoteId, ServiceId
from bot.domain.ledger import customer_account
from bot.domain.money import ZERO
from bot.domain.order import OPEN, Reason, State
from bot.domain.shelf import PAGE_SIZE, Page
from bot.shop.notices import OrderEnded, ProblemAlert
from bot.shop.ports import QuoteDraft
from bot.shop.views import Goods, OrderView, QuoteView
from bot.storage import books, safe_mode
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, fail, view_of
from bot.storage.post import refresh_card, tell, tell_operators
from bot.storage.rental_rows import check_reuse, phone_to_reuse
from bot.storage.settling import unsealed
from bot.storage.tables import accounts, goods, orders, quotes, services

_PROBLEM_AGAIN: Final = timedelta(hours=1)
_NEW_QUOTE: Final = insert(quotes).returning(quotes.c.id)
_QUOTE: Final = (
    select(quotes, services.c.name, orders.c.id.label("order_id"), accounts.c.balance)
    .join(services, services.c.id == quotes.c.service)
    .outerjoin(orders, (orders.c.quote == quotes.c.id) & (orders.c.part == 1))
    .outerjoin(accounts, accounts.c.account == bindparam("account"))
    .where(quotes.c.id == bindparam("quote"), quotes.c.customer == bindparam("customer"))
)


def create_quote(connection: Connection, house: House, draft: QuoteDraft) -> QuoteView:
    """See `Quotes.create`."""
    if draft.reuse is not None:
        check_reuse(connection, draft.customer, draft.reuse, draft.service.id)
    row = {
        "customer": draft.customer,
        "service": draft.service.id,
        "kind": draft.service.kind,
        "quantity": draft.quantity,
        "link": house.seal(draft.link),
        "reuse": draft.reuse,
        "unit_price": draft.unit_price,
        "unit": draft.unit,
        "total": draft.total,
        "cost": draft.cost,
        "created_at": draft.created_at,
        "expires_at": draft.expires_at,
    }
    return QuoteView(
        id=QuoteId(connection.execute(_NEW_QUOTE, row).scalar_one()),
        service=draft.service.id,
        service_name=draft.service.listed.name,
        kind=draft.service.kind,
        quantity=draft.quantity,
        link=draft.link,
        unit_price=draft.unit_price,
        unit=draft.unit,
        total=draft.total,
        credit=books.balance(connection, customer_account(draft.customer)),
        expires_at=draft.expires_at,
        order=None,
        reuse=draft.reuse,
        phone=phone_to_reuse(connection, house, draft.reuse),
    )


def load_quote(
    connection: Connection, house: House, customer: CustomerId, quote: QuoteId
) -> QuoteView:
    """See `Quotes.load`."""
    account = customer_account(customer)
    which = {"quote": quote, "customer": customer, "account": account}
    row = connection.execute(_QUOTE, which).one_or_none()
    if row is None:
        raise NotYours
    return _quote_view(connection, house, row)


def orders_of_quote(
    connection: Connection, customer: CustomerId, quote: QuoteId
) -> tuple[OrderId, ...]:
    """See `Orders.of_quote`."""
    mine = select(orders.c.id).where(orders.c.quote == quote, orders.c.customer == customer)
    found = connection.execute(mine.order_by(orders.c.part)).scalars()
    return tuple(OrderId(one) for one in found)


def _quote_view(connection: Connection, house: House, row: Row[Any]) -> QuoteView:
    return QuoteView(
        id=QuoteId(row.id),
        service=ServiceId(row.service),
        service_name=row.name,
        kind=row.kind,
        quantity=row.quantity,
        link=house.unseal(row.link),
        unit_price=row.unit_price,
        unit=row.unit,
        total=row.total,
        credit=row.balance or ZERO,
        expires_at=row.expires_at,
        order=None if row.order_id is None else OrderId(row.order_id),
        reuse=None if row.reuse is None else OrderId(row.reuse),
        phone=phone_to_reuse(connection, house, row.reuse),
    )


def _own(connection: Connection, customer: CustomerId, order: OrderId) -> OrderRow:
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = connection.execute(query.with_for_update(key_share=True)).one_or_none()
    if row is None:
        raise NotYours
    return row


def load_order(
    connection: Connection, house: House, customer: CustomerId, order: OrderId
) -> OrderView:
    """See `Orders.load`."""
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotYours
    return view_of(connection, row, house)


def load_any_order(connection: Connection, house: House, order: OrderId) -> OrderView:
    """See `Orders.load_for_notice`."""
    row = connection.execute(select(orders).where(orders.c.id == order)).one_or_none()
    if row is None:
        raise NotYours
    return view_of(connection, row, house)


def list_orders(
    connection: Connection, house: House, customer: CustomerId, page: int, *, only_open: bool
) -> Page[OrderView]:
    """See `Orders.list_orders`."""
    query = select(orders).where(orders.c.customer == customer)
    if only_open:
        query = query.where(orders.c.state.in_(sorted(OPEN)))
    return page_of_orders(connection, house, query, page)


def page_of_orders(
    connection: Connection, house: House, query: Select[Any], page: int
) -> Page[OrderView]:
    """One page of a query over orders, newest first; a number beyond the ends is the nearest."""
    total = int(
        connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    )
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(page, 0), pages - 1)
    cut = query.order_by(orders.c.id.desc()).limit(PAGE_SIZE).offset(at * PAGE_SIZE)
    rows = tuple(view_of(connection, row, house) for row in connection.execute(cut))
    return Page(rows, at, pages, total)


def list_goods(
    connection: Connection, house: House, customer: CustomerId, order: OrderId
) -> tuple[Goods, ...]:
    """See `Orders.goods`."""
    load_order(connection, house, customer, order)
    return tuple(_goods(row, house) for row in connection.execute(_goods_of(order)))


def find_batch(connection: Connection, house: House, order: OrderId, batch: int) -> Goods | None:
    """See `Orders.goods_batch`."""
    row = connection.execute(_goods_of(order).where(goods.c.batch == batch)).one_or_none()
    return None if row is None else _goods(row, house)


def _goods_of(order: OrderId) -> Select[Any]:
    return (
        select(goods, orders.c.service_name)
        .join(orders, orders.c.id == goods.c.order_id)
        .where(goods.c.order_id == order)
        .order_by(goods.c.batch)
    )


def _goods(row: Row[Any], house: House) -> Goods:
    return Goods(
        order=OrderId(row.order_id),
        batch=row.batch,
        service_name=row.service_name,
        accounts=unsealed(house, row.sealed),
        at=row.at,
    )


def cancel(
    connection: Connection, house: House, customer: CustomerId, order: OrderId, now: datetime
) -> OrderView:
    """See `Orders.cancel`."""
    row = _own(connection, customer, order)
    safe_mode.check_off(connection)
    if row.state is not State.QUEUED or row.unsure:
        raise IllegalMove(order, State.FAILED)
    fail(connection, row, Reason.CUSTOMER_CANCELED, now, actor=str(customer))
    tell(connection, customer, f"ended:{order}", OrderEnded(order), now)
    return load_order(connection, house, customer, order)


def report_problem(
    connection: Connection, house: House, customer: CustomerId, order: OrderId, now: datetime
) -> bool:
    """See `Orders.report_problem`."""
    row = _own(connection, customer, order)
    if row.problem_at is not None and now - row.problem_at < _PROBLEM_AGAIN:
        return False
    connection.execute(update(orders).where(orders.c.id == order).values(problem_at=now))
    key = f"problem:{order}:{int(now.timestamp())}"
    tell_operators(connection, house.operators, key, ProblemAlert(order), now)
    return True


def card_shown(
    connection: Connection,
    house: House,
    order: OrderId,
    what: tuple[int, OrderView | None],
    now: datetime,
) -> None:
    """See `Orders.card_shown`; `what` is the message and what it shows."""
    card, shown = what
    connection.execute(update(orders).where(orders.c.id == order).values(card=card))
    view = load_any_order(connection, house, order)
    if view != shown:
        refresh_card(connection, view.customer, order, now)


def card_of(connection: Connection, order: OrderId) -> int | None:
    """See `Orders.card_of`."""
    return connection.execute(
        select(orders.c.card).where(orders.c.id == order)
    ).scalar_one_or_none()
