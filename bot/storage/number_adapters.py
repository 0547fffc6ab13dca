"""The ports to rented numbers over a database: each method is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CustomerId, OrderId, SupplierName
from bot.domain.rental import Code, RentalState
from bot.shop.ports import DueNumber
from bot.shop.suppliers import NumberAnswer
from bot.shop.views import RentalView, UsedNumber
from bot.storage import rental_rows, rentals
from bot.storage.database import Database
from bot.storage.house import House


@dataclass(frozen=True, slots=True)
class SqlNumbers:
    """Fits `bot.shop.ports.Numbers`."""

    database: Database
    house: House

    async def load_rental(self, customer: CustomerId, order: OrderId) -> RentalView:
        """See the port."""
        return await self.database.read(rental_rows.load_rental, self.house, customer, order)

    async def codes(self, customer: CustomerId, order: OrderId) -> tuple[Code, ...]:
        """See the port."""
        return await self.database.read(rental_rows.list_codes, self.house, customer, order)

    async def last_used(self, customer: CustomerId, limit: int = 3) -> tuple[UsedNumber, ...]:
        """See the port."""
        return await self.database.read(rental_rows.last_used, customer, limit)

    async def code_of_batch(self, order: OrderId, batch: int) -> Code | None:
        """See the port."""
        return await self.database.read(rental_rows.code_of_batch, self.house, order, batch)


@dataclass(frozen=True, slots=True)
class SqlRentals:
    """Fits `bot.shop.ports.Rentals`."""

    database: Database
    house: House

    async def claim(
        self, supplier: SupplierName, now: datetime, limit: int
    ) -> tuple[DueNumber, ...]:
        """See the port."""
        return await self.database.write(rentals.claim, self.house, supplier, now, limit)

    async def settle(
        self, due: DueNumber, answer: NumberAnswer, codes: tuple[Code, ...], now: datetime
    ) -> RentalState | None:
        """See the port."""
        seen = (answer, codes)
        return await self.database.write(rentals.settle, self.house, due, seen, now)

    async def missed(self, due: DueNumber, next_at: datetime) -> None:
        """See the port."""
        await self.database.write(rentals.missed, due, next_at)

    async def end_overdue(self, now: datetime) -> int:
        """See the port; a look without a lock spares a writing transaction."""
        if not await self.database.read(rentals.list_overdue, now):
            return 0
        return await self.database.write(rentals.end_overdue, self.house, now)
