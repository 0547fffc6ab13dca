"""Use a quote: the order and the hold come into being together, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from bot.domain import ledger
from bot.domain.errors import (
    Banned,
    NotEnoughCredit,
    NotForSale,
    NotYours,
    QuoteExpired,
    ShopClosed,
    WhyNotForSale,
)
from bot.domain.ids import OrderId, QuoteId, RemoteId, SupplierName
from bot.domain.ledger import customer_account
from bot.domain.money import ZERO, Money
from bot.domain.order import State
from bot.shop.ports import Placed, Purchase
from bot.shop.topics import submit_topic
from bot.storage import books, safe_mode
from bot.storage.kinds import Kinds
from bot.storage.order_rows import QuoteRow, note_event
from bot.storage.post import refresh_card
from bot.storage.tables import accounts, customers, orders, quotes, services, suppliers
from bot.storage.tx import Tx


class _Terms(NamedTuple):
    """A locked quote, and everything that may have come between it and its order."""

    quote: QuoteRow
    supplier: SupplierName
    remote_service: RemoteId
    service_name: str
    gone: bool
    paused: bool
    banned: bool
    pauses: str | None
    balance: Money | None
    is_safe: bool

    @classmethod
    def of(cls, *columns: Any) -> _Terms:
        return cls(QuoteRow(*columns[:_QUOTED]), *columns[_QUOTED:])


_QUOTED: Final = len(QuoteRow._fields)
_TERMS: Final = (
    select(
        quotes,
        services.c.supplier,
        services.c.remote_id,
        services.c.name.label("service_name"),
        services.c.gone,
        services.c.paused,
        customers.c.banned,
        suppliers.c.pauses,
        accounts.c.balance,
        safe_mode.SWITCH.label("is_safe"),
    )
    .join(services, services.c.id == quotes.c.service)
    .join(customers, customers.c.id == quotes.c.customer)
    .outerjoin(suppliers, suppliers.c.name == services.c.supplier)
    .outerjoin(accounts, accounts.c.account == bindparam("account"))
    .where(quotes.c.id == bindparam("quote"), quotes.c.customer == bindparam("customer"))
    .with_for_update(of=quotes, key_share=True)
)
_NEW_ORDER: Final = insert(orders).returning(orders.c.id)
_USED: Final = (
    update(quotes).where(quotes.c.id == bindparam("quote")).values(used_at=bindparam("now"))
)
"""Built once: Confirm is where everybody waits."""


def place(tx: Tx, asked: Purchase) -> Placed:
    """See `Orders.place`."""
    terms = _lock_terms(tx, asked)
    if terms.quote.used_at is not None:
        already = orders_of(tx, terms.quote.id)
        return Placed(already[0], fresh=False, orders=already)
    if terms.is_safe:
        raise ShopClosed
    if tx.now >= terms.quote.expires_at:
        raise QuoteExpired
    _check_for_sale(terms)
    _check_whole(terms)
    made = tuple(
        _place_part(tx, terms, asked, part)
        for part in range(1, tx.part(Kinds)[terms.quote.kind].parts(terms.quote.quantity) + 1)
    )
    tx.execute(_USED, {"quote": terms.quote.id, "now": tx.now})
    tx.wake(submit_topic(terms.supplier))
    return Placed(made[0], fresh=True, orders=made)


def orders_of(tx: Tx, quote: QuoteId) -> tuple[OrderId, ...]:
    """The orders that a quote became, the first one first."""
    known = select(orders.c.id).where(orders.c.quote == quote).order_by(orders.c.part)
    return tuple(OrderId(one) for one in tx.execute(known).scalars())


def _check_whole(terms: _Terms) -> None:
    """Say what is missing of the whole, not of the part at which the credit ran out."""
    short_by = terms.quote.total - (terms.balance or ZERO)
    if short_by > ZERO:
        raise NotEnoughCredit(short_by, terms.quote.total)


def _place_part(tx: Tx, terms: _Terms, asked: Purchase, part: int) -> OrderId:
    """One order with a hold of its own."""
    parts = tx.part(Kinds)[terms.quote.kind].parts(terms.quote.quantity)
    share = Money(terms.quote.total.micros // parts)
    cost = terms.quote.cost if asked.cost is None else asked.cost
    row = {
        "part": part,
        "total": share,
        "cost": Money(cost.micros // parts),
        "quantity": terms.quote.quantity // parts,
        "card": asked.card if part == 1 else None,
    }
    made = tx.execute(_NEW_ORDER, _as_ordered(terms, tx.now) | row).scalar_one()
    order = OrderId(made)
    books.post(tx, ledger.hold(asked.customer, order, share))
    note_event(tx, order, State.QUEUED, actor=str(asked.customer))
    if part > 1:  # the tap shows the first one; each of the others gets a card of its own
        refresh_card(tx, asked.customer, order)
    return order


def _lock_terms(tx: Tx, asked: Purchase) -> _Terms:
    """The quote, locked, and everything that may have come between it and its order."""
    which = {
        "quote": asked.quote,
        "customer": asked.customer,
        "account": customer_account(asked.customer),
    }
    found = tx.find(_Terms.of, _TERMS, which)
    if found is None:
        raise NotYours
    return found


def _check_for_sale(terms: _Terms) -> None:
    """Let pass what nothing stopped meanwhile, neither the service nor the customer."""
    if terms.banned:
        raise Banned
    if terms.gone:
        raise NotForSale(WhyNotForSale.GONE)
    if terms.paused:
        raise NotForSale(WhyNotForSale.SERVICE_PAUSED)
    if terms.pauses:
        raise NotForSale(WhyNotForSale.SUPPLIER_PAUSED)


def _as_ordered(terms: _Terms, now: datetime) -> dict[str, object]:
    """What all orders of a quote have in common."""
    return {
        "quote": terms.quote.id,
        "customer": terms.quote.customer,
        "service": terms.quote.service,
        "supplier": terms.supplier,
        "remote_service": terms.remote_service,
        "service_name": terms.service_name,
        "kind": terms.quote.kind,
        "link": terms.quote.link,
        "reuse": terms.quote.reuse,
        "state": State.QUEUED,
        "due_at": now,
        "created_at": now,
        "queued_at": now,
    }
