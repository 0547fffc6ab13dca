"""Work on orders between the stored shop and a supplier, in a test's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from bot.base.ids import OrderId
from bot.catalog import standing
from bot.catalog.rules import Service
from bot.catalog.watch import WatchSuppliers
from bot.db.tx import Tx
from bot.numbers import poll, settle
from bot.numbers.poll import PollNumber
from bot.numbers.rows import DueNumber, list_codes
from bot.numbers.tables import rentals as numbers
from bot.orders import place
from bot.orders.attempts import accepted, refused_cost
from bot.orders.place import Purchase
from bot.orders.poll import PollOrder
from bot.orders.quote import QuoteDraft, create_quote
from bot.orders.rules.moves import Reason, State
from bot.orders.settle import Due
from bot.orders.tables import attempts, orders
from bot.outbox.notices import SupplierAlert
from bot.outbox.store import decode
from bot.outbox.tables import outbox
from bot.outbox.tell import Alerts
from bot.suppliers.words import Code, NumberId
from tests.numbers.renting import number_row, sells_numbers
from tests.stored_shop import ACC, ALICE, OLGA, Books, listed, usd
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import number_says

LINK: Final = "https://example.com/p"
TELEGRAM: Final = NumberId("65f1", "ke")


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@dataclass(frozen=True)
class Stand:
    """How an order stands in the books; `due` is how long it rests from now on."""

    state: State
    reason: Reason | None = None
    due: timedelta | None = None
    tries: int = 0
    misses: int = 0


@dataclass
class Work:
    """Alice with ten dollars, her orders, and the supplier that they are sent to."""

    books: Books
    supplier: FakeSupplier

    @property
    def watch(self) -> WatchSuppliers:
        db, known = self.books.db, {self.supplier.name: self.supplier}
        return WatchSuppliers(known, db, Alerts(db), self.books.clock, "USD", refused_cost)

    def follows(self, jitter: float) -> PollOrder:
        return PollOrder(self.books.db, self.watch, self.books.clock, lambda: jitter)

    def watches(self, jitter: float) -> PollNumber:
        return PollNumber(self.books.db, self.watch, self.books.clock, lambda: jitter)

    # What Alice orders

    async def queues(self, link: str = LINK) -> OrderId:
        """Three of a service, for three dollars."""
        self.supplier.sells(listed())
        return await self._queues(await self.books.stocks(), 3, link)

    async def queues_number(self, reuse: OrderId | None = None) -> OrderId:
        """A number, perhaps one that she had before."""
        row = number_row(TELEGRAM, "Kenya")
        self.supplier.sells(row)
        [service] = await sells_numbers(self.books, row, supplier=ACC)
        return await self._queues(service, 1, reuse=reuse)

    async def _queues(
        self, service: Service, quantity: int, link: str = "", reuse: OrderId | None = None
    ) -> OrderId:
        price, now = usd("1"), self.books.now
        cost = usd(str(service.listed.rate * quantity))
        draft = QuoteDraft(
            customer=ALICE,
            service=service,
            quantity=quantity,
            link=link,
            unit_price=price,
            unit=1,
            total=usd(str(quantity)),
            cost=cost,
            created_at=now,
            expires_at=now + timedelta(minutes=10),
            reuse=reuse,
        )
        quote = await self.books.db.write(create_quote, draft)
        return (await self.books.db.write(place.place, Purchase(ALICE, quote.id))).order

    async def is_active(self) -> Due:
        """An order that the supplier took just now, claimed for a reading."""
        await self.queues()
        sent = await self.books.sends()
        answer = await self.supplier.add(sent.service, sent.quantity, sent.link)
        assert await self.books.accepts(sent, answer.order)
        self.supplier.asked.clear()
        return await self.books.polls_one()

    async def is_rented(self, *known: Code) -> DueNumber:
        """A number that the supplier gave just now, with such codes; claimed for a look."""
        await self.queues_number()
        sent = await self.books.sends()
        given = await self.supplier.rent(TELEGRAM)
        assert await self.books.db.write(accepted, sent, given)
        self.supplier.asked.clear()
        due = await self._looks()
        if known:
            said = number_says("code_received")
            await self.books.db.write(settle.settle, due, said, known)
            self.books.wait(seconds=20)
            due = await self._looks()
        return due

    async def _looks(self) -> DueNumber:
        [due] = await self.books.db.write(poll.claim, ACC, 9)
        return due

    # What came of it

    async def stands(self, order: OrderId) -> Stand:
        return await self.books.db.read(_stand, order)

    async def attempts(self, order: OrderId) -> list[tuple[str, str]]:
        """Every attempt to send an order: its outcome and what the supplier said."""
        return await self.books.db.read(_attempts, order)

    async def codes(self, order: OrderId) -> tuple[Code, ...]:
        return await self.books.db.read(list_codes, ALICE, order)

    async def looked_at_in(self, order: OrderId) -> timedelta:
        """How long until the next look at a number."""
        return await self.books.db.read(_next_look, order)

    async def pauses(self) -> tuple[str, ...]:
        return (await self.books.db.read(standing.state, ACC)).pauses

    async def alerts(self) -> list[str]:
        """What operators were told of the supplier; `over` before what ended."""
        return await self.books.db.read(_alerts)


def _stand(tx: Tx, order: OrderId) -> Stand:
    row = tx.execute(select(orders).where(orders.c.id == order)).one()
    due = None if row.due_at is None else row.due_at - tx.now
    return Stand(row.state, row.reason, due, row.tries, row.misses)


def _attempts(tx: Tx, order: OrderId) -> list[tuple[str, str]]:
    query = select(attempts.c.outcome, attempts.c.said).where(attempts.c.order_id == order)
    return [(row.outcome, row.said) for row in tx.execute(query.order_by(attempts.c.number))]


def _next_look(tx: Tx, order: OrderId) -> timedelta:
    due_at: datetime = tx.execute(
        select(numbers.c.due_at).where(numbers.c.order_id == order)
    ).scalar_one()
    return due_at - tx.now


def _alerts(tx: Tx) -> list[str]:
    query = select(outbox.c.notice).where(outbox.c.chat == OLGA).order_by(outbox.c.id)
    told = [decode(text) for text in tx.execute(query).scalars()]
    return [
        f"over {one.about}" if one.over else one.about
        for one in told
        if isinstance(one, SupplierAlert)
    ]
