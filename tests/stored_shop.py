"""The stored shop in a test's words: people, credit, goods on sale, and an order's way."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Self

from bot.app.kinds import PARTS
from bot.base.acts import Act, Role
from bot.base.ids import CustomerId, OrderId, QuoteId, RemoteId, SupplierName
from bot.base.money import CENT, Money, parse_money
from bot.catalog import store
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service, ShelfRules, ShopPolicy, SupplierPricing
from bot.db.database import Database, open_database
from bot.db.opening import open_schema
from bot.db.tx import Tx, TxSettings
from bot.money import topup, wallet
from bot.money.ledger import Wallet
from bot.money.topup import Change
from bot.ops.seal import Seal
from bot.orders import attempts, place, poll, read, settle, submit
from bot.orders.kinds import Submission
from bot.orders.place import Placed, Purchase
from bot.orders.quote import QuoteDraft, create_quote
from bot.orders.rules.moves import Reason, State
from bot.orders.settle import Due
from bot.orders.views import OrderView
from bot.people import customers
from bot.people.customers import Person
from bot.people.operators import list_operators, seed_operators
from bot.safety import prove
from bot.suppliers import DIALECTS
from bot.suppliers.port import Accepted, Balance, Catalog, StatusAnswer
from bot.suppliers.progress import Progress
from bot.suppliers.words import CatalogRow, Kind
from tests.books import KEY
from tests.clock import TurnableClock

HUNDRED = Balance(Decimal(100), "USD")
ALICE, BOB, OLGA = CustomerId(501), CustomerId(502), CustomerId(900)
ACC, HSTOCK = SupplierName("accplanet"), SupplierName("hstockplus")
BY = Act(OLGA, Role.OWNER)
"""Olga, who runs the shop."""
_SUPPLIERS = (ACC, HSTOCK, SupplierName("third"))
_PRICINGS = {name: SupplierPricing(name, 1, unmarked_kind=Kind.PRODUCT) for name in _SUPPLIERS}
RULES = ShelfRules(_PRICINGS, ShopPolicy(Pricing(Decimal(0), CENT)))
"""All are accounts, priced by the piece and sold for what they cost."""
SETTINGS = TxSettings(Seal.with_keys([KEY]), list_operators, parts=(*PARTS, RULES))
LANGUAGE = "en"
SPOKEN = DIALECTS[HSTOCK]
"""Reads the status texts of the tests."""


def usd(amount: str) -> Money:
    """An amount as a person types it."""
    return parse_money(amount)


def listed(remote: str = "r1", **changes: Any) -> CatalogRow:
    """A row of a catalogue."""
    row = CatalogRow(RemoteId(remote), "Mail account", "Mail", "", Decimal("0.9"), 1, 100, 50)
    return replace(row, **changes)


def says(
    status: str,
    *accounts: str,
    remains: int | None = None,
    charge: str | None = None,
    currency: str | None = "USD",
) -> StatusAnswer:
    """A supplier's answer about an order."""
    progress = Progress(
        status,
        SPOKEN.stage(status),
        charge=None if charge is None else Decimal(charge),
        currency=currency,
        remains=remains,
        remains_said=remains is not None,
        accounts=accounts or None,
    )
    return StatusAnswer(progress, f"{status} {len(accounts)} {remains} {charge}")


