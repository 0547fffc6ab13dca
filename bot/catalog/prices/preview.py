"""What customers' prices would become under other rules, before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from bot.base.ids import ServiceId
from bot.base.money import MICRO, Money, NotMoney
from bot.catalog.errors import NotForSaleReason
from bot.catalog.prices.rules import Prices, Rules, digest_of
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Offer, Service, can_be_sold, offer_of
from bot.catalog.shelf import Shelf

_LARGEST: Final = 5
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class PriceMove:
    """What so many units of a service cost before and after."""

    service: ServiceId
    name: str
    before: Money
    after: Money
    unit: int

    @property
    def size(self) -> int:
        """By how many millionths of the former price it moves."""
        return abs(self.after.micros - self.before.micros) * MICRO // max(1, self.before.micros)


@dataclass(frozen=True, slots=True)
class PricePreview:
    """What other rules would change of all that customers see, or would see.

    `moves` are the largest, by their share of the former price. `lost` would be sold for less
    than the supplier takes, or at no price that can be paid, and so are not sold; `lost_names` are
    some of them. `back` were not sold for that reason and would be. `known` marks the rules by
    which all this was counted.
    """

    dearer: int
    cheaper: int
    moves: tuple[PriceMove, ...]
    lost: int
    lost_names: tuple[str, ...]
    back: int
    known: str

    @property
    def changed(self) -> int:
        """How many services change in any way."""
        return self.dearer + self.cheaper + self.lost + self.back


def preview_rules(shelf: Shelf, now: Rules, after: Rules) -> PricePreview:
    """What the rules `after` would change of the prices on this shelf, which are by `now`.

    It takes some thousandths of a second for every thousand services: run it on a thread.
    """
    before = Prices(shelf.prices.settings, now, shelf.tree)
    then = Prices(shelf.prices.settings, after, shelf.tree)
    moves, lost, back = list[PriceMove](), list[str](), 0
    for service, was, will in _differing(shelf, before, then):
        shown = shelf.find_shown(service.id)
        is_by_now = shown is not None and shown.pricing == was
        offered = shown if is_by_now else _find_offer(service, was)
        offers = _find_offer(service, will)
        if offered is None or offers is None:
            back += offers is not None
            if offered is not None:
                lost.append(service.listed.name)
        elif (move := _move(service, offered, offers)) is not None:
            moves.append(move)
    dearer = sum(move.after > move.before for move in moves)
    largest = nlargest(_LARGEST, moves, key=lambda move: (move.size, -move.service))
    names = tuple(lost[:_NAMED])
    known = digest_of(now)
    return PricePreview(dearer, len(moves) - dearer, tuple(largest), len(lost), names, back, known)


def _differing(
    shelf: Shelf, before: Prices, then: Prices
) -> Iterator[tuple[Service, Pricing, Pricing]]:
    """Every service that is shown or kept away by its price alone, where its pricing differs."""
    for service in shelf.services():
        by_price = service.hidden is NotForSaleReason.NEGATIVE_MARGIN
        if service.basis is None or not (service.is_shown or by_price):
            continue
        which = service.id, service.supplier, service.category
        was, will = before.of(*which), then.of(*which)
        if was != will:
            yield service, was, will


def _find_offer(service: Service, pricing: Pricing) -> Offer | None:
    """The service at this pricing; None where it would not be sold."""
    return offer_of(service, pricing) if can_be_sold(service, pricing) else None


def _move(service: Service, was: Offer, will: Offer) -> PriceMove | None:
    """Both prices for the same number of units; None where that is the same price."""
    unit, rate, basis = max(was.unit, will.unit), service.listed.rate, service.basis or 1
    try:
        prices = [
            one.price if one.unit == unit else one.pricing.total(rate, basis, unit)
            for one in (was, will)
        ]
    except NotMoney:
        return None
    before, after = prices
    if before == after:
        return None
    return PriceMove(service.id, service.listed.name, before, after, unit)
