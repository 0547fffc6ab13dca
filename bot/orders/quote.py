"""Quote: a locked price; what the confirm card shows is what will be paid."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update

from bot.base.clock import Clock
from bot.base.errors import Banned, NotYours, TooLate
from bot.base.ids import CustomerId, OrderId, QuoteId, ServiceId, SupplierName
from bot.base.money import ZERO, Money
from bot.base.quantity import checked
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.rules import TOO_OLD, Service
from bot.catalog.shelf import CurrentShelf
from bot.catalog.standing import is_switched_off, list_paused, paused_now
from bot.catalog.tables import services, suppliers
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money.ledger import customer_account
from bot.money.tables import accounts
from bot.orders.kinds import Kinds
from bot.orders.tables import orders, quotes
from bot.orders.views import QuoteView
from bot.people.customers import Customer
from bot.suppliers.words import Kind

_PRICED: Final = tuple(one for one in quotes.c if one.name not in {"id", "service", "used_at"})
_FOR_SALE: Final = (
    select(services.c.id, *(bindparam(one.name, type_=one.type) for one in _PRICED))
    .outerjoin(suppliers, suppliers.c.name == bindparam("seller"))
    .where(
        services.c.id == bindparam("service"),
        func.coalesce(suppliers.c.pauses, "") == "",
        ~is_switched_off(bindparam("kind", type_=quotes.c.kind.type)),
    )
)
_NEW_QUOTE: Final = (
    insert(quotes)
    .from_select([quotes.c.service, *_PRICED], _FOR_SALE)
    .returning(
        quotes.c.id,
        select(services.c.name).where(services.c.id == bindparam("service")).label("name"),
        select(accounts.c.balance)
        .where(accounts.c.account == bindparam("account"))
        .label("balance"),
    )
)
"""Written and told in one turn to the database, or not at all."""
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
    """Write a new quote down.

    Raises NotForSale while its supplier is paused, NotYours for a number that the customer may not
    reuse.
    """
    kind = tx.part(Kinds)[draft.service.kind]
    if draft.reuse is not None:
        kind.check_reuse(tx, draft.customer, draft.reuse, draft.service.id)
    made, service_name, credit = _write_down(tx, draft)
    return QuoteView(
        id=QuoteId(made),
        service=draft.service.id,
        service_name=service_name,
        kind=draft.service.kind,
        quantity=draft.quantity,
        link=draft.link,
        unit_price=draft.unit_price,
        unit=draft.unit,
        total=draft.total,
        cost=draft.cost,
        credit=credit or ZERO,
        expires_at=draft.expires_at,
        order=None,
        reuse=draft.reuse,
        phone=kind.phone(tx, draft.reuse),
    )


def replace_quote(tx: Tx, draft: QuoteDraft, before: QuoteId) -> QuoteView:
    """Write a new quote down in the place of one that cannot be paid any more then.

    Raises TooLate when that one was paid, and as `create_quote`.
    """
    mine = (quotes.c.id == before, quotes.c.customer == draft.customer)
    over = update(quotes).where(*mine, quotes.c.used_at.is_(None))
    if not tx.execute(over.values(expires_at=quotes.c.created_at)).rowcount:
        raise TooLate
    return create_quote(tx, draft)


def _write_down(tx: Tx, draft: QuoteDraft) -> tuple[int, str, Money | None]:
    """The quote's id, the name of its service and the customer's free credit."""
    row = {each.name: getattr(draft, each.name) for each in fields(draft)}
    row |= {"service": draft.service.id, "kind": draft.service.kind}
    row["link"] = tx.settings.seal(draft.link)
    row |= {"account": customer_account(draft.customer), "seller": draft.service.bought.supplier}
    made = tx.execute(_NEW_QUOTE, row).one_or_none()
    if made is None:
        known = tx.execute(select(services.c.id).where(services.c.id == draft.service.id)).first()
        if known is None:
            raise NotForSale(NotForSaleReason.GONE)
        raise paused_now(tx, draft.service.supplier, draft.service.kind)
    return made.id, made.name, made.balance


class QuoteRow(NamedTuple):
    """A row of `quotes`, column by column."""

    id: QuoteId
    customer: CustomerId
    service: ServiceId
    kind: Kind
    quantity: int
    link: str
    reuse: OrderId | None
    unit_price: Money
    unit: int
    total: Money
    cost: Money
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class _Quoted(NamedTuple):
    """A quote with what its card shows beside it."""

    quote: QuoteRow
    service_name: str
    order: OrderId | None
    balance: Money | None

    @classmethod
    def of(cls, *columns: Any) -> _Quoted:
        return cls(QuoteRow(*columns[:-3]), *columns[-3:])


def load_quote(tx: Tx, customer: CustomerId, quote: QuoteId) -> QuoteView:
    """A customer's quote. Raises NotYours for somebody else's and for none."""
    account = customer_account(customer)
    which = {"quote": quote, "customer": customer, "account": account}
    found = tx.find(_Quoted.of, _QUOTE, which)
    if found is None:
        raise NotYours
    row = found.quote
    return QuoteView(
        id=row.id,
        service=row.service,
        service_name=found.service_name,
        kind=row.kind,
        quantity=row.quantity,
        link=tx.settings.unseal(row.link),
        unit_price=row.unit_price,
        unit=row.unit,
        total=row.total,
        cost=row.cost,
        credit=found.balance or ZERO,
        expires_at=row.expires_at,
        order=found.order,
        reuse=row.reuse,
        phone=tx.part(Kinds)[row.kind].phone(tx, row.reuse),
    )


@dataclass(frozen=True, slots=True)
class AskQuote:
    """Write down a price that holds for a while."""

    shelf: CurrentShelf
    db: Database
    kinds: Kinds
    clock: Clock
    holds_for: timedelta

    async def __call__(
        self,
        customer: Customer,
        service: ServiceId,
        quantity: int,
        link: str = "",
        reuse: OrderId | None = None,
        instead_of: QuoteId | None = None,
    ) -> QuoteView:
        """The quote; it is made even when the credit does not suffice (see `QuoteView.after`).

        `reuse` is the customer's own order whose phone is to be rented again, one at a time;
        `instead_of` a quote that ends with this one. Raises NotForSale, SoldOut, BadQuantity,
        BadLink, Banned, or NotYours as `create_quote`, TooLate as `replace_quote`.
        """
        offer = self.shelf.now.find_offer(service)
        has_others = offer is not None and bool(offer.service.instead)
        paused = await self.db.recall(list_paused) if has_others else frozenset[SupplierName]()
        draft = self.draft(customer, service, quantity, link, paused)
        draft = replace(draft, reuse=self.kinds[draft.service.kind].reuse(quantity, reuse))
        if instead_of is not None:
            return await self.db.write(replace_quote, draft, instead_of)
        if draft.reuse is not None:  # what may be reused is asked in the same transaction
            return await self.db.write(create_quote, draft)
        return await self.db.write_once(create_quote, draft)

    def cost(self, service: Service, quantity: int) -> Money:
        """What the supplier should take for so many, which can be ordered now.

        Raises NotForSale, SoldOut, BadQuantity.
        """
        if self.clock.now() - service.read_at >= TOO_OLD:
            raise NotForSale(NotForSaleReason.STALE)
        if service.span.is_empty:
            raise SoldOut(max(0, service.listed.stock or 0))
        checked(quantity, service.span)
        bought = service.bought
        if service.basis is None or bought.basis is None:
            raise NotForSale(NotForSaleReason.UNKNOWN_BASIS)
        return self.kinds[service.kind].cost(bought, bought.basis, quantity)

    def draft(
        self,
        customer: Customer,
        service_id: ServiceId,
        quantity: int,
        link: str = "",
        paused: Set[SupplierName] = frozenset(),
    ) -> QuoteDraft:
        """The price of this moment while these are paused, not written down. Raises as a call."""
        if customer.banned:
            raise Banned
        offer, now = self.shelf.now.load_offer(service_id), self.clock.now()
        service, pricing = offer.service.sold(paused), offer.pricing
        kind, cost = self.kinds[service.kind], self.cost(service, quantity)
        if not pricing.pays_for_itself(service.listed.rate):
            raise NotForSale(NotForSaleReason.NEGATIVE_MARGIN)
        total = kind.total(pricing, service, quantity)
        if cost > total:  # what stands in for it would cost more than it does
            raise SoldOut(0)
        return QuoteDraft(
            customer=customer.id,
            service=service,
            quantity=quantity,
            link=kind.link(link, *service.listed.names),
            unit_price=offer.price,
            unit=offer.unit,
            total=total,
            cost=cost,
            created_at=now,
            expires_at=now + self.holds_for,
        )
