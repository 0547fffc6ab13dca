"""How many: what can be bought of a service at once, and for how much."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from bot.base.ids import CustomerId, ServiceId, SupplierName
from bot.base.money import Money
from bot.base.quantity import presets
from bot.catalog.errors import SoldOut
from bot.catalog.rules import TOO_OLD, Offer
from bot.catalog.shelf import CurrentShelf
from bot.catalog.standing import check_not_paused, list_paused
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money import post
from bot.orders.kinds import Kinds, OrderKind
from bot.suppliers.words import Kind


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

    def total(self, quantity: int) -> Money:
        """What a quantity costs today."""
        return self.kind.total(self.offer.pricing, self.offer.service, quantity)


def _free_for(tx: Tx, customer: CustomerId, supplier: SupplierName, kind: Kind) -> Money:
    """A customer's free credit for a service of this supplier. Raises NotForSale."""
    check_not_paused(tx, supplier, kind)
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
        if offer.service.instead:
            sold = offer.service.sold(await self.db.recall(list_paused))
            offer = replace(offer, service=sold)
        span = offer.service.span
        if span.is_empty:
            raise SoldOut(max(0, offer.service.listed.stock or 0))
        sold = offer.service
        free = await self.db.read(_free_for, customer, sold.bought.supplier, sold.kind)
        kind, pricing = self.kinds[sold.kind], offer.pricing
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
        sold = offer.service.sold(paused)
        is_old = self.db.clock.now() - sold.read_at >= TOO_OLD
        if is_old or quantity not in sold.span:
            return None
        return self.kinds[offer.service.kind].total(offer.pricing, offer.service, quantity)
