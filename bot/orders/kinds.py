"""What differs between kinds of order, one class a kind; numbers bring their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.base.basis import Basis
from bot.base.ids import CustomerId, OrderId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.base.topics import poll_topic
from bot.catalog.pricing import Pricing, expected_cost
from bot.catalog.rules import Offer, Service
from bot.db.tx import Tx
from bot.orders.rows import OrderRow
from bot.orders.rules.links import normal_link
from bot.orders.rules.networks import named_networks
from bot.orders.views import RentalView
from bot.suppliers.port import Accepted, MayLeave, Supplier
from bot.suppliers.words import Kind


@dataclass(frozen=True, slots=True)
class Submission:
    """A queued order claimed for sending; `phone` is the one that a number is to reuse.

    `claim` counts how often the order was claimed: whoever holds an older one writes nothing.
    `earlier` is how many attempts there were when it was.
    """

    order: OrderId
    supplier: SupplierName
    service: RemoteId
    quantity: int
    link: str
    kind: Kind
    tries: int
    queued_at: datetime
    attempt: int = 0
    phone: str = ""
    claim: int = 0
    earlier: int = 0


class OrderKind:
    """An ordinary kind: one order a purchase, sent with `add`, followed by its status.

    `goods_tell`: complete goods in the chat say all that is to be said of an end. `brings_goods`:
    it is complete only with as many goods as were ordered. `delivery_mark` begins its deliveries'
    keys.
    """

    kind = Kind.PRODUCT
    goods_tell = False
    brings_goods = False
    delivery_mark = "goods"

    def parts(self, quantity: int) -> int:
        """How many orders a purchase of so many units becomes."""
        return 1

    def link(self, typed: str, *names: str) -> str:
        """The link to send, from what was typed, for a service of these names. Raises BadLink."""
        return ""

    def total(self, pricing: Pricing, service: Service, quantity: int) -> Money:
        """What a quantity costs the customer."""
        return pricing.total(service.listed.rate, service.basis or 1, quantity)

    def cost(self, service: Service, basis: Basis, quantity: int) -> Money:
        """What the supplier should take for it."""
        return expected_cost(service.listed.rate, basis, quantity)

    def affordable(self, pricing: Pricing, offer: Offer, credit: Money) -> int:
        """The largest quantity that can be ordered at once and that `credit` covers."""
        service = offer.service
        most = service.span.most
        return pricing.affordable(service.listed.rate, service.basis or 1, credit, most)

    def reuse(self, quantity: int, earlier: OrderId | None) -> OrderId | None:
        """The earlier order whose number is to be rented again, where there are numbers."""
        return None

    def check_reuse(
        self, tx: Tx, customer: CustomerId, earlier: OrderId, service: ServiceId
    ) -> None:
        """Let the number of an earlier order be rented again. Raises NotYours."""

    def phone(self, tx: Tx, earlier: OrderId | None) -> str:
        """The number to rent again, unsealed; empty where there is none."""
        return ""

    async def submit(self, supplier: Supplier, sent: Submission, may_leave: MayLeave) -> Accepted:
        """Place the order, if it `may_leave` still. Raises as `Supplier.add` does."""
        return await supplier.add(sent.service, sent.quantity, sent.link, may_leave)

    async def ask(self, supplier: Supplier, remote: RemoteId) -> None:
        """Ask the supplier whether it knows this id. Raises SupplierError."""
        await supplier.status(remote)

    def start_polling(self, tx: Tx, order: OrderRow, answer: Accepted | None) -> datetime | None:
        """Begin to follow an order that its supplier has; when the poller of orders reads it.

        None where something else follows it. `answer` is None when an operator named the id.
        """
        tx.wake(poll_topic(order.supplier))
        return tx.now

    def number(self, tx: Tx, order: OrderRow) -> RentalView | None:
        """The rented number of an order for one."""
        return None


class ProductKind(OrderKind):
    """Accounts and the like, delivered into the chat."""

    kind = Kind.PRODUCT
    goods_tell = True
    brings_goods = True


class SocialKind(OrderKind):
    """Something done to a link; no goods pass through us."""

    kind = Kind.SOCIAL

    def link(self, typed: str, *names: str) -> str:
        """The link in its normal form, on the network that the closest of the names speaks of."""
        return normal_link(typed, named_networks(*names))


class Kinds:
    """Every kind of order the shop sells."""

    def __init__(self, kinds: Iterable[OrderKind]) -> None:
        self._kinds = {kind.kind: kind for kind in kinds}

    def __getitem__(self, kind: Kind) -> OrderKind:
        return self._kinds[kind]

    def __iter__(self) -> Iterator[OrderKind]:
        return iter(self._kinds.values())
