"""Quote: a locked price; what the confirm card shows is what will be paid."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from bot.base.clock import Clock
from bot.base.errors import Banned, NotYours, TooLate
from bot.base.ids import CustomerId, OrderId, QuoteId, ServiceId, SupplierName
from bot.base.money import ZERO, Money
from bot.base.quantity import checked, presets
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.rules import TOO_OLD, Offer, Service
from bot.catalog.shelf import CurrentShelf
from bot.catalog.standing import check_not_paused
from bot.catalog.tables import services, suppliers
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import customer_account
from bot.money.tables import accounts
from bot.orders.kinds import Kinds, OrderKind
from bot.orders.rows import QuoteRow
from bot.orders.tables import orders, quotes
from bot.orders.views import QuoteView
from bot.people.customers import Customer

_NEW_QUOTE: Final = insert(quotes).returning(quotes.c.id)
_BESIDE: Final = (
    select(services.c.name, suppliers.c.pauses, accounts.c.balance)
    .outerjoin(suppliers, suppliers.c.name == services.c.supplier)
    .outerjoin(accounts, accounts.c.account == bindparam("account"))
    .where(services.c.id == bindparam("service"))
)
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
    beside = _look_beside(tx, draft)
    kind = tx.part(Kinds)[draft.service.kind]
    if draft.reuse is not None:
        kind.check_reuse(tx, draft.customer, draft.reuse, draft.service.id)
    row = {each.name: getattr(draft, each.name) for each in fields(draft)}
    row |= {"service": draft.service.id, "kind": draft.service.kind}
    row["link"] = tx.settings.seal(draft.link)
    return QuoteView(
        id=QuoteId(tx.execute(_NEW_QUOTE, row).scalar_one()),
        service=draft.service.id,
        service_name=beside.service_name,
        kind=draft.service.kind,
        quantity=draft.quantity,
        link=draft.link,
        unit_price=draft.unit_price,
        unit=draft.unit,
        total=draft.total,
        credit=beside.balance or ZERO,
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


class _Beside(NamedTuple):
    """What a new quote's card shows beside the price, and whether its supplier is paused."""

    service_name: str
    pauses: str | None
    balance: Money | None


def _look_beside(tx: Tx, draft: QuoteDraft) -> _Beside:
    which = {"service": draft.service.id, "account": customer_account(draft.customer)}
    found = tx.find(_Beside, _BESIDE, which)
    if found is None or found.pauses:
        raise NotForSale(NotForSaleReason.SUPPLIER_PAUSED if found else NotForSaleReason.GONE)
    return found


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
        credit=found.balance or ZERO,
        expires_at=row.expires_at,
        order=found.order,
        reuse=row.reuse,
        phone=tx.part(Kinds)[row.kind].phone(tx, row.reuse),
    )


@dataclass(frozen=True, slots=True)
class Preset:
    """A quantity worth a button, with its total."""

    quantity: int
    total: Money


@dataclass(frozen=True, slots=True)
class Choice:
    """What the quantity screen shows: the offer, presets, and the customer's free credit."""

    offer: Offer
    kind: OrderKind
    presets: tuple[Preset, ...]
    credit: Money

    def total(self, quantity: int, shelf: CurrentShelf) -> Money:
        """What a quantity costs today."""
        return self.kind.total(shelf.now.pricing, self.offer.service, quantity)


def _free_for(tx: Tx, customer: CustomerId, supplier: SupplierName) -> Money:
    """A customer's free credit for a service of this supplier. Raises NotForSale."""
    check_not_paused(tx, supplier)
    return post.customer_balance(tx, customer)


@dataclass(frozen=True, slots=True)
class AskQuantity:
    """What can be bought of a service, and for how much."""

    shelf: CurrentShelf
    db: Database
    kinds: Kinds

    async def __call__(self, customer: CustomerId, service: ServiceId) -> Choice:
        """The choice. Raises NotForSale, SoldOut."""
        offer = self.shelf.now.load_offer(service)
        span = offer.service.span
        if span.is_empty:
            raise SoldOut(max(0, offer.service.listed.stock or 0))
        free = await self.db.read(_free_for, customer, offer.service.supplier)
        kind, pricing = self.kinds[offer.service.kind], self.shelf.now.pricing
        shown = tuple(
            Preset(quantity, kind.total(pricing, offer.service, quantity))
            for quantity in presets(span, kind.affordable(pricing, offer, free))
        )
        return Choice(offer, kind, shown, free)

    def find_total(
        self, service: ServiceId, quantity: int, paused: Set[SupplierName]
    ) -> Money | None:
        """What so many cost today; None where they cannot be had while these are paused."""
        offer = self.shelf.now.find_offer(service)
        if offer is None or not offer.service.is_on_sale(paused):
            return None
        is_old = self.db.clock.now() - offer.service.read_at >= TOO_OLD
        if is_old or quantity not in offer.service.span:
            return None
        return self.kinds[offer.service.kind].total(
            self.shelf.now.pricing, offer.service, quantity
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
        draft = self.draft(customer, service, quantity, link)
        draft = replace(draft, reuse=self.kinds[draft.service.kind].reuse(quantity, reuse))
        if instead_of is not None:
            return await self.db.write(replace_quote, draft, instead_of)
        return await self.db.write(create_quote, draft)

    def draft(
        self, customer: Customer, service_id: ServiceId, quantity: int, link: str = ""
    ) -> QuoteDraft:
        """The price of this moment, not written down. Raises as a call does."""
        if customer.banned:
            raise Banned
        offer, now = self.shelf.now.load_offer(service_id), self.clock.now()
        service, pricing = offer.service, self.shelf.now.pricing
        if now - service.read_at >= TOO_OLD:
            raise NotForSale(NotForSaleReason.STALE)
        if service.span.is_empty:
            raise SoldOut(max(0, service.listed.stock or 0))
        checked(quantity, service.span)
        kind, basis = self.kinds[service.kind], service.basis
        if basis is None:
            raise NotForSale(NotForSaleReason.UNKNOWN_BASIS)
        if not pricing.pays_for_itself(service.listed.rate, basis, quantity):
            raise NotForSale(NotForSaleReason.NEGATIVE_MARGIN)
        return QuoteDraft(
            customer=customer.id,
            service=service,
            quantity=quantity,
            link=kind.link(link, *service.listed.names),
            unit_price=offer.price,
            unit=offer.unit,
            total=kind.total(pricing, service, quantity),
            cost=kind.cost(service, basis, quantity),
            created_at=now,
            expires_at=now + self.holds_for,
        )
