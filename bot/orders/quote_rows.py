"""Quotes as they are kept: a locked price, found by its customer only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, QuoteId, ServiceId
from bot.base.money import ZERO, Money
from bot.catalog.rules import Service
from bot.catalog.tables import services
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import customer_account
from bot.money.tables import accounts
from bot.orders.kinds import Kinds
from bot.orders.rows import QuoteRow
from bot.orders.tables import orders, quotes
from bot.orders.views import QuoteView

_NEW_QUOTE: Final = insert(quotes).returning(quotes.c.id)
_QUOTE: Final = (
    select(quotes, services.c.name, orders.c.id.label("order_id"), accounts.c.balance)
    .join(services, services.c.id == quotes.c.service)
    .outerjoin(orders, (orders.c.quote == quotes.c.id) & (orders.c.part == 1))
    .outerjoin(accounts, accounts.c.account == bindparam("account"))
    .where(quotes.c.id == bindparam("quote"), quotes.c.customer == bindparam("customer"))
)


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """A price to lock."""

    customer: CustomerId
    service: Service
    quantity: int
    link: str
    unit_price: Money
    unit: int
    total: Money
    cost: Money
    created_at: datetime
    expires_at: datetime
    reuse: OrderId | None = None


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
        credit=post.balance(tx, customer_account(draft.customer)),
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
