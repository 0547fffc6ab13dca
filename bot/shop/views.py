"""What the shop shows of its rows: facts without words, one shape per screen that needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.acts import Role
from bot.domain.catalog import Kind
from bot.domain.errors import WhyNotForSale
from bot.domain.evidence import Finding
from bot.domain.ids import (
    CustomerId,
    OrderId,
    QuoteId,
    RemoteId,
    ServiceId,
    SupplierName,
    TransferId,
)
from bot.domain.ledger import TopupDecision, TransferKind, Wallet
from bot.domain.money import Money
from bot.domain.order import Outcome, Reason, State
from bot.domain.rental import RentalState
from bot.shop.notices import SupplierCause
from bot.shop.suppliers import Balance, Health


@dataclass(frozen=True, slots=True)
class Customer:
    """A person as last seen. `language` is the code the chat speaks with them.

    `role` is set for operators.
    """

    id: CustomerId
    first_name: str
    username: str
    language: str
    banned: bool
    created_at: datetime
    reachable: bool = True
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A locked price. `order` is set once it was used; `credit` is the free credit right now.

    `reuse` is an earlier order of the customer's whose `phone` is to be rented again.
    """

    id: QuoteId
    service: ServiceId
    service_name: str
    kind: Kind
    quantity: int
    link: str
    unit_price: Money
    unit: int
    total: Money
    credit: Money
    expires_at: datetime
    order: OrderId | None
    reuse: OrderId | None = None
    phone: str = ""

    @property
    def after(self) -> Money:
        """The free credit after the purchase; negative when it does not suffice."""
        return self.credit - self.total


@dataclass(frozen=True, slots=True)
class RentalView:
    """A rented number. `country` is its title; `phone` stands as it came, perhaps empty."""

    order: OrderId
    phone: str
    country: str
    state: RentalState
    rented_at: datetime
    expires_at: datetime
    codes: int

    @property
    def is_listening(self) -> bool:
        """Whether a code that comes now is still looked for in time."""
        return self.state in {RentalState.WAITING, RentalState.RECEIVED}


@dataclass(frozen=True, slots=True)
class UsedNumber:
    """A number's service and country that a customer rented before, to be offered first."""

    service: ServiceId
    service_name: str
    country: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its customer sees it.

    `released` is what came back, `captured` what was paid in the end, both zero while open.
    `batches` counts deliveries (numbered from 1), `delivered` the units in them.
    `may_have_left` stays set once an attempt was in doubt.
    `waiting_until` is set while the supplier cannot be reached: the end of our patience.
    `rental` is the rented number of an order for one, once it has come.
    """

    id: OrderId
    customer: CustomerId
    service: ServiceId
    service_name: str
    kind: Kind
    quantity: int
    link: str
    total: Money
    captured: Money
    released: Money
    state: State
    reason: Reason | None
    delivered: int
    batches: int
    created_at: datetime
    finished_at: datetime | None
    waiting_until: datetime | None
    goods_kept: bool
    may_have_left: bool = False
    rental: RentalView | None = None

    @property
    def can_be_canceled(self) -> bool:
        """Whether its customer may take it back: it waits here and never left for certain."""
        return self.state is State.QUEUED and not self.may_have_left


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a wallet; `amount` is positive when credit came in."""

    transfer: TransferId
    at: datetime
    kind: TransferKind
    amount: Money
    order: OrderId | None
    reason: str


@dataclass(frozen=True, slots=True)
class WalletView:
    """A customer's money and its last movements, newest first."""

    wallet: Wallet
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """One batch of delivered goods, unsealed."""

    order: OrderId
    batch: int
    service_name: str
    accounts: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A customer as the desk sees them."""

    customer: Customer
    wallet: Wallet
    orders: tuple[OrderView, ...]
    movements: tuple[Movement, ...]
    order_count: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One `add`, and what became of it."""

    number: int
    at: datetime
    by: str
    outcome: Outcome
    said: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The operator's balance at the supplier, read around an attempt."""

    at: datetime
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an order's history."""

    at: datetime
    state: State
    note: str
    actor: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """An order as the desk sees it: the whole history. `finding` only while it is in doubt."""

    order: OrderView
    customer: Customer
    supplier: SupplierName
    remote_service: RemoteId
    remote_order: RemoteId | None
    cost: Money
    charge: Decimal | None
    charge_currency: str
    finding: Finding | None
    attempts: tuple[Attempt, ...]
    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    answers: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A money command done: the free credit before and after. Not `fresh`: a repeat."""

    transfer: TransferId
    customer: Customer
    amount: Money
    before: Money
    after: Money
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class TopupRequest:
    """A customer's request for credit."""

    id: int
    customer: Customer
    amount: Money
    at: datetime
    decision: TopupDecision


@dataclass(frozen=True, slots=True)
class SupplierReport:
    """A supplier as the desk sees it. `pauses` are why new sales stop, empty when they go on."""

    name: SupplierName
    health: Health
    pauses: tuple[SupplierCause, ...]
    balance: Balance | None
    balance_at: datetime | None
    read_at: datetime | None
    on_sale: int
    hidden: tuple[tuple[WhyNotForSale, int], ...]
    basis_advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """From which copy a shop was restored, and when."""

    copied_at: datetime
    restored_at: datetime

    @property
    def mark(self) -> int:
        """Tells one restore from another; fits into a tap."""
        return int(self.restored_at.timestamp())


@dataclass(frozen=True, slots=True)
class Reopening:
    """A shop in safe mode; `waiting` orders would be parked by its end."""

    restored: Restored
    waiting: int
