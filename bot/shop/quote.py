"""Lock a price: what the confirm card shows is what will be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.catalog import Kind, Service
from bot.domain.errors import Banned, NotForSale, SoldOut, WhyNotForSale
from bot.domain.ids import CustomerId, QuoteId, ServiceId
from bot.domain.links import normal_link
from bot.domain.money import Money
from bot.domain.pricing import expected_cost
from bot.domain.quantity import checked, presets
from bot.domain.shelf import Offer
from bot.shop.browse import OpenShelf
from bot.shop.ports import Books, Clock, QuoteDraft, Quotes
from bot.shop.views import Customer, QuoteView

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
    presets: tuple[Preset, ...]
    credit: Money

    def total(self, quantity: int, shelf: OpenShelf) -> Money:
        """What a quantity costs today."""
        service = self.offer.service
        return shelf.now.pricing.total(service.listed.rate, service.basis or 1, quantity)


@dataclass(frozen=True, slots=True)
class AskQuantity:
    """What can be bought of a service, and for how much."""

    shelf: OpenShelf
    books: Books

    async def __call__(self, customer: CustomerId, service: ServiceId) -> Choice:
        """The choice.

        Raises:
            NotForSale, SoldOut: with the reason.
        """
        offer = self.shelf.now.load_offer(service)
        span = offer.service.span
        if span.is_empty:
            raise SoldOut(max(0, offer.service.listed.stock or 0))
        credit = (await self.books.wallet(customer)).wallet.free
        rate, basis = offer.service.listed.rate, offer.service.basis or 1
        pricing = self.shelf.now.pricing
        affordable = pricing.affordable(rate, basis, credit, span.most)
        shown = tuple(
            Preset(quantity, pricing.total(rate, basis, quantity))
            for quantity in presets(span, affordable)
        )
        return Choice(offer, shown, credit)


@dataclass(frozen=True, slots=True)
class AskQuote:
    """Write down a price that holds for a while."""

    shelf: OpenShelf
    quotes: Quotes
    clock: Clock
    holds_for: timedelta

    async def __call__(
        self, customer: Customer, service: ServiceId, quantity: int, link: str = ""
    ) -> QuoteView:
        """The quote; it is made even when the credit does not suffice (see `QuoteView.after`).

        Raises:
            NotForSale, SoldOut, BadQuantity, BadLink, Banned: nothing was written.
        """
        return await self.write(self.draft(customer, service, quantity, link))

    async def write(self, draft: QuoteDraft) -> QuoteView:
        """Lock a drafted price."""
        return await self.quotes.create(draft)

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

    async def find(self, customer: CustomerId, quote: QuoteId) -> QuoteView:
        """The customer's own quote again. Raises NotYours."""
        return await self.quotes.load(customer, quote)

    async def remember_wish(self, customer: CustomerId, quote: QuoteView) -> None:
        """Offer this purchase again when credit arrives."""
        now = self.clock.now()
        await self.quotes.remember_wish(customer, quote.service, quote.quantity, now)

    def _draft(self, customer: Customer, offer: Offer, quantity: int, link: str) -> QuoteDraft:
        service = offer.service
        if service.span.is_empty:
            raise SoldOut(max(0, service.listed.stock or 0))
        checked(quantity, service.span)
        rate, basis = service.listed.rate, service.basis
        pricing = self.shelf.now.pricing
        if basis is None or not pricing.pays_for_itself(rate, basis, quantity):
            unknown, loses = WhyNotForSale.UNKNOWN_BASIS, WhyNotForSale.NEGATIVE_MARGIN
            raise NotForSale(unknown if basis is None else loses)
        now = self.clock.now()
        return QuoteDraft(
            customer=customer.id,
            service=service,
            quantity=quantity,
            link=_link_for(service, link),
            unit_price=offer.price,
            unit=offer.unit,
            total=pricing.total(rate, basis, quantity),
            cost=expected_cost(rate, basis, quantity),
            created_at=now,
            expires_at=now + self.holds_for,
        )


def _link_for(service: Service, link: str) -> str:
    """Social services need a link; for products there is none to send."""
    return normal_link(link) if service.kind is Kind.SOCIAL else ""
