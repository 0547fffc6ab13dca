"""Rented numbers: as their customers reach them, and as workers look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.domain.rental import Code, RentalState
from bot.shop.suppliers import NumberAnswer
from bot.shop.views import RentalView, UsedNumber


class Numbers(Protocol):
    """Numbers as customers reach them; a customer's method raises NotYours for others' orders."""

    async def load_rental(self, customer: CustomerId, order: OrderId) -> RentalView:
        """The number of an order; NotYours also while none has come."""
        ...

    async def codes(self, customer: CustomerId, order: OrderId) -> tuple[Code, ...]:
        """All codes so far, the oldest first."""
        ...

    async def last_used(self, customer: CustomerId, limit: int = 3) -> tuple[UsedNumber, ...]:
        """What the customer rented numbers for, the last one first, each once."""
        ...

    async def code_of_batch(self, order: OrderId, batch: int) -> Code | None:
        """One code, for its delivery."""
        ...


@dataclass(frozen=True, slots=True)
class DueNumber:
    """A number whose look is due. `known` are the codes that came before."""

    order: OrderId
    supplier: SupplierName
    remote: RemoteId
    state: RentalState
    known: tuple[Code, ...] = ()


class Rentals(Protocol):
    """Numbers as workers look at them."""

    async def claim(
        self, supplier: SupplierName, now: datetime, limit: int
    ) -> tuple[DueNumber, ...]:
        """Numbers whose look is due, the longest waiting first, leased to us."""
        ...

    async def settle(
        self, due: DueNumber, answer: NumberAnswer, codes: tuple[Code, ...], now: datetime
    ) -> RentalState | None:
        """Apply the verdict on one look: codes, money, state, messages, in one transaction.

        Returns:
            Where the number stands now; None when it was closed meanwhile.
        """
        ...

    async def missed(self, due: DueNumber, next_at: datetime) -> None:
        """A look that saw nothing; the clock goes on."""
        ...

    async def end_overdue(self, now: datetime) -> int:
        """End the numbers whose time is over whatever their suppliers do; how many there were."""
        ...
