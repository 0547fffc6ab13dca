"""What operators read of stand-ins: each group with what its services cost and how they stand."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from bot.base.ids import ServiceId, SupplierName
from bot.base.money import Money
from bot.base.quantity import Span
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import expected_cost
from bot.catalog.rules import Offer, Service, offer_of
from bot.catalog.shelf import Shelf
from bot.catalog.standins.rules import common_amounts


@dataclass(frozen=True, slots=True)
class TiedService:
    """One service of a group, at its price; `offer` None where it has none.

    `cost` is what its supplier takes for as many as the price is for. `why` says what keeps it
    from being bought, None where it can be or is only sold out. `is_dearer`: customers pay more
    for it than for the first one, `never_used`: its supplier takes as much as they pay for that.
    """

    service: Service
    offer: Offer | None
    cost: Money | None
    why: NotForSaleReason | None
    is_dearer: bool = False
    never_used: bool = False


@dataclass(frozen=True, slots=True)
class TieCard:
    """Services that stand in for each other, the first one first.

    `common` is what can be ordered of each at once.
    """

    tied: tuple[TiedService, ...]
    common: Span

    @property
    def first(self) -> Service:
        """The one that is bought before the others."""
        return self.tied[0].service


def find_tie(shelf: Shelf, service: ServiceId, paused: Set[SupplierName]) -> TieCard | None:
    """The group of a service; None where it is not tied, or is the only one that is known."""
    named = (shelf.find_service(one) for one in shelf.ties.get(service, ()))
    known = [one for one in named if one is not None]
    if len(known) < 2:  # noqa: PLR2004 - a group has two
        return None
    spans = [common_amounts(known[0], one) for one in known[1:]]
    common = Span(max(one.least for one in spans), min(one.most for one in spans))
    first, *others = (_tied(shelf, one, paused) for one in known)
    return TieCard((first, *(_compared(first, one) for one in others)), common)


def _compared(first: TiedService, other: TiedService) -> TiedService:
    """The other with what an operator should know of its price beside the first one's."""
    if first.offer is None or other.offer is None or other.cost is None:
        return other
    price, unit = first.offer.price.micros, first.offer.unit
    return replace(
        other,
        is_dearer=other.offer.price.micros * unit > price * other.offer.unit,
        never_used=other.cost.micros * unit >= price * other.offer.unit,
    )


def list_ties(shelf: Shelf, paused: Set[SupplierName]) -> tuple[TieCard, ...]:
    """Every group, by the number of its first service."""
    heads = sorted({group[0] for group in shelf.ties.values()})
    found = (find_tie(shelf, head, paused) for head in heads)
    return tuple(one for one in found if one is not None)


def _tied(shelf: Shelf, service: Service, paused: Set[SupplierName]) -> TiedService:
    why = service.hidden
    if why is None and service.supplier in paused:
        why = NotForSaleReason.SUPPLIER_PAUSED
    if service.basis is None or why is NotForSaleReason.UNREADABLE:
        return TiedService(service, None, None, why)
    offer = offer_of(service, shelf.pricing_of(service))
    cost = expected_cost(service.listed.rate, service.basis, offer.unit)
    return TiedService(service, offer, cost, why)
