"""Services that are tied, and Alice's order of the first of them, in a test's words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.base.ids import OrderId, ServiceId, SupplierName
from bot.base.money import ZERO
from bot.catalog.rules import Service
from bot.catalog.standins.decide import tie_services
from bot.money.ledger import Wallet
from bot.orders import attempts
from bot.orders.rules.moves import Reason
from bot.orders.standins.rows import list_handovers
from tests.stored_shop import ACC, BY, HSTOCK, Books, listed, usd

THIRD = SupplierName("third")
FULL, HELD = Wallet(usd("10"), ZERO), Wallet(usd("9"), usd("1"))


@dataclass
class Tied:
    """Alice's order of the first of several services that are tied."""

    books: Books
    services: tuple[Service, ...]
    order: OrderId

    async def is_refused(self, supplier: SupplierName, reason: Reason = Reason.REFUSED) -> None:
        sent = await self.books.sends(supplier)
        await self.books.db.write(attempts.refused, sent, reason, "no")

    async def row(self) -> tuple[Any, ...]:
        """Its state, whose it is, under which id of theirs, and what it should cost."""
        columns = "state, supplier, remote_service, cost"
        [row] = await self.books.sql(f"SELECT {columns} FROM orders WHERE id = {self.order}")  # noqa: S608 - our own words
        return row

    async def left(self) -> list[tuple[ServiceId, Reason, int]]:
        found = await self.books.db.read(list_handovers, self.order)
        return [(one.service, one.reason, one.attempt) for one in found]


async def tied(books: Books, *rates: str, total: str = "1", **more: Any) -> Tied:
    """The first at 0.90 from accplanet, then at these rates from others."""
    rows = [(ACC, listed("a1")), (HSTOCK, listed("h1", rate=Decimal(rates[0]), **more))]
    rows += [(THIRD, listed("t1", rate=Decimal(rate))) for rate in rates[1:]]
    services = tuple([await books.stocks(row, supplier) for supplier, row in rows])
    await books.db.write(tie_services, BY, [one.id for one in services])
    order = await books.buys(service=services[0], total=total)
    return Tied(books, services, order)
