"""The pretend AccPlanet: accounts by the piece, 24-hex order ids, names in many languages."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar

from sandbox.clock import Now
from sandbox.suppliers.answers import Params
from sandbox.suppliers.languages import primary_language
from sandbox.suppliers.listing import check_filters, matching
from sandbox.suppliers.orders import SandboxOrder
from sandbox.suppliers.refusals import NO_FUNDS_ACCPLANET, SERVICE_NOT_FOUND, Refusal
from sandbox.suppliers.services import SandboxService, money_text
from sandbox.suppliers.world import SupplierWorld

_FIRST_OBJECT_ID = 0x665F1A2B3C4D5E6F70000001


class AccPlanetWorld(SupplierWorld):
    """Source: AccPlanet API v2. A wrong key is a 401, any other refusal a 400, an order a 201."""

    name: ClassVar[str] = "ACCPLANET"
    key_fields: ClassVar[tuple[str, ...]] = ("key", "apikey")
    no_funds: ClassVar[str] = NO_FUNDS_ACCPLANET

    def __init__(
        self,
        *,
        now: Now,
        key: str = "sandbox-accplanet-key",
        services: Iterable[SandboxService] = (),
        balance: Decimal = Decimal("100.00"),
    ) -> None:
        super().__init__(now=now, key=key, services=services, balance=balance)
        self.accepted_status = 201

    def default_quantity(self) -> str:
        """One."""
        return "1"

    def check_link(self, service: SandboxService, params: Params) -> None:
        """A link is accepted and means nothing."""

    def next_id(self) -> str:
        """A MongoDB ObjectId."""
        return f"{_FIRST_OBJECT_ID + next(self._ids):024x}"

    def filtered(self, shelf: Sequence[SandboxService], params: Params) -> list[SandboxService]:
        """Names are English whatever the language; `service` fetches one by its id."""
        check_filters(shelf, params)
        found = matching(shelf, params)
        asked = params.get("service", "").strip()
        if not asked:
            return found
        if asked not in {str(service.id) for service in shelf}:
            raise Refusal(SERVICE_NOT_FOUND)
        return [service for service in found if str(service.id) == asked]

    def service_row(self, service: SandboxService, params: Params) -> dict[str, object]:
        """Source: AccPlanet API v2, "Services List"."""
        words = service.words(primary_language(params.get("language", "en")))
        return {
            "service": service.id,
            "name": words["name"],
            "description": words["description"],
            "type": service.type,
            "category": words["category"],
            "subcategory": words["subcategory"],
            "rate": f"{service.rate:f}",
            "min": service.min,
            "max": service.max,
            "refill": service.refill,
            "cancel": service.cancel,
            "stock": service.stock,
            "entityType": service.entity_type,
            "autoDelivery": service.auto_delivery,
            **service.extra,
        }

    def tell_inventory(self, params: Params) -> object:
        """Source: AccPlanet API v2, "Check Inventory"."""
        service = self.load_service(params)
        return {
            "service": service.id,
            "stock": service.stock,
            "available": service.available,
            "entityType": service.entity_type,
            "autoDelivery": service.auto_delivery,
        }

    def status_reply(self, order: SandboxOrder) -> dict[str, object]:
        """Source: AccPlanet API v2, "Order Status"; `start_count` is the quantity ordered."""
        reply: dict[str, object] = {
            "status": order.stage.status,
            "charge": money_text(order.charge),
            "start_count": order.quantity,
            "remains": order.remains,
            "delivered_units": order.stage.delivered,
            "currency": self.currency,
            "autoDelivery": order.service.auto_delivery,
            "entityType": order.service.entity_type,
        }
        return reply | ({"accounts": order.shown_accounts} if order.stage.shown else {})