@dataclass
class Books:
    """One process over the store. `another()` is a second process over the same one."""

    url: str
    db: Database
    clock: TurnableClock
    stack: AsyncExitStack
    _numbers: count[int] = field(default_factory=lambda: count(1))

    @classmethod
    async def open(cls, url: str, clock: TurnableClock, stack: AsyncExitStack) -> Self:
        """Olga runs it, as the settings of every process say."""
        books = await cls.connect(url, clock, stack)
        await books.db.write(seed_operators, (OLGA,))
        return books

    @classmethod
    async def connect(cls, url: str, clock: TurnableClock, stack: AsyncExitStack) -> Self:
        """Before any process has begun there: perhaps without a table."""
        db = await open_database(url, clock)
        db.settings = SETTINGS
        stack.push_async_callback(db.close)
        return cls(url, db, clock, stack)

    async def begins(self) -> None:
        """A process begins: it opens the books, and Olga runs the shop."""
        await self.db.write(open_schema)
        await self.db.write(seed_operators, (OLGA,))

    async def another(self) -> Books:
        """A second process on the same store."""
        return await Books.open(self.url, self.clock, self.stack)

    @property
    def now(self) -> Any:
        return self.clock.now()

    def wait(self, **span: float) -> None:
        """Time passes."""
        self.clock.turn(timedelta(**span))

    # People and money

    async def meets(self, *people: CustomerId) -> None:
        for person in people:
            facts = Person(person, f"name{person}", f"user{person}", LANGUAGE)
            await self.db.write(customers.note_seen, facts, LANGUAGE)

    async def has(self, customer: CustomerId, amount: str, key: str = "") -> Change:
        """The customer is known and gets credit."""
        await self.meets(customer)
        act = self.act(key)
        return await self.db.write(topup.top_up, act, customer, usd(amount), "cash")

    async def takes(self, customer: CustomerId, amount: str, key: str = "") -> Change:
        act = self.act(key)
        return await self.db.write(topup.debit, act, customer, usd(amount), "back")

    def act(self, key: str = "") -> Act:
        """Olga acts, by this key or by one of its own."""
        return Act(OLGA, Role.OWNER, key or f"cmd:{next(self._numbers)}")

    async def wallet(self, customer: CustomerId = ALICE) -> Wallet:
        return (await self.db.read(wallet.wallet, customer)).wallet

    async def told(self, chat: CustomerId) -> list[str]:
        """The kinds of notices queued for a chat, cards left out."""
        query = f"SELECT notice FROM outbox WHERE chat = {int(chat)} ORDER BY id"  # noqa: S608 - a number
        kinds = [row[0].split('"')[3] for row in await self.sql(query)]
        return [kind for kind in kinds if kind != "card"]

    # What is on sale

    async def stocks(self, row: CatalogRow | None = None, supplier: SupplierName = ACC) -> Service:
        """One service is on sale."""
        wanted = row or listed()
        stored = await self.db.read(store.load)
        mine = [service.listed for service in stored.services if service.supplier == supplier]
        rows = (*(one for one in mine if one.remote_id != wanted.remote_id), wanted)
        await self.db.write(store.store, supplier, Catalog(rows))
        return await self.service(wanted.remote_id, supplier)

    async def service(self, remote: str, supplier: SupplierName = ACC) -> Service:
        stored = await self.db.read(store.load)
        (kept,) = [
            service
            for service in stored.services
            if (service.supplier, service.listed.remote_id) == (supplier, remote)
        ]
        return Service(
            kept.id, supplier, kept.listed, Kind.PRODUCT, 1, kept.category, kept.read_at
        )

    # An order's way

    async def quote(
        self,
        customer: CustomerId = ALICE,
        total: str = "1",
        quantity: int = 1,
        service: Service | None = None,
    ) -> QuoteId:
        """A locked price."""
        draft = await self.draft(customer, total, quantity, service)
        return (await self.db.write(create_quote, draft)).id

    async def draft(
        self,
        customer: CustomerId = ALICE,
        total: str = "1",
        quantity: int = 1,
        service: Service | None = None,
    ) -> QuoteDraft:
        """A price to lock."""
        service, price = service or await self.stocks(), usd(total)
        until = self.now + timedelta(minutes=10)
        return QuoteDraft(
            customer, service, quantity, "", price, 1, price, usd("0.9"), self.now, until
        )

    async def confirms(self, quote: QuoteId, customer: CustomerId = ALICE) -> Placed:
        return await self.db.write(place.place, Purchase(customer, quote))

    async def buys(
        self,
        customer: CustomerId = ALICE,
        total: str = "1",
        quantity: int = 1,
        service: Service | None = None,
    ) -> OrderId:
        """A queued order."""
        quote = await self.quote(customer, total, quantity, service)
        return (await self.confirms(quote, customer)).order

    async def claims(self, supplier: SupplierName = ACC) -> Submission:
        claimed = await self.db.write(submit.claim, supplier)
        assert claimed is not None
        return claimed

    async def sends(self, supplier: SupplierName = ACC) -> Submission:
        """The next order of the lane has left us."""
        claimed = await self.claims(supplier)
        begun = await self.db.write(attempts.begin, claimed, HUNDRED)
        assert begun is not None
        return begun

    async def accepts(self, sent: Submission, remote: str = "") -> bool:
        answer = Accepted(RemoteId(remote or f"remote{sent.order}"), "taken")
        return await self.db.write(attempts.accepted, sent, answer)

    async def has_active(
        self, customer: CustomerId = ALICE, total: str = "1", quantity: int = 1
    ) -> Due:
        """An order that the supplier took, leased for a reading."""
        await self.buys(customer, total, quantity)
        assert await self.accepts(await self.sends())
        return await self.polls_one()

    async def polls_one(self, supplier: SupplierName = ACC) -> Due:
        (due,) = await self.db.write(poll.claim, supplier, 1)
        return due

    async def hears(self, due: Due, answer: StatusAnswer) -> Any:
        next_at = self.now + timedelta(seconds=5)
        return await self.db.write(settle.settle, due, answer, next_at)

    async def in_doubt(self) -> Submission:
        """Alice's order whose answer was lost."""
        await self.buys()
        sent = await self.sends()
        await self.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
        return sent

    async def needs_person(self, quantity: int = 3, total: str = "3") -> Due:
        """Alice's order that stands in attention."""
        due = await self.has_active(quantity=quantity, total=total)
        await self.hears(due, says("Error"))
        return due

    async def order(self, order: OrderId) -> OrderView:
        return await self.db.read(read.load_any_order, order)

    async def state(self, order: OrderId) -> State:
        return (await self.order(order)).state

    async def misses(self, order: OrderId) -> int:
        """How often its supplier did not know it since it last did."""
        [(misses,)] = await self.sql(f"SELECT misses FROM orders WHERE id = {int(order)}")  # noqa: S608 - a number
        return int(misses)

    async def goods(self, order: OrderId) -> list[tuple[str, ...]]:
        """The batches that were stored."""
        customer = (await self.order(order)).customer
        return [batch.accounts for batch in await self.db.read(read.list_goods, customer, order)]

    # The database itself

    async def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement of SQL as it stands, committed."""
        return await self.db.write(_run, statement)

    async def faults(self) -> tuple[str, ...]:
        return await self.db.read(prove.prove)


def _run(tx: Tx, statement: str) -> list[tuple[Any, ...]]:
    result = tx.connection.exec_driver_sql(statement)
    return [tuple(row) for row in result] if result.returns_rows else []
