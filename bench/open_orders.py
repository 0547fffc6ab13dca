"""A stored shop with so many orders under way, and the supplier that works on them for ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from sqlalchemy import delete

from bench.ground import REMOTE, SUPPLIER, Books, opened_books
from bot.base.ids import CustomerId, RemoteId
from bot.db.tx import Tx
from bot.orders import attempts, place, submit
from bot.orders.place import Purchase
from bot.orders.quote import create_quote
from bot.outbox.tables import outbox
from bot.suppliers.port import Accepted
from sandbox.clock import wall_clock
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers.orders import SandboxOrder
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.timelines import never

_CUSTOMERS: Final = 500
_AT_ONCE: Final = 20
_FIRST_ID: Final = 1_000_000
_RICHES: Final = Decimal(1_000_000)


@dataclass(slots=True)
class TurnedClock:
    """A clock that stands still until somebody turns it on."""

    at: datetime

    def now(self) -> datetime:
        """What it shows."""
        return self.at

    def turn(self, span: timedelta) -> None:
        """Let so much time pass."""
        self.at += span


@dataclass(frozen=True, slots=True)
class OpenOrders:
    """So many orders of up to 500 customers, one placed after the other between two ages."""

    many: int
    oldest: timedelta
    youngest: timedelta

    async def store(self, file: Path, key: str) -> None:
        """Make a shop's database with them, its goods sealed with `key`."""
        clock, customers = TurnedClock(wall_clock() - self.oldest), min(self.many, _CUSTOMERS)
        async with opened_books(file, customers, clock, key) as books:
            for first in range(0, self.many, _AT_ONCE):
                await books.db.write(_place, books, range(first, first + _AT_ONCE), customers)
                clock.turn((self.oldest - self.youngest) * _AT_ONCE / self.many)
            await books.db.write(_forget_cards)

    def supplier(self) -> AccPlanetWorld:
        """The supplier that has taken them, and never finishes one."""
        service = SandboxService(
            id=int(REMOTE), name="Aged account", rate=Decimal("0.10"), category="Social", stock=10
        )
        world = AccPlanetWorld(now=wall_clock, services=[service], balance=_RICHES)
        world.orders = {
            str(_FIRST_ID + nth): self._at_supplier(_FIRST_ID + nth, service)
            for nth in range(self.many)
        }
        return world

    def _at_supplier(self, order: int, service: SandboxService) -> SandboxOrder:
        return SandboxOrder(
            id=order,
            service=service,
            quantity=1,
            link="",
            placed_at=wall_clock() - self.youngest,
            cost=service.rate,
            timeline=never()(1),
            now=wall_clock,
        )


def _place(tx: Tx, books: Books, numbers: Iterable[int], customers: int) -> None:
    """Some orders, each from its quote to the supplier's answer, at one moment."""
    for nth in numbers:
        customer, remote = CustomerId(nth % customers + 1), RemoteId(str(_FIRST_ID + nth))
        quote = create_quote(tx, books.draft(customer))
        place.place(tx, Purchase(customer, quote.id))
        claimed = submit.claim(tx, SUPPLIER)
        begun = claimed and attempts.begin(tx, claimed, None)
        if begun is None:
            raise LookupError(remote)
        attempts.accepted(tx, begun, Accepted(remote, ""))


def _forget_cards(tx: Tx) -> None:
    """Nobody has a card that could be edited."""
    tx.execute(delete(outbox))
