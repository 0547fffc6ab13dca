"""A supplier in memory that keeps the port's word; `test_contract.py` holds it to that."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Final

from bot.base.clock import Clock
from bot.base.ids import RemoteId, SupplierName
from bot.suppliers.errors import NotSent
from bot.suppliers.port import (
    Accepted,
    Balance,
    Catalog,
    MayLeave,
    NumberAnswer,
    Rented,
    StatusAnswer,
    Stock,
    SupplierHealth,
    at_any_time,
)
from bot.suppliers.words import CatalogRow, Code, NumberId
from tests.suppliers.fake_orders import (
    FakeNumber,
    FakeOrder,
    bad_key,
    empty_wallet,
    no_such_order,
    no_such_service,
    out_of_stock,
    spent,
    too_few,
)

LIFE: Final = timedelta(minutes=20)
"""How long a number is rented for."""
ACC: Final = SupplierName("accplanet")
_FIRST_ID: Final = 7001


@dataclass
class FakeSupplier:
    """Fits `bot.suppliers.port.Supplier`: a shelf, a wallet, orders and numbers to be steered.

    Attributes:
        asked: every call, as its verb and what it was asked with.
        meanwhile: by verb, what else happens while the call is on its way.
        knows_key: False refuses everything.
        is_up: False lets nothing be sent.
    """

    clock: Clock
    name: SupplierName = ACC
    reads_one_service: bool = True
    rents_numbers: bool = False
    paid_in: Decimal = Decimal(100)
    currency: str = "USD"
    health: SupplierHealth = field(default_factory=SupplierHealth)
    knows_key: bool = True
    is_up: bool = True
    services: dict[RemoteId, CatalogRow] = field(default_factory=dict)
    projects: dict[RemoteId, CatalogRow] = field(default_factory=dict)
    orders: dict[RemoteId, FakeOrder] = field(default_factory=dict)
    numbers: dict[RemoteId, FakeNumber] = field(default_factory=dict)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    meanwhile: dict[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    _failures: defaultdict[str, deque[Exception]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _ids: count[int] = field(default_factory=lambda: count(_FIRST_ID))

    def sells(self, *rows: CatalogRow) -> None:
        """These are listed, in the place of rows with the same id."""
        for row in rows:
            shelf = self.services if NumberId.find(row.remote_id) is None else self.projects
            shelf[row.remote_id] = row

    def fails(self, verb: str, *failures: Exception) -> None:
        """The next calls of a verb do nothing and end so, one after the other."""
        self._failures[verb].extend(failures)

    def verbs(self) -> list[str]:
        """What was asked, without the details."""
        return [verb for verb, *_ in self.asked]

    translates_categories = False

    def speaks(self, language: str) -> bool:
        return False

    async def translates(self) -> bool:
        return False

    async def list_services(self, language: str = "en") -> Catalog:
        await self._hear("list_services", language)
        return Catalog(tuple(self.services.values()))

    async def list_page(self, number: int, size: int) -> Catalog:
        await self._hear("list_page", number, size)
        return Catalog(tuple(self.services.values())[(number - 1) * size : number * size])

    async def list_category(self, category: str, subcategory: str = "") -> Catalog:
        await self._hear("list_category", category, subcategory)
        rows = (row for row in self.services.values() if row.category == category)
        return Catalog(tuple(row for row in rows if subcategory in {"", row.subcategory}))

    async def list_categories(self, language: str = "en") -> Mapping[str, tuple[str, ...]]:
        await self._hear("list_categories")
        return {row.category: (row.subcategory,) for row in self.services.values()}

    async def find_service(self, service: RemoteId) -> CatalogRow | None:
        await self._hear("find_service", service)
        return self.services.get(service)

    async def stock(self, service: RemoteId) -> Stock:
        await self._hear("stock", service)
        units = self._row(service).stock
        return Stock(units, available=units is None or units > 0)

    async def add(
        self, service: RemoteId, quantity: int, link: str = "", may_leave: MayLeave = at_any_time
    ) -> Accepted:
        await self._hear("add", service, quantity, link)
        if not may_leave():
            raise NotSent
        row = self._row(service)
        if quantity < row.least:
            raise too_few(row.least)
        if row.stock is not None and quantity > row.stock:
            raise out_of_stock(row.stock)
        self._check_funds(row.rate * quantity)
        if row.stock is not None:
            self.services[service] = replace(row, stock=row.stock - quantity)
        order = self._next_id()
        self.orders[order] = FakeOrder(quantity, row.rate * quantity, self.currency)
        return Accepted(order, f"order: {order}")

    async def status(self, order: RemoteId) -> StatusAnswer:
        await self._hear("status", order)
        if order not in self.orders:
            raise no_such_order()
        said = self.orders[order].progress
        goods = len(said.accounts or ())
        words = f"status: {said.status}, remains: {said.remains}, accounts: ({goods})"
        return StatusAnswer(said, words)

    async def list_countries(self, language: str = "en") -> Mapping[str, str]:
        await self._hear("list_countries")
        found = {NumberId.find(remote): row for remote, row in self.projects.items()}
        return {number.country: row.subcategory for number, row in found.items() if number}

    async def list_numbers(self, country: str = "", language: str = "en") -> Catalog:
        await self._hear("list_numbers", country)
        known = [(NumberId.find(remote), row) for remote, row in self.projects.items()]
        found = [row for number, row in known if number and country in {"", number.country}]
        return Catalog(tuple(found), numbers=True)

    async def rent(
        self, wanted: NumberId, phone: str = "", may_leave: MayLeave = at_any_time
    ) -> Rented:
        await self._hear("rent", wanted, phone)
        if not may_leave():
            raise NotSent
        if wanted.remote_id not in self.projects:
            raise no_such_service()
        if phone and phone not in {number.answer.phone for number in self.numbers.values()}:
            raise no_such_order()
        price = self.projects[wanted.remote_id].rate
        self._check_funds(price)
        order = self._next_id()
        given, until = phone or f"+1555{order}", self.clock.now() + LIFE
        self.numbers[order] = FakeNumber.rented(given, price, self.currency, until)
        return Rented(order, f"order: {order}", given, wanted.country)

    async def number_status(self, order: RemoteId) -> NumberAnswer:
        await self._hear("number_status", order)
        return self._number(order).answer

    async def number_code(self, order: RemoteId) -> Code | None:
        await self._hear("number_code", order)
        return self._number(order).newest

    async def balance(self) -> Balance:
        await self._hear("balance")
        return Balance(self._left(), self.currency)

    async def _hear(self, verb: str, *facts: object) -> None:
        self.asked.append((verb, *facts))
        if verb in self.meanwhile:
            await self.meanwhile[verb]()
        if not self.is_up:
            raise NotSent
        if self._failures[verb]:
            raise self._failures[verb].popleft()
        if not self.knows_key:
            raise bad_key()

    def _left(self) -> Decimal:
        return self.paid_in - spent(self.orders.values(), self.numbers.values())

    def _check_funds(self, cost: Decimal) -> None:
        if cost > self._left():
            raise empty_wallet()

    def _row(self, service: RemoteId) -> CatalogRow:
        if service not in self.services:
            raise no_such_service()
        return self.services[service]

    def _number(self, order: RemoteId) -> FakeNumber:
        if order not in self.numbers:
            raise no_such_order()
        return self.numbers[order]

    def _next_id(self) -> RemoteId:
        return RemoteId(str(next(self._ids)))
