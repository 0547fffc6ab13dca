"""A service as the supplier lists it and as the shop keeps it, and why it is for sale or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.domain.errors import WhyNotForSale
from bot.domain.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.domain.pricing import Basis, Pricing
from bot.domain.quantity import LARGEST, Span


class Kind(StrEnum):
    """What an order brings: accounts in the chat, something done to a link, a number for codes."""

    PRODUCT = "product"
    SOCIAL = "social"
    NUMBER = "number"


_NUMBER_MARK: Final = "sms"
DEFAULT_TYPE: Final = "Default"
PRODUCT_ENTITY: Final = "product"
MOST_NUMBERS: Final = 10
"""How many numbers one purchase may rent."""


@dataclass(frozen=True, slots=True)
class NumberId:
    """What a number is rented for: a supplier's project in one of its countries."""

    project: str
    country: str

    @property
    def remote_id(self) -> RemoteId:
        """The id under which the shop lists it, apart from every ordinary service's."""
        return RemoteId(f"{_NUMBER_MARK}:{self.project}:{self.country}")

    @classmethod
    def find(cls, remote: RemoteId) -> NumberId | None:
        """The project and country behind an id; None for ordinary services."""
        mark, colon, rest = remote.partition(":")
        project, country_colon, country = rest.rpartition(":")
        is_number = mark == _NUMBER_MARK and colon and country_colon and project and country
        return cls(project, country) if is_number else None


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a supplier's catalogue, read and cleaned.

    `least`/`most` are the page's min/max per order; `stock` None means not said. `problem` is set
    when the row could be read far enough to name it but not to sell it.

    `type` is DEFAULT_TYPE where an order takes no more than a quantity and a link, `entity_type`
    PRODUCT_ENTITY where it delivers accounts; other words stand as the supplier wrote them.
    """

    remote_id: RemoteId
    name: str
    category: str
    subcategory: str
    rate: Decimal
    least: int
    most: int
    stock: int | None
    description: str = ""
    type: str = DEFAULT_TYPE
    entity_type: str = ""
    auto_delivery: bool | None = None
    problem: str = ""

    @property
    def span(self) -> Span:
        """What can be ordered at once: the supplier's range, cut at stock and nine digits."""
        most = self.most if self.stock is None else min(self.most, self.stock)
        return Span(max(1, self.least), min(most, LARGEST))


@dataclass(frozen=True, slots=True)
class Terms:
    """How one supplier's rows are read: the operator's settings over the dialect's defaults.

    Keys of `overrides` and members of `products` are category names, folded by `fold`, or
    `#<remote id>`. A subcategory's name counts as well as its category's.
    """

    supplier: SupplierName
    basis: Basis | None
    overrides: Mapping[str, Basis] = field(default_factory=dict)
    products: frozenset[str] = frozenset()
    unmarked_kind: Kind | None = None

    def basis_of(self, row: Listed) -> Basis | None:
        """The basis of this row's rate; None while nobody has said. A number's is always 1."""
        if NumberId.find(row.remote_id) is not None:
            return 1
        for key in _keys(row):
            if key in self.overrides:
                return self.overrides[key]
        return self.basis

    def kind_of(self, row: Listed) -> Kind:
        """The kind, by the operator's word, the row's own, or the words in its names."""
        if NumberId.find(row.remote_id) is not None:
            return Kind.NUMBER
        if any(key in self.products for key in _keys(row)):
            return Kind.PRODUCT
        if row.entity_type:
            return Kind.PRODUCT if row.entity_type == PRODUCT_ENTITY else Kind.SOCIAL
        if self.unmarked_kind is not None:
            return self.unmarked_kind
        words = f"{row.category} {row.subcategory} {row.name}"
        names_goods = _GOODS_WORDS.search(words) and not _SOCIAL_WORDS.search(words)
        return Kind.PRODUCT if names_goods else Kind.SOCIAL


_SOCIAL_WORDS: Final = re.compile(
    r"\b(follow\w*|likes?|comments?|views?|subscribers?|members?|shares?|reactions?|votes?|plays?"
    r"|saves?|retweets?|reposts?|watch ?time|traffic|impressions?|mentions?)\b",
    re.IGNORECASE,
)
_GOODS_WORDS: Final = re.compile(
    r"\b(accounts?|e-?mails?|gmail|outlook|hotmail|yahoo|profiles?|keys?|licen[sc]es?|gift ?cards?"
    r"|prox(y|ies)|vpn|cookies?)\b",
    re.IGNORECASE,
)


def fold(name: str) -> str:
    """A name as rules compare it: case and runs of white space do not matter."""
    return " ".join(name.casefold().split())


def _keys(row: Listed) -> tuple[str, ...]:
    """The names a rule may call this row by, the closest first."""
    return (f"#{row.remote_id}", fold(row.subcategory), fold(row.category))


@dataclass(frozen=True, slots=True)
class Service:
    """A service the shop knows, with our stable id. `hidden` says why it is not for sale."""

    id: ServiceId
    supplier: SupplierName
    listed: Listed
    kind: Kind
    basis: Basis | None
    category: CategoryId
    read_at: datetime
    hidden: WhyNotForSale | None = None

    @property
    def span(self) -> Span:
        """What can be ordered at once."""
        return self.listed.span

    @property
    def is_sold_out(self) -> bool:
        """On sale, but the stock does not reach the minimum."""
        return self.span.is_empty


@dataclass(frozen=True, slots=True)
class Policy:
    """The shop-wide rules that decide what is for sale."""

    pricing: Pricing
    sell_social: bool = False


def why_hidden(row: Listed, terms: Terms, policy: Policy) -> WhyNotForSale | None:
    """Why this row cannot be sold, None when it can."""
    if row.problem:
        return WhyNotForSale.UNREADABLE
    kind = terms.kind_of(row)
    if kind is Kind.SOCIAL and row.type != DEFAULT_TYPE:
        return WhyNotForSale.UNSUPPORTED_TYPE
    if kind is Kind.SOCIAL and not policy.sell_social:
        return WhyNotForSale.SOCIAL_OFF
    basis = terms.basis_of(row)
    if basis is None:
        return WhyNotForSale.UNKNOWN_BASIS
    return _why_without_price(row, basis, policy.pricing)


def _why_without_price(row: Listed, basis: Basis, pricing: Pricing) -> WhyNotForSale | None:
    """No price is ever refused in a tap: what could not be paid is not on the shelf at all."""
    if not pricing.pays_for_itself(row.rate, basis, row.least):
        return WhyNotForSale.NEGATIVE_MARGIN
    dearest = max(row.span.least, row.span.most)
    return None if pricing.can_price(row.rate, basis, dearest) else WhyNotForSale.UNREADABLE
