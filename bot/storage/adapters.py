"""The workers' and operators' ports over a database: each method is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from bot.domain.catalog import Listed
from bot.domain.errors import TooLate
from bot.domain.ids import CustomerId, OrderId, RemoteId, ServiceId, SupplierName
from bot.domain.money import Money
from bot.domain.order import Reason
from bot.domain.settlement import Ending
from bot.domain.shelf import Page
from bot.shop.ports import DeskFilter, Due, Stored, Submission, SupplierState
from bot.shop.suppliers import Accepted, Balance, Catalog, StatusAnswer
from bot.shop.views import CustomerCard, Dossier, OrderView
from bot.storage import (
    catalog_rows,
    decisions,
    evidence,
    lanes,
    orphans,
    records,
    releasing,
    settling,
    submissions,
    supplier_rows,
)
from bot.storage.database import Database
from bot.storage.house import House


@dataclass(frozen=True, slots=True)
class SqlSubmissions:
    """Fits `bot.shop.ports.Submissions`."""

    database: Database
    house: House

    async def claim(self, supplier: SupplierName, now: datetime) -> Submission | None:
        """See the port."""
        return await self.database.write(lanes.claim, self.house, supplier, now)

    async def begin(
        self, submission: Submission, balance: Balance | None, now: datetime
    ) -> Submission | None:
        """See the port."""
        return await self.database.write(lanes.begin, submission, balance, now)

    async def accepted(self, submission: Submission, answer: Accepted, now: datetime) -> bool:
        """See the port; an id that another process took in the same instant is ours as well."""
        arguments = (self.house, submission, answer, now)
        try:
            return await self.database.write(submissions.accepted, *arguments)
        except IntegrityError:
            return await self.database.write(submissions.accepted, *arguments)

    async def refused(
        self, submission: Submission, reason: Reason, said: str, now: datetime
    ) -> None:
        """See the port."""
        no = (reason, said)
        await self.database.write(submissions.refused, self.house, submission, no, now)

    async def not_sent(
        self, submission: Submission, after: timedelta, said: str, now: datetime
    ) -> None:
        """See the port."""
        await self.database.write(submissions.not_sent, submission, (after, said), now)

    async def in_doubt(
        self, submission: Submission, reason: Reason, said: str, now: datetime
    ) -> None:
        """See the port."""
        doubt = (reason, said)
        await self.database.write(submissions.in_doubt, self.house, submission, doubt, now)

    async def give_up(self, submission: Submission, reason: Reason, now: datetime) -> None:
        """See the port."""
        await self.database.write(submissions.give_up, self.house, submission, reason, now)

    async def park_interrupted(self, older_than: timedelta, now: datetime) -> int:
        """See the port."""
        arguments = (self.house, older_than, now)
        return await self.database.write(submissions.park_interrupted, *arguments)

    async def adopt(self, suppliers: tuple[SupplierName, ...], now: datetime) -> int:
        """See the port."""
        return await self.database.write(orphans.adopt, self.house, suppliers, now)

    async def reading_failed(self, order: OrderId, attempt: int, again_at: datetime) -> None:
        """See the port."""
        await self.database.write(evidence.reading_failed, order, attempt, again_at)

    async def due_readings(
        self, supplier: SupplierName, now: datetime
    ) -> tuple[tuple[OrderId, int], ...]:
        """See the port."""
        return await self.database.read(evidence.due_readings, supplier, now)

    async def note_reading(
        self, order: OrderId, attempt: int, balance: Balance, now: datetime
    ) -> None:
        """See the port."""
        which = (order, attempt)
        await self.database.write(releasing.note_reading, self.house, which, balance, now)


@dataclass(frozen=True, slots=True)
class SqlPolls:
    """Fits `bot.shop.ports.Polls`."""

    database: Database
    house: House

    async def claim(self, supplier: SupplierName, now: datetime, limit: int) -> tuple[Due, ...]:
        """See the port."""
        return await self.database.write(settling.claim, supplier, now, limit)

    async def settle(
        self, due: Due, answer: StatusAnswer, next_at: datetime, now: datetime
    ) -> Ending | Reason | None:
        """See the port."""
        heard = (answer, next_at)
        return await self.database.write(settling.settle, self.house, due, heard, now)

    async def alert_stuck(self, now: datetime) -> int:
        """See the port."""
        return await self.database.write(orphans.alert_stuck, self.house, now)

    async def missed(self, due: Due, next_at: datetime) -> None:
        """See the port."""
        await self.database.write(settling.missed, due, next_at)

    async def unknown_to_supplier(self, due: Due, next_at: datetime, now: datetime) -> None:
        """See the port."""
        await self.database.write(settling.unknown_to_supplier, self.house, due, next_at, now)


@dataclass(frozen=True, slots=True)
class SqlDecisions:
    """Fits `bot.shop.ports.Decisions`."""

    database: Database
    house: House

    async def attach(
        self, order: OrderId, remote: RemoteId, actor: str, now: datetime
    ) -> OrderView:
        """See the port."""
        by = (actor, now)
        try:
            return await self.database.write(decisions.attach, self.house, order, remote, by)
        except IntegrityError:
            raise TooLate from None

    async def fail(self, order: OrderId, reason: Reason, actor: str, now: datetime) -> OrderView:
        """See the port."""
        by = (actor, now)
        return await self.database.write(decisions.fail_order, self.house, order, reason, by)

    async def send_again(self, order: OrderId, actor: str, now: datetime) -> OrderView:
        """See the port."""
        return await self.database.write(decisions.send_again, self.house, order, (actor, now))

    async def end(self, order: OrderId, delivered: int, actor: str, now: datetime) -> OrderView:
        """See the port."""
        by = (actor, now)
        return await self.database.write(decisions.end, self.house, order, delivered, by)

    async def keep_polling(self, order: OrderId, actor: str, now: datetime) -> OrderView:
        """See the port."""
        return await self.database.write(decisions.keep_polling, self.house, order, (actor, now))


@dataclass(frozen=True, slots=True)
class SqlRecords:
    """Fits `bot.shop.ports.Records`."""

    database: Database
    house: House

    async def customer_card(self, customer: CustomerId) -> CustomerCard | None:
        """See the port."""
        return await self.database.read(records.customer_card, self.house, customer)

    async def dossier(self, order: OrderId) -> Dossier | None:
        """See the port."""
        return await self.database.read(records.dossier, self.house, order)

    async def list_orders(self, which: DeskFilter, page: int) -> Page[OrderView]:
        """See the port."""
        return await self.database.read(records.list_orders, self.house, which, page)


@dataclass(frozen=True, slots=True)
class SqlShelves:
    """Fits `bot.shop.ports.Shelves`."""

    database: Database

    async def load(self) -> Stored:
        """See the port."""
        return await self.database.read(catalog_rows.load)

    async def version(self) -> int:
        """See the port."""
        return await self.database.read(catalog_rows.version)

    async def store(self, supplier: SupplierName, catalog: Catalog, now: datetime) -> int:
        """See the port."""
        return await self.database.write(catalog_rows.store, supplier, catalog, now)

    async def store_one(self, service: ServiceId, listed: Listed, now: datetime) -> None:
        """See the port."""
        await self.database.write(catalog_rows.store_one, service, listed, now)

    async def mark_gone(self, service: ServiceId, now: datetime) -> None:
        """See the port."""
        await self.database.write(catalog_rows.mark_gone, service, now)

    async def resume_service(self, service: ServiceId) -> bool:
        """See the port."""
        return await self.database.write(catalog_rows.resume_service, service)

    async def state(self, supplier: SupplierName) -> SupplierState:
        """See the port."""
        return await self.database.read(supplier_rows.state, supplier)

    async def pause_supplier(self, supplier: SupplierName, why: str) -> bool:
        """See the port."""
        return await self.database.write(supplier_rows.pause, supplier, why)

    async def resume_supplier(self, supplier: SupplierName, why: str) -> bool:
        """See the port."""
        return await self.database.write(supplier_rows.resume, supplier, why)

    async def refused_cost(self, supplier: SupplierName) -> Money | None:
        """See the port."""
        return await self.database.read(supplier_rows.refused_cost, supplier)

    async def note_balance(self, supplier: SupplierName, balance: Balance, now: datetime) -> None:
        """See the port."""
        await self.database.write(supplier_rows.note_balance, supplier, balance, now)
