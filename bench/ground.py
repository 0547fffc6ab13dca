"""A shop's books with one service on the shelf and customers who can pay, without a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from bot.storage.adapters import SqlShelves, SqlSubmissions
from bot.storage.counter import SqlBooks, SqlCustomers, SqlOrders, SqlQuotes
from bot.storage.house import House
from cryptography.fernet import Fernet

from bot.domain.catalog import Kind, Listed, Service
from bot.domain.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.domain.money import Money
from bot.ops.clock import SystemClock
from bot.ops.seal import Seal
from bot.shop.ports import MoneyOrder, Person, Purchase, QuoteDraft
from bot.shop.suppliers import Accepted, Catalog, Supplier
from bot.storage.database import Database, open_database
from bot.storage.opening import open_books

SUPPLIER: Final = SupplierName("accplanet")
REMOTE: Final = RemoteId("10042")
_PRICE: Final = Money(120_000)
_COST: Final = Money(100_000)
_RICHES: Final = Money(10**12)
_HOLDS_FOR: Final = timedelta(minutes=10)
_CLOCK: Final = SystemClock()


@dataclass(frozen=True, slots=True)
class Books:
    """The ports of one database, and what stands on its shelf."""

    database: Database
    house: House
    service: Service

    async def buys(self, customer: int, times: int = 1) -> list[OrderId]:
        """A customer confirms one quote after the other."""
        quotes, orders = SqlQuotes(self.database, self.house), SqlOrders(self.database, self.house)
        placed = []
        for _ in range(times):
            who = CustomerId(customer + 1)
            quote = await quotes.create(self._draft(who))
            order = await orders.place(Purchase(who, quote.id, card=1), _CLOCK.now())
            placed.append(order.order)
        return placed

    async def submits(self, supplier: Supplier) -> None:
        """Every queued order goes to the supplier and is active afterwards."""
        lane = SqlSubmissions(self.database, self.house)
        while (claimed := await lane.claim(SUPPLIER, _CLOCK.now())) is not None:
            begun = await lane.begin(claimed, None, _CLOCK.now())
            if begun is not None:
                answer: Accepted = await supplier.add(begun.service, begun.quantity)
                await lane.accepted(begun, answer, _CLOCK.now())

    async def prove(self) -> tuple[str, ...]:
        """What is not as it must be in the books."""
        return await SqlBooks(self.database, self.house).prove()

    def _draft(self, customer: CustomerId) -> QuoteDraft:
        now = _CLOCK.now()
        return QuoteDraft(
            customer=customer,
            service=self.service,
            quantity=1,
            link="",
            unit_price=_PRICE,
            unit=1,
            total=_PRICE,
            cost=_COST,
            created_at=now,
            expires_at=now + _HOLDS_FOR,
        )


@asynccontextmanager
async def opened_books(path: Path, customers: int = 20) -> AsyncIterator[Books]:
    """A new database in which everybody has a million."""
    database = await open_database(f"sqlite+aiosqlite:///{path}")
    try:
        house = House(
            sealer=Seal.with_keys([Fernet.generate_key().decode()]),
            operators=(),
            patience=timedelta(minutes=15),
            currency="USD",
        )
        await database.write(open_books)
        books = Books(database, house, await _put_on_shelf(database))
        await _make_rich(books, range(1, customers + 1))
        yield books
    finally:
        await database.close()


async def _put_on_shelf(database: Database) -> Service:
    shelves = SqlShelves(database)
    row = Listed(REMOTE, "Aged account", "Social", "", Decimal("0.10"), 1, 10, None)
    await shelves.store(SUPPLIER, Catalog((row,), 0), _CLOCK.now())
    [kept] = (await shelves.load()).services
    return Service(
        id=kept.id,
        supplier=SUPPLIER,
        listed=kept.listed,
        kind=Kind.PRODUCT,
        basis=1,
        category=kept.category,
        read_at=kept.read_at,
        hidden=None,
    )


async def _make_rich(books: Books, customers: Iterable[int]) -> None:
    people, credit = SqlCustomers(books.db), SqlBooks(books.db, books.house)
    for number in customers:
        customer = CustomerId(number)
        await people.seen(Person(customer, f"Guest {number}", "", "en"), "en", _CLOCK.now())
        gift = MoneyOrder(f"tm:{number}", "olga")
        await credit.top_up(customer, _RICHES, gift, _CLOCK.now())
