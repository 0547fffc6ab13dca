"""A pretend supplier in memory: its shelf, wallet and orders, and all that was asked of it."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import count
from typing import ClassVar

from aiohttp import web

from sandbox.clock import Now
from sandbox.suppliers.answers import Answer, Params, Received
from sandbox.suppliers.faults import Faults
from sandbox.suppliers.listing import categories_of, matching, page_of
from sandbox.suppliers.orders import SandboxOrder
from sandbox.suppliers.refusals import (
    INVALID_ACTION,
    INVALID_KEY,
    ORDER_NOT_FOUND,
    SERVICE_NOT_FOUND,
    SERVICE_REQUIRED,
    Refusal,
)
from sandbox.suppliers.server import supplier_app
from sandbox.suppliers.services import SandboxService, money_text
from sandbox.suppliers.till import check_on_sale, load_quantity
from sandbox.suppliers.timelines import Timeline, completes, pending_then_completes, rewritten

Action = Callable[[Params], object]


class SupplierWorld(ABC):
    """One supplier. Tests read and change its attributes between requests as they please."""

    name: ClassVar[str]
    no_funds: ClassVar[str]
    key_fields: ClassVar[tuple[str, ...]] = ("key",)
    adding: ClassVar[frozenset[str]] = frozenset({"add"})

    def __init__(
        self,
        *,
        now: Now,
        key: str = "sandbox-key",
        services: Iterable[SandboxService] = (),
        balance: Decimal = Decimal("100.00"),
    ) -> None:
        self.now = now
        self.key = key
        self.currency = "USD"
        self.services = {str(service.id): service for service in services}
        self.orders: dict[str, SandboxOrder] = {}
        self.received: list[Received] = []
        self.faults = Faults()
        self.default_timeline: Timeline = completes(5)
        self.by_hand_timeline: Timeline = pending_then_completes(20, 90)
        self.refusal_status = 400
        self.wrong_key_status = 401
        self.accepted_status = 200
        self._topped_up = balance
        self._ids = count()
        self._planned: deque[tuple[Timeline, Sequence[str]]] = deque()

    # The wallet is what was paid in less what the orders cost as they stand now, so that
    # a cancel gives the money back the moment it happens and however often it is looked at.
    @property
    def balance(self) -> Decimal:
        """What the operator's wallet at the supplier holds now."""
        return self._topped_up - self.spent

    @balance.setter
    def balance(self, amount: Decimal) -> None:
        self._topped_up = amount + self.spent

    @property
    def spent(self) -> Decimal:
        """What the supplier has kept so far."""
        return sum((order.charge for order in self.orders.values()), Decimal(0))

    @property
    def adds_received(self) -> int:
        """How many buying requests arrived, whatever became of them."""
        return sum(received.action in self.adding for received in self.received)

    @property
    def orders_placed(self) -> int:
        """How many orders really exist here, told of or not."""
        return len(self.orders)

    @property
    def last_order(self) -> SandboxOrder:
        """The newest order."""
        return list(self.orders.values())[-1]

    def put(self, service: SandboxService) -> SandboxService:
        """Put a service on the shelf, in the place of one with the same id."""
        self.services[str(service.id)] = service
        return service

    def plan(self, timeline: Timeline, accounts: Sequence[str] = ()) -> None:
        """Decide what becomes of the next order; calls queue up, one for each order."""
        self._planned.append((timeline, accounts))

    def received_of(self, action: str) -> list[Received]:
        """List the requests of one action."""
        return [received for received in self.received if received.action == action]

    def app(self) -> web.Application:
        """Build the server: `POST /api/v2`."""
        return supplier_app(self)

    def answer(self, received: Received) -> Answer:
        """Do what is asked and answer as the supplier does."""
        try:
            reply = self._act(received)
        except Refusal as no:
            return Answer.of({"error": no.said}, status=no.status or self.refusal_status)
        accepted = received.action == "add"
        return Answer.of(reply, status=self.accepted_status if accepted else 200)

    def _act(self, received: Received) -> object:
        if received.key != self.key:
            raise Refusal(INVALID_KEY, status=self.wrong_key_status)
        action = self.actions().get(received.action)
        if action is None:
            raise Refusal(INVALID_ACTION)
        return action(received.params)

    def actions(self) -> dict[str, Action]:
        """The actions of the supplier's page, by name."""
        return {
            "categories": self.list_categories,
            "services": self.list_services,
            "inventory": self.tell_inventory,
            "add": self.take_order,
            "status": self.tell_status,
            "balance": self.tell_balance,
        }

    def shelf(self) -> list[SandboxService]:
        """The services that the supplier lists."""
        return [service for service in self.services.values() if service.listed]

    def list_categories(self, _params: Params) -> object:
        """Source: both pages, "Get Categories"."""
        return {"categories": categories_of(self.shelf())}

    def list_services(self, params: Params) -> object:
        """Source: both pages, "Services List"."""
        found = self.filtered(self.shelf(), params)
        page = page_of(found, params)
        return {
            "services": [self.service_row(service, params) for service in page.services],
            "total": page.total,
            "page": page.number,
            "limit": self.limit_told(page.limit, page.total),
            "total_pages": page.total_pages,
        }

    def filtered(self, shelf: Sequence[SandboxService], params: Params) -> list[SandboxService]:
        """Keep what the filters ask for."""
        return matching(shelf, params)

    def limit_told(self, limit: int, _total: int) -> int:
        """The `limit` in the answer."""
        return limit

    def tell_inventory(self, params: Params) -> object:
        """Source: both pages, "Check Inventory"."""
        service = self.load_service(params)
        return {"service": service.id, "stock": service.stock, "available": service.available}

    def tell_balance(self, _params: Params) -> object:
        """Source: both pages, "Balance"."""
        return {"balance": money_text(self.balance), "currency": self.currency}

    def tell_status(self, params: Params) -> object:
        """Source: both pages, "Order Status"."""
        order = self.orders.get(params.get("order", ""))
        if order is None:
            raise Refusal(ORDER_NOT_FOUND)
        return rewritten(self.status_reply(order), order.stage.override)

    def load_service(self, params: Params) -> SandboxService:
        """Find the service that the parameters name; refuses when there is none."""
        asked = params.get("service", "").strip()
        if not asked:
            raise Refusal(SERVICE_REQUIRED)
        if asked not in self.services:
            raise Refusal(SERVICE_NOT_FOUND)
        return self.services[asked]

    def take_order(self, params: Params) -> object:
        """Source: both pages, "Add Order"."""
        service = self.load_service(params)
        check_on_sale(service)
        quantity = load_quantity(service, params.get("quantity", self.default_quantity()))
        self.check_link(service, params)
        cost = service.cost(quantity)
        if cost > self.balance:
            raise Refusal(self.no_funds)
        order = self._place(service, quantity, params.get("link", ""), cost)
        return {"order": order.id}

    def _place(
        self, service: SandboxService, quantity: int, link: str, cost: Decimal
    ) -> SandboxOrder:
        timeline, accounts = self._plan_for(service)
        order = SandboxOrder(
            id=self.next_id(),
            service=service,
            quantity=quantity,
            link=link,
            placed_at=self.now(),
            cost=cost,
            timeline=timeline(quantity),
            now=self.now,
            accounts=accounts,
        )
        service.stock -= quantity
        self.orders[str(order.id)] = order
        return order

    def _plan_for(self, service: SandboxService) -> tuple[Timeline, Sequence[str]]:
        if self._planned:
            return self._planned.popleft()
        return (self.default_timeline if service.auto_delivery else self.by_hand_timeline), ()

    @abstractmethod
    def default_quantity(self) -> str | None:
        """The quantity of an `add` that names none; None when it has to name one."""

    @abstractmethod
    def check_link(self, service: SandboxService, params: Params) -> None:
        """Refuse an order without the link that it needs."""

    @abstractmethod
    def next_id(self) -> int | str:
        """An id that no order has had yet."""

    @abstractmethod
    def service_row(self, service: SandboxService, params: Params) -> dict[str, object]:
        """One row of `services`."""

    @abstractmethod
    def status_reply(self, order: SandboxOrder) -> dict[str, object]:
        """The answer to `status`, before a stage overrides fields of it."""
