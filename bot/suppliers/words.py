"""What a supplier lists and brings, in the words of the port."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.base.ids import RemoteId
from bot.base.quantity import LARGEST, Span


class Kind(StrEnum):
    """What an order brings: accounts in the chat, something done to a link, a number for codes."""

    PRODUCT = "product"
    SOCIAL = "social"
    NUMBER = "number"


_NUMBER_MARK: Final = "sms"
DEFAULT_TYPE: Final = "Default"
PRODUCT_ENTITY: Final = "product"
SOCIAL_ENTITIES: Final = frozenset({"service", "services", "social", "smm"})
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


def is_number(remote: RemoteId) -> bool:
    """Whether a service's id is one under which numbers are rented."""
    return NumberId.find(remote) is not None


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """One row of a supplier's catalogue, read and cleaned.

    `least`/`most` are the page's min/max per order; `stock` None means not said. `problem` is set
    when the row could be read far enough to name it but not to sell it.

    `type` is DEFAULT_TYPE where an order takes no more than a quantity and a link, `entity_type`
    PRODUCT_ENTITY where it delivers accounts, in any spelling one of SOCIAL_ENTITIES where it is
    done to a link; other words stand as the supplier wrote them.
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
    def names(self) -> tuple[str, str, str]:
        """What it is called and what it stands under, the closest first."""
        return self.name, self.subcategory, self.category

    @property
    def span(self) -> Span:
        """What can be ordered at once: the supplier's range, cut at stock and nine digits."""
        most = self.most if self.stock is None else min(self.most, self.stock)
        return Span(max(1, self.least), min(most, LARGEST))


_HEX: Final = re.compile(r"[0-9a-fA-F]{24}")


def is_same_id(said: str, ours: RemoteId) -> bool:
    """Whether an answer is about the order or the service that was asked about."""
    return said == ours or bool(_HEX.fullmatch(ours) and said.lower() == ours.lower())


def fold(name: str) -> str:
    """A name as rules compare it: case and runs of white space do not matter."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Code:
    """One code with the full text it came in; either may be empty, never both."""

    code: str
    text: str = ""
