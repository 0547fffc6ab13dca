"""Quotes and orders as their customers reach them: the owner is checked in every question."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, func, insert, select, update

from bot.domain.errors import IllegalMove, NotYours
from bot.domain.ids import CustomerId, OrderId, QuoteId, ServiceId
from bot.domain.keys import ended_key, problem_key
from bot.domain.ledger import customer_account
from bot.domain.money import ZERO, Money
from bot.domain.order import OPEN, Reason, State
from bot.domain.shelf import PAGE_SIZE, Page
from bot.shop.notices import OrderEnded, ProblemAlert
from bot.shop.ports import QuoteDraft
from bot.shop.views import Goods, OrderView, QuoteView
from bot.storage import books, safe_mode
from bot.storage.kinds import Kinds
from bot.storage.order_rows import OrderRow, QuoteRow, fail
from bot.storage.order_views import view_of
from bot.storage.post import refresh_card, tell, tell_operators
from bot.storage.settling import unsealed
from bot.storage.tables import accounts, goods, orders, quotes, services
from bot.storage.tx import Tx, TxSettings

_PROBLEM_AGAIN: Final = timedelta(hours=1)
_NEW_QUOTE: Final = insert(quotes).returning(quotes.c.id)
_QUOTE: Final = (
    select(quotes, services.c.name, orders.c.id.label("order_id"), accounts.c.balance)
    .join(services, services.c.id == quotes.c.service)
    .outerjoin(orders, (orders.c.quote == quotes.c.id) & (orders.c.part == 1))
    .outerjoin(accounts, accounts.c.account == bindparam("account"))
    .where(quotes.c.id == bindparam("quote"), quotes.c.customer == bindparam("customer"))
)


def create_quote(tx: Tx, draft: QuoteDraft) -> QuoteView:
    """See `Quotes.create`."""
    kind = tx.part(Kinds)[draft.service.kind]
    if draft.reuse is not None:
        kind.check_reuse(tx, draft.customer, draft.reuse, draft.service.id)
    row = {
        "customer": draft.customer,
        "service": draft.service.id,
        "kind": draft.service.kind,
        "quantity": draft.quantity,
        "link": tx.settings.seal(draft.link),
        "reuse": draft.reuse,
        "unit_price": draft.unit_price,
        "unit": draft.unit,
        "total": draft.total,
        "cost": draft.cost,
        "created_at": draft.created_at,
        "expires_at": draft.expires_at,
    }
    return QuoteView(
        id=QuoteId(tx.execute(_NEW_QUOTE, row).scalar_one()),
        service=draft.service.id,
        service_name=draft.service.listed.name,
        kind=draft.service.kind,
        quantity=draft.quantity,
        link=draft.link,
        unit_price=draft.unit_price,
        unit=draft.unit,
        total=draft.total,
        credit=books.balance(tx, customer_account(draft.customer)),
        expires_at=draft.expires_at,
        order=None,
        reuse=draft.reuse,
        phone=kind.phone(tx, draft.reuse),
    )


def load_quote(tx: Tx, customer: CustomerId, quote: QuoteId) -> QuoteView:
    """See `Quotes.load`."""
    account = customer_account(customer)
    which = {"quote": quote, "customer": customer, "account": account}
    found = tx.find(_Quoted.of, _QUOTE, which)
    if found is None:
        raise NotYours
    return _quote_view(tx, found)


def orders_of_quote(tx: Tx, customer: CustomerId, quote: QuoteId) -> tuple[OrderId, ...]:
    """See `Orders.of_quote`."""
    mine = select(orders.c.id).where(orders.c.quote == quote, orders.c.customer == customer)
    found = tx.execute(mine.order_by(orders.c.part)).scalars()
    return tuple(OrderId(one) for one in found)


class _Quoted(NamedTuple):
    """A quote with what its card shows beside it."""

    quote: QuoteRow
    service_name: str
    order: OrderId | None
    balance: Money | None

    @classmethod
    def of(cls, *columns: Any) -> _Quoted:
        return cls(QuoteRow(*columns[:-3]), *columns[-3:])


def _quote_view(tx: Tx, found: _Quoted) -> QuoteView:
    row = found.quote
    return QuoteView(
        id=row.id,
        service=ServiceId(row.service),
        service_name=found.service_name,
        kind=row.kind,
        quantity=row.quantity,
        link=tx.settings.unseal(row.link),
        unit_price=row.unit_price,
        unit=row.unit,
        total=row.total,
        credit=found.balance or ZERO,
        expires_at=row.expires_at,
        order=found.order,
        reuse=row.reuse,
        phone=tx.part(Kinds)[row.kind].phone(tx, row.reuse),
    )


def _own(tx: Tx, customer: CustomerId, order: OrderId) -> OrderRow:
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = tx.find(OrderRow, query.with_for_update(key_share=True))
    if row is None:
        raise NotYours
    return row


def load_order(tx: Tx, customer: CustomerId, order: OrderId) -> OrderView:
    """See `Orders.load`."""
    query = select(orders).where(orders.c.id == order, orders.c.customer == customer)
    row = tx.find(OrderRow, query)
    if row is None:
        raise NotYours
    return view_of(tx, row)


def load_any_order(tx: Tx, order: OrderId) -> OrderView:
    """See `Orders.load_for_notice`."""
    row = tx.find(OrderRow, select(orders).where(orders.c.id == order))
    if row is None:
        raise NotYours
    return view_of(tx, row)


def list_orders(tx: Tx, customer: CustomerId, page: int, *, only_open: bool) -> Page[OrderView]:
    """See `Orders.list_orders`."""
    query = select(orders).where(orders.c.customer == customer)
    if only_open:
        query = query.where(orders.c.state.in_(sorted(OPEN)))
    return page_of_orders(tx, query, page)


def page_of_orders(tx: Tx, query: Select[Any], page: int) -> Page[OrderView]:
    """One page of a query over orders, newest first; a number beyond the ends is the nearest."""
    total = int(tx.execute(select(func.count()).select_from(query.subquery())).scalar_one())
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(page, 0), pages - 1)
    cut = query.order_by(orders.c.id.desc()).limit(PAGE_SIZE).offset(at * PAGE_SIZE)
    rows = tuple(view_of(tx, row) for row in tx.list(OrderRow, cut))
    return Page(rows, at, pages, total)


def list_goods(tx: Tx, customer: CustomerId, order: OrderId) -> tuple[Goods, ...]:
    """See `Orders.goods`."""
    load_order(tx, customer, order)
    return tx.list(partial(_goods, tx.settings), _goods_of(order))


def find_batch(tx: Tx, order: OrderId, batch: int) -> Goods | None:
    """See `Orders.goods_batch`."""
    return tx.find(partial(_goods, tx.settings), _goods_of(order).where(goods.c.batch == batch))


def _goods_of(order: OrderId) -> Select[Any]:
    return (
        select(goods.c.order_id, goods.c.batch, goods.c.sealed, goods.c.at, orders.c.service_name)
        .join(orders, orders.c.id == goods.c.order_id)
        .where(goods.c.order_id == order)
        .order_by(goods.c.batch)
    )


def _goods(
    settings: TxSettings, order: OrderId, batch: int, sealed: str, at: datetime, name: str
) -> Goods:
    return Goods(order, batch, name, unsealed(settings, sealed), at)


def cancel(tx: Tx, customer: CustomerId, order: OrderId) -> OrderView:
    """See `Orders.cancel`."""
    row = _own(tx, customer, order)
    safe_mode.check_off(tx)
    if row.state is not State.QUEUED or row.unsure:
        raise IllegalMove(order, State.FAILED)
    fail(tx, row, Reason.CUSTOMER_CANCELED, actor=str(customer))
    tell(tx, customer, ended_key(order), OrderEnded(order))
    return load_order(tx, customer, order)


def report_problem(tx: Tx, customer: CustomerId, order: OrderId) -> bool:
    """See `Orders.report_problem`."""
    row = _own(tx, customer, order)
    if row.problem_at is not None and tx.now - row.problem_at < _PROBLEM_AGAIN:
        return False
    tx.execute(update(orders).where(orders.c.id == order).values(problem_at=tx.now))
    key = problem_key(order, tx.now)
    tell_operators(tx, key, ProblemAlert(order))
    return True


def card_shown(tx: Tx, order: OrderId, card: int, shown: OrderView | None) -> None:
    """See `Orders.card_shown`."""
    tx.execute(update(orders).where(orders.c.id == order).values(card=card))
    view = load_any_order(tx, order)
    if view != shown:
        refresh_card(tx, view.customer, order)


def card_of(tx: Tx, order: OrderId) -> int | None:
    """See `Orders.card_of`."""
    return tx.execute(select(orders.c.card).where(orders.c.id == order)).scalar_one_or_none()
