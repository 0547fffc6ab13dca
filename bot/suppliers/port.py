"""The port to a supplier: what the shop asks, and what it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from bot.base.ids import RemoteId, SupplierName
from bot.suppliers.progress import Progress, RentalWord, Stage
from bot.suppliers.words import CatalogRow, Code, NumberId

MayLeave = Callable[[], bool]
"""Whether an order may leave still; asked right before its first byte is written."""


def at_any_time() -> bool:
    """Nothing keeps it."""
    return True


@dataclass(frozen=True, slots=True)
class Catalog:
    """A supplier's whole catalogue: rows that could be named, and how many could not.

    `numbers` tells the part with numbers for codes from the ordinary one; each is stored apart.
    """

    rows: tuple[CatalogRow, ...]
    unreadable: int = 0
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What is left of one service; `units` None when the supplier did not say a number."""

    units: int | None
    available: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """The operator's own money there, in the supplier's currency (three letters, upper)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The supplier took the order. `said` is its answer, masked, for the desk."""

    order: RemoteId
    said: str


@dataclass(frozen=True, slots=True)
class Rented(Accepted):
    """The supplier gave a number. `phone` and `country` stand as they came, perhaps empty."""

    phone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """How a number stands; `code` is the newest one, empty while there is none.

    `status` is the supplier's own spelling, `word` what it means for a number and `stage` what it
    would mean for an order, by which the charge is compared.
    `expires_at` None: not said, or not readable; without `has_zone` it was taken for UTC.
    `said` is the answer without phone and code.
    """

    status: str
    stage: Stage
    word: RentalWord
    said: str
    phone: str = ""
    code: str = ""
    charge: Decimal | None = None
    currency: str | None = None
    expires_at: datetime | None = None
    has_zone: bool = True


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """A status answer; `said` is its text without goods or secrets, at most 1,000 characters."""

    progress: Progress
    said: str


@dataclass(frozen=True, slots=True)
class SupplierHealth:
    """How the conversation goes: `down_since` is set from a failure to the next good answer.

    `answered_at` is the last good answer; None while it is down, and before anybody asked.
    """

    down_since: datetime | None = None
    why: str = ""
    answered_at: datetime | None = None


class Supplier(Protocol):
    """One supplier, spoken to with the operator's key.

    Readings raise NotSent (nothing left: no connection, or the circuit is open), Refused,
    Throttled or Malformed (anything else: timeouts, 5xx, garbage), which is Unreadable where an
    answer about one order, or about the balance, came and cannot be read. `add` raises NotSent,
    Refused, Throttled or InDoubt and no other exception, whatever happens on the wire.
    """

    @property
    def name(self) -> SupplierName:
        """Lower case, as in the settings."""
        ...

    @property
    def reads_one_service(self) -> bool:
        """Whether `find_service` asks for one service only, instead of reading them all."""
        ...

    @property
    def health(self) -> SupplierHealth:
        """What the circuit breaker knows now."""
        ...

    def speaks(self, language: str) -> bool:
        """Whether its catalogue may come translated into this language; never for English."""
        ...

    @property
    def translates_categories(self) -> bool:
        """Whether `list_categories` asks for another language than English."""
        ...

    async def list_services(self, language: str = "en") -> Catalog:
        """The whole catalogue (`limit=0`, further pages when the answer is cut)."""
        ...

    async def list_page(self, number: int, size: int) -> Catalog:
        """One page of the catalogue, the first being 1."""
        ...

    async def list_category(self, category: str, subcategory: str = "") -> Catalog:
        """The services of one category, or of one subcategory, by their English names."""
        ...

    async def translates(self) -> bool:
        """Whether it answers in the languages it `speaks`; asked where only newer servers do."""
        ...

    async def list_categories(self, language: str = "en") -> Mapping[str, tuple[str, ...]]:
        """Category names to their subcategories' names, in the supplier's order.

        English also where the supplier does not translate its categories.
        """
        ...

    async def find_service(self, service: RemoteId) -> CatalogRow | None:
        """One service as it is now; None when the supplier says it does not exist."""
        ...

    async def stock(self, service: RemoteId) -> Stock:
        """What is left now (`inventory`)."""
        ...

    async def add(
        self, service: RemoteId, quantity: int, link: str = "", may_leave: MayLeave = at_any_time
    ) -> Accepted:
        """Place an order. Never repeated by any layer below this call."""
        ...

    async def status(self, order: RemoteId) -> StatusAnswer:
        """How an order stands."""
        ...

    @property
    def rents_numbers(self) -> bool:
        """Whether this supplier has numbers for codes; the four verbs below need it."""
        ...

    async def list_numbers(self, country: str = "", language: str = "en") -> Catalog:
        """What numbers can be rented for, in all countries or in one."""
        ...

    async def list_countries(self, language: str = "en") -> Mapping[str, str]:
        """The names of the countries in which codes can be received, by the supplier's ids."""
        ...

    async def rent(
        self, wanted: NumberId, phone: str = "", may_leave: MayLeave = at_any_time
    ) -> Rented:
        """Rent one number, or `phone` again. Raises like `add`, and is never repeated either."""
        ...

    async def number_status(self, order: RemoteId) -> NumberAnswer:
        """How a number stands."""
        ...

    async def number_code(self, order: RemoteId) -> Code | None:
        """The newest code with its text; None while there is none."""
        ...

    async def balance(self) -> Balance:
        """The operator's balance."""
        ...


Suppliers = Mapping[SupplierName, Supplier]
"""All suppliers that the settings name, by name and in their order."""
