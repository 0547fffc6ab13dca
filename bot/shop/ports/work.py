"""The way of an order out of the house and to its end, as workers take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.catalog import Kind
from bot.domain.ids import OrderId, RemoteId, SupplierName
from bot.domain.order import Reason
from bot.domain.settlement import Ending
from bot.shop.suppliers import Accepted, Balance, StatusAnswer


@dataclass(frozen=True, slots=True)
class Submission:
    """A queued order claimed for sending; `phone` is the one that a number is to reuse."""

    order: OrderId
    supplier: SupplierName
    service: RemoteId
    quantity: int
    link: str
    tries: int
    queued_at: datetime
    attempt: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """An active order claimed for a status reading."""

    order: OrderId
    supplier: SupplierName
    remote: RemoteId
    kind: Kind
    active_since: datetime
    misses: int


class Submissions(Protocol):
    """The way of an order out of the house."""

    async def claim(self, supplier: SupplierName, now: datetime) -> Submission | None:
        """The next due queued order, unless the supplier's lane is taken."""
        ...

    async def begin(
        self, submission: Submission, balance: Balance | None, now: datetime
    ) -> Submission | None:
        """Write the attempt down before it leaves; None when the order is no longer queued."""
        ...

    async def accepted(self, submission: Submission, answer: Accepted, now: datetime) -> bool:
        """The supplier's id; False when that id is already ours (then the order is in doubt)."""
        ...

    async def refused(
        self, submission: Submission, reason: Reason, said: str, now: datetime
    ) -> None:
        """Give the money back."""
        ...

    async def not_sent(
        self, submission: Submission, after: timedelta, said: str, now: datetime
    ) -> None:
        """Back to the queue: nothing left us. Before or after `begin`."""
        ...

    async def in_doubt(
        self, submission: Submission, reason: Reason, said: str, now: datetime
    ) -> None:
        """Park it: customer and operators are told once."""
        ...

    async def give_up(self, submission: Submission, reason: Reason, now: datetime) -> None:
        """A queued order's patience is over: fail it and give the money back."""
        ...

    async def park_interrupted(self, older_than: timedelta, now: datetime) -> int:
        """Every order that has been in sending for longer is in doubt now; how many there were.

        A start parks all of them (zero), because whoever was sending is gone.
        """
        ...

    async def adopt(self, suppliers: tuple[SupplierName, ...], now: datetime) -> int:
        """Orders at suppliers that the settings no longer name: refunded, or a person's to end."""
        ...

    async def due_readings(
        self, supplier: SupplierName, now: datetime
    ) -> tuple[tuple[OrderId, int], ...]:
        """Attempts in doubt for which the balance is to be read once more: (order, attempt)."""
        ...

    async def reading_failed(self, order: OrderId, attempt: int, again_at: datetime) -> None:
        """Try this reading again later."""
        ...

    async def note_reading(
        self, order: OrderId, attempt: int, balance: Balance, now: datetime
    ) -> None:
        """Write a balance reading down as evidence."""
        ...


class Polls(Protocol):
    """The way of an order to its end."""

    async def claim(self, supplier: SupplierName, now: datetime, limit: int) -> tuple[Due, ...]:
        """Active orders whose reading is due, the longest waiting first, leased to us."""
        ...

    async def settle(
        self, due: Due, answer: StatusAnswer, next_at: datetime, now: datetime
    ) -> Ending | Reason | None:
        """Apply the verdict on one answer: goods, money, state, messages, in one transaction."""
        ...

    async def alert_stuck(self, now: datetime) -> int:
        """Tell operators once of each order that has been under way for a day; how many."""
        ...

    async def missed(self, due: Due, next_at: datetime) -> None:
        """A reading that told nothing costs nothing."""
        ...

    async def unknown_to_supplier(self, due: Due, next_at: datetime, now: datetime) -> None:
        """The supplier says there is no such order; after many such answers a person looks."""
        ...
