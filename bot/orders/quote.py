"""Quote: lock a price; what the confirm card shows is what will be paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.base.clock import Clock
from bot.base.errors import Banned
from bot.base.ids import CustomerId, OrderId, ServiceId
from bot.base.money import Money
from bot.base.quantity import checked, presets
from bot.catalog.errors import NotForSale, SoldOut, WhyNotForSale
from bot.catalog.rules import Offer
from bot.catalog.shelf import OpenShelf
from bot.db.database import Database
from bot.money import wallet
from bot.orders import quote_rows
from bot.orders.kinds import Kinds, OrderKind
from bot.orders.quote_rows import QuoteDraft
from bot.orders.views import QuoteView
from bot.people.customers import Customer

_TOO_OLD: Final = timedelta(hours=6)
"""A price that has not been read for so long is shown, but no longer sold at."""


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

    def total(self, quantity: int, shelf: OpenShelf) -> Money:
        """What a quantity costs today."""
        return self.kind.total(shelf.now.pricing, self.offer.service, quantity)


@dataclass(frozen=True, slots=True)
class AskQuantity:
    """What can be bought of a service, and for how much."""

    shelf: OpenShelf
    db: Database
    kinds: Kinds

    async def __call__(self, customer: CustomerId, service: ServiceId) -> Choice:
        """The choice.

        Raises:
            NotForSale, SoldOut: with the reason.
        """
        offer = self.shelf.now.load_offer(service)
        span = offer.service.span
        if span.is_empty:
            raise SoldOut(max(0, offer.service.listed.stock or 0))
        free = (await self.db.read(wallet.wallet, customer)).wallet.free
        kind, pricing = self.kinds[offer.service.kind], self.shelf.now.pricing
        shown = tuple(
            Preset(quantity, kind.total(pricing, offer.service, quantity))
            for quantity in presets(span, kind.affordable(pricing, offer, free))
        )
        return Choice(offer, kind, shown, free)


@dataclass(frozen=True, slots=True)
class AskQuote:
    """Write down a price that holds for a while."""

    shelf: OpenShelf
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
    ) -> QuoteView:
        """The quote; it is made even when the credit does not suffice (see `QuoteView.after`).

        Args:
            customer: whose quote it is.
            service: what is bought.
            quantity: how many; numbers become so many orders.
            link: for social services.
            reuse: the customer's own order whose phone is to be rented again, one at a time.

        Raises:
            NotForSale, SoldOut, BadQuantity, BadLink, Banned: nothing was written.
            NotYours: the number to reuse is not theirs, or not of this supplier and country.
        """
        draft = self.draft(customer, service, quantity, link)
        draft = replace(draft, reuse=self.kinds[draft.service.kind].reuse(quantity, reuse))
        return await self.db.write(quote_rows.create_quote, draft)

    def draft(
        self, customer: Customer, service: ServiceId, quantity: int, link: str = ""
    ) -> QuoteDraft:
        """The price of this moment, not written down. Raises as a call does."""
        if customer.banned:
            raise Banned
        offer = self.shelf.now.load_offer(service)
        if self.clock.now() - offer.service.read_at >= _TOO_OLD:
            raise NotForSale(WhyNotForSale.STALE)
        return self._draft(customer, offer, quantity, link)

    def _draft(self, customer: Customer, offer: Offer, quantity: int, link: str) -> QuoteDraft:
        service = offer.service
        if service.span.is_empty:
            raise SoldOut(max(0, service.listed.stock or 0))
        checked(quantity, service.span)
        rate, basis = service.listed.rate, service.basis
        kind, pricing = self.kinds[service.kind], self.shelf.now.pricing
        if basis is None or not pricing.pays_for_itself(rate, basis, quantity):
            unknown, loses = WhyNotForSale.UNKNOWN_BASIS, WhyNotForSale.NEGATIVE_MARGIN
            raise NotForSale(unknown if basis is None else loses)
        now = self.clock.now()
        return QuoteDraft(
            customer=customer.id,
            service=service,
            quantity=quantity,
            link=kind.link(link),
            unit_price=offer.price,
            unit=offer.unit,
            total=kind.total(pricing, service, quantity),
            cost=kind.cost(service, basis, quantity),
            created_at=now,
            expires_at=now + self.holds_for,
        )
