"""People who wait for a service, and processes that tell them and may fall on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from bot.base.ids import CustomerId, ServiceId
from bot.base.money import CENT, ZERO, Money
from bot.catalog.pricing import Pricing
from bot.catalog.rules import ShelfRules, ShopPolicy, SupplierPricing
from bot.catalog.wanted.come_true import FindTrue
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.tell_watchers import TellWatchers, settle_left
from bot.catalog.wanted.watches import Watch, start_watch
from bot.outbox import store
from bot.outbox.store import Outgoing
from bot.outbox.watch_notices import WatchedCame
from bot.suppliers.words import Kind
from tests.stored_shop import ACC, Books, listed

RULES: Final = ShelfRules(
    {ACC: SupplierPricing(ACC, 1, unmarked_kind=Kind.PRODUCT)},
    ShopPolicy(Pricing(Decimal(0), CENT)),
)


@dataclass
class Watchers:
    """The chats of those who wait, and one process that tells them.

    `read` counts what was in a chat: whom a message told of which service.
    """

    books: Books
    read: Counter[tuple[CustomerId, ServiceId]] = field(default_factory=Counter)
    messages: Counter[CustomerId] = field(default_factory=Counter)

    @property
    def telling(self) -> TellWatchers:
        return TellWatchers(self.books.db, RULES, FindTrue(self.books.db, RULES))

    def beside(self, books: Books) -> Watchers:
        """Another process; the chats are the same."""
        return Watchers(books, self.read, self.messages)

    async def wait_for(
        self,
        service: ServiceId,
        *people: CustomerId,
        reason: WatchReason = WatchReason.BACK,
        price: Money = ZERO,
    ) -> None:
        for person in people:
            await self.books.db.write(start_watch, person, Watch(service, reason, price))

    async def stock(self, service: str, stock: int, rate: str = "0.9") -> ServiceId:
        row = listed(service, name=service, stock=stock, rate=Decimal(rate))
        return (await self.books.stocks(row)).id

    async def tell(self) -> int:
        """Whatever there is to be told now; for how many people in all."""
        told = 0
        while some := await self.telling.step():
            told += some
        return told

    async def claim(self) -> list[Outgoing]:
        rows = await self.books.db.write(store.claim, 50)
        return [row for row in rows if isinstance(row.notice, WatchedCame)]

    async def send(self, row: Outgoing) -> bool:
        """Put a message into words and into its chat; False where it is dropped."""
        assert isinstance(row.notice, WatchedCame)
        message = await self.telling.put_into_words(row.chat, row.notice.batch)
        if not message.came:
            await self.books.db.write(store.dropped, row, "no longer so")
            return False
        self.messages[row.chat] += 1
        for one in message.came:
            assert one.offer.service.listed.stock, "what is told is true"
            self.read[row.chat, one.offer.service.id] += 1
        await self.books.db.write(store.sent, row, 1000 + row.id)
        return True

    async def send_all(self) -> None:
        """Every message that is due, each to its end."""
        while rows := await self.claim():
            for row in rows:
                if await self.send(row):
                    await self.telling.end_watches_of(row)

    async def sweep(self) -> None:
        await self.books.db.write(settle_left)

    async def count(self) -> int:
        """How many watches there are."""
        [(count,)] = await self.books.sql("SELECT count(*) FROM watches")
        return int(count)
