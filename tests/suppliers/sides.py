"""Both sides of the contract: the supplier in memory, and the real one over a pretend server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Final, Protocol

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import InDoubt, Malformed, RefusalKind, Refused, Throttled
from bot.suppliers.port import Supplier
from bot.suppliers.words import CatalogRow, NumberId
from sandbox.serving import Served
from sandbox.suppliers import HstockPlusWorld, SupplierWorld
from sandbox.suppliers.numbers import SandboxNumber, SmsProject
from sandbox.suppliers.orders import SandboxOrder
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.wire_faults import html_page, lost_reply, throttle
from tests.suppliers.fake import FakeSupplier

MAIL, TELEGRAM = RemoteId("10042"), NumberId("65f1", "ke")
ORDERING: Final = frozenset({"add", "rent"})
_ABOUT: Final = {
    RefusalKind.BAD_KEY: "the key",
    RefusalKind.EMPTY_WALLET: "the wallet",
    RefusalKind.OUT_OF_STOCK: "the stock",
}


def about(no: Refused) -> str:
    """What a refusal is about, as the shop sees it."""
    return _ABOUT.get(no.kind, "nothing special")


class Side(Protocol):
    """A supplier behind the port, and what a test may do behind it."""

    @property
    def supplier(self) -> Supplier: ...
    def sells_mail(self, stock: int = 10, least: int = 1) -> None: ...
    def rents_telegram(self) -> None: ...
    def has_money(self, amount: str) -> None: ...
    def takes_no_key(self) -> None: ...
    async def goes_down(self) -> None: ...
    def loses_the_answer(self, verb: str) -> None: ...
    def talks_nonsense(self, verb: str) -> None: ...
    def asks_to_wait(self, verb: str, seconds: int) -> None: ...
    def delivers(self, order: RemoteId, *accounts: str) -> None: ...
    def stops(self, order: RemoteId, *accounts: str) -> None: ...
    def calls_off(self, order: RemoteId) -> None: ...
    def says(self, order: RemoteId, status: str) -> None: ...
    def texts(self, number: RemoteId, code: str) -> None: ...
    def ends(self, number: RemoteId, status: str) -> None: ...


@dataclass
class InMemory:
    """The fake."""

    supplier: FakeSupplier

    def sells_mail(self, stock: int = 10, least: int = 1) -> None:
        row = CatalogRow(MAIL, "Mailbox", "Mail", "", Decimal("0.50"), least, 20, stock)
        self.supplier.sells(row)

    def rents_telegram(self) -> None:
        remote = TELEGRAM.remote_id
        self.supplier.rents_numbers = True
        row = CatalogRow(remote, "Telegram", "SMS", "Kenya", Decimal("0.30"), 1, 10, None)
        self.supplier.sells(row)

    def has_money(self, amount: str) -> None:
        self.supplier.paid_in = Decimal(amount)

    def takes_no_key(self) -> None:
        self.supplier.knows_key = False

    async def goes_down(self) -> None:
        self.supplier.is_up = False

    def loses_the_answer(self, verb: str) -> None:
        lost = InDoubt("lost") if verb in ORDERING else Malformed("lost")
        self.supplier.fails(verb, lost)

    def talks_nonsense(self, verb: str) -> None:
        self.loses_the_answer(verb)

    def asks_to_wait(self, verb: str, seconds: int) -> None:
        self.supplier.fails(verb, Throttled(timedelta(seconds=seconds)))

    def delivers(self, order: RemoteId, *accounts: str) -> None:
        self.supplier.orders[order].delivers(*accounts)

    def stops(self, order: RemoteId, *accounts: str) -> None:
        self.supplier.orders[order].stops(*accounts)

    def calls_off(self, order: RemoteId) -> None:
        self.supplier.orders[order].calls_off()

    def says(self, order: RemoteId, status: str) -> None:
        self.supplier.orders[order].status = status

    def texts(self, number: RemoteId, code: str) -> None:
        self.supplier.numbers[number].texts(code)

    def ends(self, number: RemoteId, status: str) -> None:
        self.supplier.numbers[number].ends(status)


ACTIONS: Final = {
    "rent": "add_sms",
    "number_status": "sms_status",
    "number_code": "sms_code",
    "list_services": "services",
    "stock": "inventory",
}
"""What the wire calls a verb, where the names differ."""


@dataclass
class OverTheWire:
    """The real adapter, over HTTP to a pretend server."""

    supplier: ApiV2
    world: SupplierWorld
    site: Served = field(repr=False)

    def sells_mail(self, stock: int = 10, least: int = 1) -> None:
        self.world.put(
            SandboxService(
                id=int(MAIL),
                name="Mailbox",
                rate=Decimal("0.50"),
                category="Mail",
                min=least,
                max=20,
                stock=stock,
            )
        )

    def rents_telegram(self) -> None:
        project = SmsProject(
            project_id=TELEGRAM.project,
            name="Telegram",
            price=Decimal("0.30"),
            country_id=TELEGRAM.country,
            country_title="Kenya",
        )
        self._numbers().projects.append(project)

    def has_money(self, amount: str) -> None:
        self.world.balance = Decimal(amount)

    def takes_no_key(self) -> None:
        self.world.key = "another"

    async def goes_down(self) -> None:
        await self.site.go_down()

    def loses_the_answer(self, verb: str) -> None:
        self.world.faults.next(ACTIONS.get(verb, verb), lost_reply())

    def talks_nonsense(self, verb: str) -> None:
        self.world.faults.next(ACTIONS.get(verb, verb), html_page())

    def asks_to_wait(self, verb: str, seconds: int) -> None:
        self.world.faults.next(ACTIONS.get(verb, verb), throttle(str(seconds)))

    def delivers(self, order: RemoteId, *accounts: str) -> None:
        self._order(order).accounts = accounts
        self._order(order).complete()

    def stops(self, order: RemoteId, *accounts: str) -> None:
        self._order(order).accounts = accounts
        self._order(order).partial(len(accounts))

    def calls_off(self, order: RemoteId) -> None:
        self._order(order).cancel()

    def says(self, order: RemoteId, status: str) -> None:
        self._order(order).says(status)

    def texts(self, number: RemoteId, code: str) -> None:
        self._number(number).give_code(code)

    def ends(self, number: RemoteId, status: str) -> None:
        act = {"canceled": SandboxNumber.cancel}.get(status, SandboxNumber.expire)
        act(self._number(number))

    def _order(self, order: RemoteId) -> SandboxOrder:
        return self.world.orders[order]

    def _number(self, order: RemoteId) -> SandboxNumber:
        return self._numbers().numbers[order]

    def _numbers(self) -> HstockPlusWorld:
        assert isinstance(self.world, HstockPlusWorld)
        return self.world
