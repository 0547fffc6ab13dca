"""How a supplier's row is read, and why it is for sale or not."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.base.basis import Basis
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.money import Money
from bot.base.quantity import Span
from bot.catalog.errors import NotForSaleReason
from bot.catalog.kinds.judge import is_social_type, kind_by_names, may_take_a_link
from bot.catalog.pricing import Pricing
from bot.catalog.switches.names import NUMBERS
from bot.suppliers.words import (
    DEFAULT_TYPE,
    PRODUCT_ENTITY,
    SOCIAL_ENTITIES,
    CatalogRow,
    Kind,
    fold,
    is_number,
)


@dataclass(frozen=True, slots=True)
class SupplierPricing:
    """How one supplier's rows are read: the operator's settings over the dialect's defaults.

    `own` are the bases that were set at the desk, over the settings for the same name; under an
    empty name for all of the supplier.
    Keys of `overrides` and members of `products` and `socials` are category names, folded by
    `fold`, or `#<remote id>`. A subcategory's name counts as well as its category's.
    """

    supplier: SupplierName
    basis: Basis | None
    overrides: Mapping[str, Basis] = field(default_factory=dict)
    products: frozenset[str] = frozenset()
    socials: frozenset[str] = frozenset()
    unmarked_kind: Kind | None = None
    own: Mapping[str, Basis] = field(default_factory=dict)

    def basis_of(self, row: CatalogRow) -> Basis | None:
        """The basis of this row's rate, None where nobody says it. A number's is always 1."""
        return self.find_basis(row)[0]

    def find_basis(self, row: CatalogRow) -> tuple[Basis | None, str]:
        """The basis of this row's rate, and the name it is set for: the closest one."""
        if is_number(row.remote_id):
            return 1, ""
        for key in filter(None, _keys(row)):
            if key in self.own:
                return self.own[key], key
            if key in self.overrides:
                return self.overrides[key], key
        return self.own.get("", self.basis), ""

    def kind_of(self, row: CatalogRow) -> Kind | None:
        """The kind: by the row's own marks, the operator's word, its names; None when unclear."""
        marked = _marked_kind(row) or self._decided_kind(row)
        if marked is not None or self.unmarked_kind is Kind.SOCIAL:
            return marked or self.unmarked_kind
        named = kind_by_names(row)
        if named is None and self.unmarked_kind is not None and not may_take_a_link(row):
            return self.unmarked_kind
        return named

    def _decided_kind(self, row: CatalogRow) -> Kind | None:
        """What the operator says. Under one name in both lists a link is asked for."""
        for key in _keys(row):
            if key in self.socials:
                return Kind.SOCIAL
            if key in self.products:
                return Kind.PRODUCT
        return None


def _marked_kind(row: CatalogRow) -> Kind | None:
    """What the supplier itself says of a row: its id, its entity type, its type."""
    if is_number(row.remote_id):
        return Kind.NUMBER
    if row.entity_type == PRODUCT_ENTITY:
        return Kind.PRODUCT
    is_social = fold(row.entity_type) in SOCIAL_ENTITIES or is_social_type(row.type)
    return Kind.SOCIAL if is_social else None


def _keys(row: CatalogRow) -> tuple[str, ...]:
    """The names a rule may call this row by, the closest first."""
    return (f"#{row.remote_id}", fold(row.subcategory), fold(row.category))


