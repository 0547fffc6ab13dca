"""How many units suppliers' rates are for, where that is said, and what another basis would do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Final

from bot.base.basis import FLAT, Basis
from bot.base.ids import CategoryId, SupplierName
from bot.base.money import Money, NotMoney
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.rules import PAUSED, Service, ShelfRules, SupplierPricing, find_price_problem
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.suppliers.words import Kind, fold

_NAMED: Final = 5
_WHATEVER_ITS_PRICE: Final = frozenset(
    {
        NotForSaleReason.UNKNOWN_KIND,
        NotForSaleReason.UNSUPPORTED_TYPE,
        NotForSaleReason.SOCIAL_OFF,
    }
)
Keyed = Mapping[Basis | None, int]
"""How many services have each basis; None is unknown."""


@dataclass(frozen=True, slots=True)
class BasisGroup:
    """What a supplier lists in one category: its name's key, the bases there, and who set them.

    `is_own` where the desk said it for this very name; the settings' word is the first value.
    """

    category: CategoryId
    path: tuple[str, ...]
    key: str
    bases: Keyed
    is_own: bool


@dataclass(frozen=True, slots=True)
class SupplierBases:
    """A supplier's own basis, and its categories, those with an unknown basis first."""

    name: SupplierName
    basis: Basis | None
    is_own: bool
    services: int
    unknown: int
    groups: tuple[BasisGroup, ...]


def list_bases(rules: ShelfRules, shelf: CurrentShelf) -> tuple[SupplierBases, ...]:
    """Every supplier of the settings, in their order."""
    rules = rules.with_bases(shelf.bases)
    found: dict[SupplierName, list[Service]] = defaultdict(list)
    for service in shelf.now.services():
        if _counts(service):
            found[service.supplier].append(service)
    return tuple(
        _supplier(shelf.now, pricing, found[name])
        for name, pricing in rules.supplier_pricing.items()
    )


def _counts(service: Service) -> bool:
    """Numbers have one basis for good, and what is listed no more has none to set."""
    return service.kind is not Kind.NUMBER and service.hidden is not NotForSaleReason.GONE


def _supplier(shelf: Shelf, pricing: SupplierPricing, services: list[Service]) -> SupplierBases:
    grouped: dict[CategoryId, Counter[Basis | None]] = defaultdict(Counter)
    for service in services:
        grouped[service.category][service.basis] += 1
    groups = [_group(shelf, pricing, *one) for one in grouped.items()]
    return SupplierBases(
        name=pricing.supplier,
        basis=pricing.own.get("", pricing.basis),
        is_own="" in pricing.own,
        services=len(services),
        unknown=sum(service.basis is None for service in services),
        groups=tuple(sorted(groups, key=lambda one: (None not in one.bases, one.path))),
    )


def _group(
    shelf: Shelf, pricing: SupplierPricing, category: CategoryId, bases: Keyed
) -> BasisGroup:
    path = path_of(shelf, category)
    key = fold(path[-1]) if path else ""
    return BasisGroup(category, path, key, bases, bool(key) and key in pricing.own)


def path_of(shelf: Shelf, category: CategoryId) -> tuple[str, ...]:
    """The names of a category as its supplier lists it, the top first."""
    label, path = shelf.tree.labels.get(category), list[str]()
    while label is not None:
        path.append(label.name)
        label = None if label.parent is None else shelf.tree.labels.get(label.parent)
    return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class BasisMove:
    """What customers pay for the smallest order of a service: now, and then; None: not sold."""

    name: str
    quantity: int
    before: Money | None
    after: Money | None


@dataclass(frozen=True, slots=True)
class BasisPreview:
    """What another basis would do: to how many, how many could be sold now and then, the moves."""

    changed: int
    sold_before: int
    sold_after: int
    moves: tuple[BasisMove, ...]


def preview_basis(
    rules: ShelfRules, shelf: CurrentShelf, supplier: SupplierName, key: str, basis: Basis | None
) -> BasisPreview:
    """What setting a basis for a name would do, or leaving it to the settings with None."""
    own = {**shelf.bases.get(supplier, {})}
    own.pop(key, None)
    if basis is not None:
        own[key] = basis
    known = rules.supplier_pricing.get(supplier) or SupplierPricing(supplier, None)
    pricing = replace(known, own=own)
    services = [one for one in shelf.now.services() if one.supplier == supplier and _counts(one)]
    under = ((one, pricing.basis_of(one.listed)) for one in services)
    changed = [
        (one, _as_under(one, basis, shelf.now.pricing_of(one)))
        for one, basis in under
        if basis != one.basis
    ]
    # A price moves as far as its basis does: only those that are named are worked out.
    largest = nlargest(_NAMED, changed, key=lambda pair: (_size(*pair), -pair[0].id))
    return BasisPreview(
        changed=len(changed),
        sold_before=_count_sold(before for before, _ in changed),
        sold_after=_count_sold(after for _, after in changed),
        moves=tuple(_move(*pair, shelf.now.pricing_of(pair[0])) for pair in largest),
    )


def _as_under(service: Service, basis: Basis | None, pricing: Pricing) -> Service:
    """The service under another basis; what else keeps it from being sold stays."""
    listed, hidden = service.listed, service.hidden
    if listed.problem or hidden in _WHATEVER_ITS_PRICE:
        return replace(service, basis=basis)
    unsold: NotForSaleReason | None = NotForSaleReason.UNKNOWN_BASIS
    if basis is not None:
        unsold = find_price_problem(listed, basis, pricing)
    paused = hidden if hidden in PAUSED else None
    return replace(service, basis=basis, hidden=unsold or paused)


def _count_sold(services: Iterable[Service]) -> int:
    return sum(service.hidden is None for service in services)


def _size(before: Service, after: Service) -> int:
    """How many times the smaller price the larger one is, in thousandths; 0 from or to none."""
    if before.basis is None or after.basis is None:
        return 0
    least = max(before.listed.least, 1)  # a flat rate is one for the smallest order
    low, high = sorted(
        least if one.basis == FLAT else int(one.basis or 1) for one in (before, after)
    )
    return high * 1000 // low


def _move(before: Service, after: Service, pricing: Pricing) -> BasisMove:
    least = before.listed.least
    prices = (_price(before, least, pricing), _price(after, least, pricing))
    return BasisMove(before.listed.name, least, *prices)


def _price(service: Service, quantity: int, pricing: Pricing) -> Money | None:
    if not service.is_shown or service.basis is None:
        return None
    try:
        return pricing.total(service.listed.rate, service.basis, quantity)
    except NotMoney:
        return None


def list_to_try(
    shelf: Shelf, supplier: SupplierName, category: CategoryId | None
) -> tuple[Service, ...]:
    """What an order could be placed of, the cheapest smallest orders first."""
    fits = [
        one
        for one in shelf.services()
        if one.supplier == supplier
        and _counts(one)
        and (category is None or one.category == category)
        and can_be_tried(one)
    ]
    return tuple(sorted(fits, key=lambda one: (one.listed.rate * one.listed.least, one.id)))


def can_be_tried(service: Service) -> bool:
    """Whether the supplier would take an order of it, as far as its row says."""
    kept = {None, NotForSaleReason.UNKNOWN_BASIS, NotForSaleReason.NEGATIVE_MARGIN, *PAUSED}
    return service.hidden in kept and not service.is_sold_out and service.listed.rate > 0
