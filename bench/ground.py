"""A shop's books with one service on the shelf and customers who can pay, without a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet

from bot.app.kinds import PARTS
from bot.base.acts import Act, Role
from bot.base.clock import Clock, SystemClock
from bot.base.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.base.money import Money
from bot.catalog import store
from bot.catalog.rules import Service
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database, open_database
from bot.db.opening import open_schema
from bot.db.tx import TxSettings
from bot.money import topup
from bot.ops.seal import Seal
from bot.orders import attempts, place, submit
from bot.orders.attempts import refused_cost
from bot.orders.place import Purchase
from bot.orders.quote import QuoteDraft, create_quote
from bot.outbox.tell import Alerts
from bot.people import customers
from bot.people.customers import Person
from bot.people.operators import list_operators, seed_operators
from bot.safety import prove
from bot.suppliers.port import Catalog, Supplier
from bot.suppliers.words import CatalogRow, Kind

SUPPLIER: Final = SupplierName("accplanet")
REMOTE: Final = RemoteId("10042")
_PRICE: Final = Money(120_000)
_COST: Final = Money(100_000)
_RICHES: Final = Money(10**12)
_HOLDS_FOR: Final = timedelta(minutes=10)
_CLOCK: Final = SystemClock()
_OPERATOR: Final = CustomerId(10**9)


@dataclass(frozen=True, slots=True)
class Books:
    """One database, and what stands on its shelf."""

    db: Database
    service: Service

    async def buys(self, customer: int, times: int = 1) -> list[OrderId]:
        """A customer confirms one quote after the other."""
        who, placed = CustomerId(customer + 1), []
        for _ in range(times):
            quote = await self.db.write_once(create_quote, self.draft(who))
            order = await self.db.write(place.place, Purchase(who, quote.id, card=1))
            placed.append(order.order)
        return placed

    async def submits(self, supplier: Supplier) -> None:
        """Every queued order goes to the supplier and is active afterwards."""
        while (claimed := await self.db.write(submit.claim, SUPPLIER)) is not None:
            begun = await self.db.write(attempts.begin, claimed, None)
            if begun is not None:
                answer = await supplier.add(begun.service, begun.quantity)
                await self.db.write(attempts.accepted, begun, answer)

    def watches(self, supplier: Supplier) -> WatchSuppliers:
        """What looks after a supplier as a shop does."""
        known = {supplier.name: supplier}
        return WatchSuppliers(known, self.db, Alerts(self.db), self.db.clock, "USD", refused_cost)

    async def prove(self) -> tuple[str, ...]:
        """What is not as it must be in the books."""
        return await self.db.read(prove.prove)

    def draft(self, customer: CustomerId) -> QuoteDraft:
        """What a customer is about to buy: one account."""
        now = self.db.clock.now()
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
async def opened_books(
    where: Path | str, buyers: int = 20, clock: Clock = _CLOCK, key: str = ""
) -> AsyncIterator[Books]:
    """A new database in which everybody has a million: a file, or at the address of a server.

    Its goods are sealed with `key`, or one of its own.
    """
    url = where if isinstance(where, str) else f"sqlite+aiosqlite:///{where}"
    db = await open_database(url, clock)
    try:
        seal = Seal.with_keys([key or Fernet.generate_key().decode()])
        db.settings = TxSettings(seal, list_operators, parts=PARTS)
        await db.write(open_schema)
        await db.write(seed_operators, (_OPERATOR,))
        await _make_rich(db, range(1, buyers + 1))
        yield Books(db, await put_on_shelf(db))
    finally:
        await db.close()


async def put_on_shelf(db: Database) -> Service:
    """One account is on sale."""
    row = CatalogRow(REMOTE, "Aged account", "Social", "", Decimal("0.10"), 1, 10, None)
    await db.write(store.store, SUPPLIER, Catalog((row,), 0))
    [kept] = (await db.read(store.load)).services
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


async def _make_rich(db: Database, numbers: Iterable[int]) -> None:
    for number in numbers:
        customer = CustomerId(number)
        await db.write(customers.note_seen, Person(customer, f"Guest {number}", "", "en"), "en")
        gift = Act(_OPERATOR, Role.OWNER, f"gift:{number}")
        await db.write(topup.top_up, gift, customer, _RICHES)
