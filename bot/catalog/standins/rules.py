"""Which services are equal enough to stand in for each other, and at which price they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.base.basis import FLAT
from bot.base.ids import ServiceId
from bot.base.quantity import Span
from bot.catalog.errors import CannotTieReason, NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.suppliers.words import Kind, fold

Ties = Mapping[ServiceId, tuple[ServiceId, ...]]
"""All services of its tie, itself included, by each service that is tied; the first one first."""


def find_difference(first: Service, other: Service) -> CannotTieReason | None:
    """Why a customer who bought the first would not have got the same from the other."""
    if first.supplier == other.supplier:
        return CannotTieReason.SUPPLIER
    if first.kind is not other.kind:
        return CannotTieReason.KIND
    if first.kind is Kind.NUMBER and not _is_same_country(first, other):
        return CannotTieReason.COUNTRY
    if (first.basis == FLAT) is not (other.basis == FLAT):
        return CannotTieReason.UNIT
    delivered = {first.listed.auto_delivery, other.listed.auto_delivery}
    if delivered == {True, False}:
        return CannotTieReason.DELIVERY
    return CannotTieReason.AMOUNTS if common_amounts(first, other).is_empty else None


def _is_same_country(first: Service, other: Service) -> bool:
    return fold(first.listed.subcategory) == fold(other.listed.subcategory)


def common_amounts(first: Service, other: Service) -> Span:
    """What can be ordered of either at once, whatever is in stock."""
    least = max(first.listed.least, other.listed.least, 1)
    return Span(least, min(first.listed.most, other.listed.most))


def as_sold(service: Service, others: Iterable[Service], pricing: Pricing) -> Service:
    """The service as it is sold: by those of the others that cost no more, while it cannot be.

    One whose price waits for a word is not: its price is not what customers agreed to pay.
    """
    if service.hidden is NotForSaleReason.PRICE_JUMPED:
        return service
    fitting = (one for one in others if _may_stand_in(service, one, pricing))
    instead = tuple(_in_place_of(service, one) for one in fitting)
    whole = replace(service, instead=instead)
    return replace(whole.sold(), instead=instead)


def _may_stand_in(service: Service, other: Service, pricing: Pricing) -> bool:
    is_bought = other.can_be_bought_itself(frozenset())
    if not is_bought or find_difference(service, other) is not None:
        return False
    # Both prices are straight lines of the quantity, so what holds at both ends holds between.
    ends = (other.span.least, other.span.most)
    return all(_costs_no_more(service, other, many, pricing) for many in ends)


def _costs_no_more(service: Service, other: Service, many: int, pricing: Pricing) -> bool:
    if service.basis is None or other.basis is None:
        return False
    price = pricing.total(service.listed.rate, service.basis, many)
    return pricing.total(other.listed.rate, other.basis, many) <= price


def _in_place_of(service: Service, other: Service) -> Service:
    """What customers see of the service, with what there is of the other."""
    listed, there = service.listed, other.listed
    amounts = replace(
        listed,
        least=there.least,
        most=there.most,
        stock=there.stock,
        auto_delivery=there.auto_delivery,
    )
    return replace(
        service, listed=amounts, read_at=other.read_at, hidden=None, source=other, instead=()
    )
