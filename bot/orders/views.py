"""What the shop shows of its orders: facts without words, one shape per screen that needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.base.ids import CustomerId, OrderId, QuoteId, ServiceId
from bot.base.money import ZERO, Money
from bot.orders.rules.claims import ClaimReason, ClaimState, Units
from bot.orders.rules.moves import Reason, State
from bot.suppliers.words import Kind


class RentalState(StrEnum):
    """Where a rented number stands."""

    WAITING = "waiting"
    RECEIVED = "received"
    EXPIRED = "expired"
    CANCELED = "canceled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A locked price. `order` is set once it was used; `credit` is the free credit right now.

    `cost` is what the supplier should have taken when it was made.

    `reuse` is an earlier order of the customer's whose `phone` is to be rented again.
    `listed_name` is the English name where `service_name` was translated.
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
    cost: Money
    credit: Money
    expires_at: datetime
    order: OrderId | None
    reuse: OrderId | None = None
    phone: str = ""
    listed_name: str = ""

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
class ClaimSummary:
    """The newest claim about an order, as its card shows it."""

    id: int
    reason: ClaimReason
    pieces: Units
    state: ClaimState
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its customer sees it.

    `released` is what came back, `captured` what was paid in the end, both zero while open.
    `batches` counts deliveries (numbered from 1), `delivered` the units in them.
    `may_have_left` stays set once an attempt was in doubt.
    `waiting_until` is set while the supplier cannot be reached: the end of our patience.
    `rental` is the rented number of an order for one, once it has come.
    `listed_name` is the English name where `service_name` was translated.
    `refunded` is what of `captured` went back later. `replaces` is the order in whose place the
    shop sent this one for nothing. `claim` is the newest one about it. `card` is the message that
    shows it in its customer's chat; it says nothing of the order itself.
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
    listed_name: str = ""
    refunded: Money = ZERO
    replaces: OrderId | None = None
    claim: ClaimSummary | None = None
    card: int | None = field(default=None, compare=False)

    @property
    def is_calibration(self) -> bool:
        """Whether an operator placed it to find out what a rate is for, at no price."""
        return not self.total and self.replaces is None


@dataclass(frozen=True, slots=True)
class Goods:
    """One batch of delivered goods, unsealed; `replaces` as of their order."""

    order: OrderId
    batch: int
    service_name: str
    accounts: tuple[str, ...]
    at: datetime
    replaces: OrderId | None = None
