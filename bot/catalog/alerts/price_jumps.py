"""When a supplier's price has jumped, and how that is said in customers' prices."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from heapq import nlargest
from typing import Final, NamedTuple

from bot.base.ids import ServiceId
from bot.base.money import NotMoney
from bot.catalog.errors import NotForSaleReason
from bot.catalog.rules import Offer
from bot.catalog.shelf import Shelf
from bot.outbox.supplier_notices import JumpedPrice
from bot.suppliers.words import Kind

JUMP_PERCENT: Final = 30
"""Suppliers correct prices by some percent each week. So much more eats most margins and drives
customers away; so much less is as often a mistake of the supplier as a sale."""
_NAMED: Final = 5


class RateChange(NamedTuple):
    """A supplier's rate of one service at two readings."""

    before: Decimal
    after: Decimal

    def is_jump(self, percent: int = JUMP_PERCENT) -> bool:
        """Whether it rose or fell by more than that. No price at all is no price to jump."""
        before, after = self
        if before == after or before <= 0 or after <= 0:
            return False
        return abs(after - before) * 100 > before * percent

    def is_rise(self, percent: int) -> bool:
        """Whether it rose by more than that."""
        return self.after > self.before and self.is_jump(percent)

    @property
    def size(self) -> Decimal:
        """How many times the smaller rate the larger one is."""
        return max(self) / min(self)


Rates = Mapping[ServiceId, RateChange]


def jumps_on_sale(
    rates: Rates,
    first: Mapping[ServiceId, Decimal],
    shelf: Shelf,
    percent: int = JUMP_PERCENT,
) -> Rates:
    """What jumped of what is on sale; `first` are earlier rates of which nobody was told yet.

    What waits for an operator's word about its price counts as on sale.
    """
    since = {each: change.before for each, change in rates.items() if change.is_jump(percent)}
    changes = {
        service: RateChange(before, rates[service].after)
        for service, before in {**since, **first}.items()
        if service in rates and _find_offer(shelf, service) is not None
    }
    return {each: change for each, change in changes.items() if change.is_jump(percent)}


def _find_offer(shelf: Shelf, service: ServiceId) -> Offer | None:
    offer = shelf.find_shown(service)
    hidden = None if offer is None else offer.service.hidden
    return offer if hidden in {None, NotForSaleReason.PRICE_JUMPED} else None


def named_prices(jumps: Rates, shelf: Shelf) -> tuple[JumpedPrice, ...]:
    """The largest jumps, in prices as customers see them, both for the same number of units."""
    largest = nlargest(_NAMED, jumps, key=lambda service: (jumps[service].size, -service))
    found = ((_find_offer(shelf, service), jumps[service]) for service in largest)
    named = (named_price(offer, change) for offer, change in found if offer is not None)
    return tuple(one for one in named if one is not None)


def named_price(offer: Offer, change: RateChange) -> JumpedPrice | None:
    """What customers paid and what they are to pay; None where that is no possible price."""
    basis, pricing = offer.service.basis or 1, offer.pricing
    try:
        is_number = offer.service.kind is Kind.NUMBER
        unit = 1 if is_number else pricing.unit_of(min(change), basis)
        before, after = (pricing.total(rate, basis, unit).micros for rate in change)
    except NotMoney:  # a price that nobody could pay is not sold either
        return None
    return JumpedPrice(offer.service.listed.name, before, after, unit)