@dataclass(frozen=True, slots=True)
class StoredService:
    """One stored row: what the supplier listed, and whether it is paused or gone.

    `risen`: its rate rose so far that it waits for an operator's word.
    """

    id: ServiceId
    supplier: SupplierName
    listed: CatalogRow
    category: CategoryId
    read_at: datetime
    paused: bool
    gone: bool
    risen: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A service the shop knows, with our stable id. `hidden` says why it is not for sale.

    What is paused is shown all the same, with its price and without a way to buy it. `instead` is
    what can be bought in its place, each as this service with the amounts of its `source`.
    """

    id: ServiceId
    supplier: SupplierName
    listed: CatalogRow
    kind: Kind
    basis: Basis | None
    category: CategoryId
    read_at: datetime
    hidden: NotForSaleReason | None = None
    source: Service | None = None
    instead: tuple[Service, ...] = ()

    @property
    def bought(self) -> Service:
        """What is ordered for a customer who buys this: itself, or what stands in for it."""
        return self.source or self

    def sold(self, paused: Set[SupplierName] = frozenset()) -> Service:
        """Itself, or what stands in for it while it cannot be bought and that can."""
        if self.can_be_bought_itself(paused):
            return self
        return next((one for one in self.instead if one.can_be_bought_itself(paused)), self)

    def can_be_bought_itself(self, paused: Set[SupplierName]) -> bool:
        """Whether nothing has to stand in for it while these suppliers are paused."""
        return self.hidden is None and not self._is_among(paused) and not self.is_sold_out

    @property
    def span(self) -> Span:
        """What can be ordered at once."""
        return self.listed.span

    @property
    def is_sold_out(self) -> bool:
        """On sale, but the stock does not reach the minimum."""
        return self.span.is_empty

    @property
    def is_shown(self) -> bool:
        """Whether it stands on its list and has a card."""
        return self.hidden in _SHOWN and self.basis is not None

    def is_paused(self, suppliers: Set[SupplierName]) -> bool:
        """Whether it is paused by itself, or with one of these suppliers."""
        one = self.sold(suppliers) if self.instead else self
        return one.hidden in PAUSED or one._is_among(suppliers)  # noqa: SLF001 - one of us

    def is_on_sale(self, paused: Set[SupplierName] = frozenset()) -> bool:
        """Whether it can be bought now, while these suppliers are paused."""
        if self.can_be_bought_itself(paused):
            return True
        return any(one.can_be_bought_itself(paused) for one in self.instead)

    def _is_among(self, paused: Set[SupplierName]) -> bool:
        """Whether these, which are suppliers or all SMS numbers, include who sells it."""
        is_number = self.kind is Kind.NUMBER and NUMBERS in paused
        seller = self.supplier if self.source is None else self.source.supplier
        return is_number or seller in paused


TOO_OLD: Final = timedelta(hours=6)
"""A price that has not been read for so long is shown, but no longer sold at."""
PAUSED: Final = frozenset({NotForSaleReason.SERVICE_PAUSED, NotForSaleReason.PRICE_JUMPED})
"""Why a service is shown without a way to buy it."""
_SHOWN: Final = frozenset({None, *PAUSED})


@dataclass(frozen=True, slots=True)
class ShopPolicy:
    """The shop-wide rules that decide what is for sale."""

    pricing: Pricing
    sell_social: bool = False


@dataclass(frozen=True, slots=True)
class ShelfRules:
    """The operator's settings that decide what a stored row becomes on the shelf."""

    supplier_pricing: Mapping[SupplierName, SupplierPricing]
    policy: ShopPolicy

    def with_bases(self, bases: Mapping[SupplierName, Mapping[str, Basis]]) -> ShelfRules:
        """The same with the bases that operators set at the desk."""
        pricing = {
            name: replace(one, own=bases.get(name, {}))
            for name, one in self.supplier_pricing.items()
        }
        return replace(self, supplier_pricing=pricing)

    def service(self, kept: StoredService, pricing: Pricing | None = None) -> Service:
        """The stored row under today's settings; gone where they do not name its supplier.

        `pricing` is that of the price rules, in the place of the settings' own.
        """
        supplier_pricing = self.supplier_pricing.get(kept.supplier)
        is_gone = kept.gone or supplier_pricing is None
        supplier_pricing = supplier_pricing or SupplierPricing(kept.supplier, None)
        hidden = hidden_reason(kept.listed, supplier_pricing, self.policy, pricing)
        paused = NotForSaleReason.SERVICE_PAUSED if kept.paused else None
        if kept.risen:  # the stronger: nothing stands in for a price that nobody agreed to
            paused = NotForSaleReason.PRICE_JUMPED
        return Service(
            id=kept.id,
            supplier=kept.supplier,
            listed=kept.listed,
            # What is unclear is hidden; should anything ask, it is what needs a link.
            kind=supplier_pricing.kind_of(kept.listed) or Kind.SOCIAL,
            basis=supplier_pricing.basis_of(kept.listed),
            category=kept.category,
            read_at=kept.read_at,
            hidden=NotForSaleReason.GONE if is_gone else hidden or paused,
        )


def hidden_reason(
    row: CatalogRow,
    supplier_pricing: SupplierPricing,
    policy: ShopPolicy,
    pricing: Pricing | None = None,
) -> NotForSaleReason | None:
    """Why this row cannot be sold, None when it can; `pricing` instead of the policy's own."""
    if row.problem:
        return NotForSaleReason.UNREADABLE
    kind = supplier_pricing.kind_of(row)
    if kind is None:
        return NotForSaleReason.UNKNOWN_KIND
    if kind is Kind.SOCIAL and row.type != DEFAULT_TYPE:
        return NotForSaleReason.UNSUPPORTED_TYPE
    if kind is Kind.SOCIAL and not policy.sell_social:
        return NotForSaleReason.SOCIAL_OFF
    basis = supplier_pricing.basis_of(row)
    if basis is None:
        return NotForSaleReason.UNKNOWN_BASIS
    return find_price_problem(row, basis, pricing or policy.pricing)


def find_price_problem(row: CatalogRow, basis: Basis, pricing: Pricing) -> NotForSaleReason | None:
    """Why the price of a row under a basis keeps it from being sold, None when it does not.

    What could not be paid is kept off the shelf: so every price in a tap is a possible one.
    """
    if not pricing.pays_for_itself(row.rate):
        return NotForSaleReason.NEGATIVE_MARGIN
    dearest = max(row.span.least, row.span.most)
    return None if pricing.can_price(row.rate, basis, dearest) else NotForSaleReason.UNREADABLE


def can_be_sold(service: Service, pricing: Pricing) -> bool:
    """Whether this pricing makes a price that covers the cost and can be paid."""
    basis = service.basis
    return basis is not None and find_price_problem(service.listed, basis, pricing) is None


@dataclass(frozen=True, slots=True)
class Offer:
    """A shown service with its price: `price` is for `unit` units (1 or 1000), by `pricing`.

    `english` is its name as it is listed, set where a translation stands in its place.
    """

    service: Service
    price: Money
    unit: int
    pricing: Pricing
    english: str = ""


def offer_of(service: Service, pricing: Pricing) -> Offer:
    """A shown service at its price of now."""
    rate, basis = service.listed.rate, service.basis or 1
    # One number is one order, so its price is that of one.
    unit = 1 if service.kind is Kind.NUMBER else pricing.unit_of(rate, basis)
    return Offer(service, pricing.total(rate, basis, unit), unit, pricing)
