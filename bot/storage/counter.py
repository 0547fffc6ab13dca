"""The customers' ports over a database: each method is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CustomerId, OrderId, QuoteId, ServiceId, TransferId
from bot.domain.money import Money
from bot.domain.shelf import Page
from bot.shop.ports import MoneyOrder, Person, Placed, Purchase, QuoteDraft
from bot.shop.views import Change, Customer, Goods, OrderView, QuoteView, TopupRequest, WalletView
from bot.storage import credit, customers, placing, proof, sales
from bot.storage.database import Database
from bot.storage.house import House


@dataclass(frozen=True, slots=True)
class SqlCustomers:
    """Fits `bot.shop.ports.Customers`."""

    database: Database

    async def seen(self, person: Person, language: str, now: datetime) -> Customer:
        """See the port."""
        return await self.database.write(customers.seen, person, language, now)

    async def find(self, customer: CustomerId) -> Customer | None:
        """See the port."""
        return await self.database.read(customers.find, customer)

    async def find_by_username(self, username: str) -> Customer | None:
        """See the port."""
        return await self.database.read(customers.find_by_username, username)

    async def set_language(self, customer: CustomerId, language: str) -> None:
        """See the port."""
        await self.database.write(customers.set_language, customer, language)

    async def set_banned(
        self, customer: CustomerId, actor: str, now: datetime, *, banned: bool
    ) -> None:
        """See the port."""
        by = (actor, now)
        await self.database.write(customers.set_banned, customer, by, banned=banned)


@dataclass(frozen=True, slots=True)
class SqlQuotes:
    """Fits `bot.shop.ports.Quotes`."""

    database: Database
    house: House

    async def create(self, draft: QuoteDraft) -> QuoteView:
        """See the port."""
        return await self.database.write(sales.create_quote, self.house, draft)

    async def load(self, customer: CustomerId, quote: QuoteId) -> QuoteView:
        """See the port."""
        return await self.database.read(sales.load_quote, self.house, customer, quote)

    async def remember_wish(
        self, customer: CustomerId, service: ServiceId, quantity: int, now: datetime
    ) -> None:
        """See the port."""
        wish = (service, quantity)
        await self.database.write(customers.remember_wish, customer, wish, now)


@dataclass(frozen=True, slots=True)
class SqlOrders:
    """Fits `bot.shop.ports.Orders`."""

    database: Database
    house: House

    async def place(self, asked: Purchase, now: datetime) -> Placed:
        """See the port."""
        return await self.database.write(placing.place, asked, now)

    async def load(self, customer: CustomerId, order: OrderId) -> OrderView:
        """See the port."""
        return await self.database.read(sales.load_order, self.house, customer, order)

    async def of_quote(self, customer: CustomerId, quote: QuoteId) -> tuple[OrderId, ...]:
        """See the port."""
        return await self.database.read(sales.orders_of_quote, customer, quote)

    async def list_orders(
        self, customer: CustomerId, page: int, *, only_open: bool
    ) -> Page[OrderView]:
        """See the port."""
        return await self.database.read(
            sales.list_orders, self.house, customer, page, only_open=only_open
        )

    async def goods(self, customer: CustomerId, order: OrderId) -> tuple[Goods, ...]:
        """See the port."""
        return await self.database.read(sales.list_goods, self.house, customer, order)

    async def cancel(self, customer: CustomerId, order: OrderId, now: datetime) -> OrderView:
        """See the port."""
        return await self.database.write(sales.cancel, self.house, customer, order, now)

    async def report_problem(self, customer: CustomerId, order: OrderId, now: datetime) -> bool:
        """See the port."""
        return await self.database.write(sales.report_problem, self.house, customer, order, now)

    async def card_shown(
        self, order: OrderId, card: int, shown: OrderView | None, now: datetime
    ) -> None:
        """See the port."""
        await self.database.write(sales.card_shown, self.house, order, (card, shown), now)

    async def card_of(self, order: OrderId) -> int | None:
        """See the port."""
        return await self.database.read(sales.card_of, order)

    async def load_for_notice(self, order: OrderId) -> OrderView:
        """See the port."""
        return await self.database.read(sales.load_any_order, self.house, order)

    async def goods_batch(self, order: OrderId, batch: int) -> Goods | None:
        """See the port."""
        return await self.database.read(sales.find_batch, self.house, order, batch)


@dataclass(frozen=True, slots=True)
class SqlBooks:
    """Fits `bot.shop.ports.Books`."""

    database: Database
    house: House

    async def wallet(self, customer: CustomerId) -> WalletView:
        """See the port."""
        return await self.database.read(credit.wallet, customer)

    async def top_up(
        self, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
    ) -> Change:
        """See the port."""
        return await self.database.write(credit.top_up, customer, amount, order, now)

    async def debit(
        self, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
    ) -> Change:
        """See the port."""
        return await self.database.write(credit.debit, customer, amount, order, now)

    async def undo(self, transfer: TransferId, actor: str, now: datetime) -> Change:
        """See the port."""
        return await self.database.write(credit.undo, transfer, actor, now)

    async def ask_topup(
        self, customer: CustomerId, amount: Money, now: datetime
    ) -> tuple[int, bool]:
        """See the port."""
        return await self.database.write(credit.ask_topup, self.house, customer, amount, now)

    async def load_topup(self, request: int) -> TopupRequest:
        """See the port."""
        return await self.database.read(credit.load_topup, request)

    async def decide_topup(
        self, request: int, actor: str, now: datetime, *, approve: bool
    ) -> Change | None:
        """See the port."""
        by = (actor, now)
        return await self.database.write(credit.decide_topup, request, by, approve=approve)

    async def prove(self) -> tuple[str, ...]:
        """See the port."""
        return await self.database.read(proof.prove)
