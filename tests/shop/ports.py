"""A supplier that says what it was told to, and ports in memory that remember what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from bot.domain.catalog import NumberId
from bot.domain.errors import BooksClosed
from bot.domain.ids import OrderId, RemoteId, SupplierName
from bot.domain.money import Money
from bot.domain.order import Reason
from bot.domain.rental import Code, RentalState
from bot.domain.settlement import Ending
from bot.shop.ports import Due, DueNumber, Shelves, Submission, SupplierState
from bot.shop.suppliers import (
    Accepted,
    Balance,
    Health,
    NumberAnswer,
    StatusAnswer,
    Supplier,
    Suppliers,
)
from bot.shop.watch import WatchSuppliers
from tests.chat_desk.ports import AlertsInMemory
from tests.clock import TurnableClock

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ACC = SupplierName("accplanet")
BALANCE = Balance(Decimal(100), "USD")
Asked = list[tuple[Any, ...]]


@dataclass
class ToldSupplier:
    """Answers each verb with what stands under it in `says`; a failure is raised.

    `takes` is how long an order is on its way there and back.
    """

    clock: TurnableClock
    says: dict[str, Any] = field(default_factory=lambda: {"balance": BALANCE})
    asked: Asked = field(default_factory=list)
    name: SupplierName = ACC
    health: Health = field(default_factory=Health)
    takes: timedelta = timedelta(0)

    def _answer(self, verb: str, *facts: object) -> Any:
        self.asked.append((verb, *facts))
        said = self.says[verb]
        if isinstance(said, Exception):
            raise said
        return said

    async def balance(self) -> Balance:
        return cast("Balance", self._answer("balance"))

    async def add(self, service: RemoteId, quantity: int, link: str = "") -> Accepted:
        self.clock.turn(self.takes)
        return cast("Accepted", self._answer("add", service, quantity, link))

    async def rent(self, wanted: NumberId, phone: str = "") -> Accepted:
        return cast("Accepted", self._answer("rent", wanted, phone))

    async def status(self, order: RemoteId) -> StatusAnswer:
        return cast("StatusAnswer", self._answer("status", order))

    async def number_status(self, order: RemoteId) -> NumberAnswer:
        return cast("NumberAnswer", self._answer("number_status", order))

    async def number_code(self, order: RemoteId) -> Code | None:
        return cast("Code | None", self._answer("number_code", order))

    @property
    def as_port(self) -> Supplier:
        return cast("Supplier", self)


@dataclass
class ShelvesInMemory:
    """Who is paused and why."""

    paused: dict[SupplierName, str] = field(default_factory=dict)
    alerts: AlertsInMemory = field(default_factory=AlertsInMemory)

    async def state(self, supplier: SupplierName) -> SupplierState:
        paused = self.paused.get(supplier, "")
        return SupplierState(supplier, paused, BALANCE, NOON, NOON, 10)

    async def pause_supplier(self, supplier: SupplierName, why: str) -> bool:
        self.paused[supplier] = why
        return True

    async def resume_supplier(self, supplier: SupplierName, why: str) -> bool:
        if self.paused.get(supplier) != why:
            return False
        del self.paused[supplier]
        return True

    async def refused_cost(self, supplier: SupplierName) -> Money | None:
        return None

    async def note_balance(self, supplier: SupplierName, balance: Balance, now: datetime) -> None:
        """It is known already."""

    def watched(self, clock: TurnableClock) -> WatchSuppliers:
        """The real watch over these shelves."""
        shelves = cast("Shelves", self)
        return WatchSuppliers(Suppliers(), shelves, self.alerts, clock, "USD")


@dataclass
class PollsInMemory:
    """What Follow asks of its port; `ends_in` is what every answer settles."""

    ends_in: Ending | Reason | None = None
    due: tuple[Due, ...] = ()
    asked: Asked = field(default_factory=list)

    async def claim(self, supplier: SupplierName, now: datetime, limit: int) -> tuple[Due, ...]:
        self.asked.append(("claim", supplier, now, limit))
        return self.due

    async def settle(
        self, due: Due, answer: StatusAnswer, next_at: datetime, now: datetime
    ) -> Ending | Reason | None:
        self.asked.append(("settle", due, answer, next_at, now))
        return self.ends_in

    async def missed(self, due: Due, next_at: datetime) -> None:
        self.asked.append(("missed", due, next_at))

    async def unknown_to_supplier(self, due: Due, next_at: datetime, now: datetime) -> None:
        self.asked.append(("unknown", due, next_at, now))


@dataclass
class RentalsInMemory:
    """What WatchNumbers asks of its port."""

    due: tuple[DueNumber, ...] = ()
    asked: Asked = field(default_factory=list)

    async def claim(
        self, supplier: SupplierName, now: datetime, limit: int
    ) -> tuple[DueNumber, ...]:
        self.asked.append(("claim", supplier, now, limit))
        return self.due

    async def settle(
        self, due: DueNumber, answer: NumberAnswer, codes: tuple[Code, ...], now: datetime
    ) -> RentalState | None:
        self.asked.append(("settle", due, answer, codes, now))
        return RentalState.RECEIVED if codes else due.state

    async def missed(self, due: DueNumber, next_at: datetime) -> None:
        self.asked.append(("missed", due, next_at))

    async def end_overdue(self, now: datetime) -> int:
        self.asked.append(("end_overdue", now))
        return 3


@dataclass
class SubmissionsInMemory:
    """What Fulfil asks of its port; the books are closed for the first `closed_for` outcomes."""

    queued: Submission | None
    begun: Submission | None = None
    closed_for: int = 0
    asked: Asked = field(default_factory=list)

    def _note(self, verb: str, *facts: object) -> None:
        self.asked.append((verb, *facts))
        if self.closed_for:
            self.closed_for -= 1
            raise BooksClosed(why="locked")

    async def claim(self, supplier: SupplierName, now: datetime) -> Submission | None:
        self.asked.append(("claim", supplier, now))
        return self.queued

    async def begin(
        self, submission: Submission, balance: Balance | None, now: datetime
    ) -> Submission | None:
        self.asked.append(("begin", submission, balance, now))
        return self.begun

    async def accepted(self, submission: Submission, answer: Accepted, now: datetime) -> bool:
        self._note("accepted", submission, answer, now)
        return True

    async def refused(
        self, submission: Submission, reason: Reason, said: str, now: datetime
    ) -> None:
        self._note("refused", submission, reason, said, now)

    async def not_sent(
        self, submission: Submission, after: timedelta, said: str, now: datetime
    ) -> None:
        self._note("not_sent", submission, after, said, now)

    async def in_doubt(
        self, submission: Submission, reason: Reason, said: str, now: datetime
    ) -> None:
        self._note("in_doubt", submission, reason, said, now)

    async def give_up(self, submission: Submission, reason: Reason, now: datetime) -> None:
        self._note("give_up", submission, reason, now)


ORDER = OrderId(7)
