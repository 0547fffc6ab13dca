"""A supplier, its orders, numbers and shelf as the page draws them."""

from __future__ import annotations

from typing import Any, Final

from sandbox.page.stall import TITLES, Stall
from sandbox.suppliers import SupplierWorld
from sandbox.suppliers.numbers import SandboxNumber
from sandbox.suppliers.orders import SandboxOrder
from sandbox.suppliers.services import SandboxService, money_text
from sandbox.telegram.wire import unix

View = dict[str, Any]

OVER: Final = frozenset({"completed", "partial", "canceled"})
NUMBER_OVER: Final = frozenset({"completed", "expired", "canceled"})
_NEWEST: Final = 30
_SHELF: Final = 40


def stall_view(stall: Stall) -> View:
    """Everything about one supplier but its shelf."""
    world = stall.world
    orders, numbers = list(world.orders.values()), list(stall.numbers.values())
    return {
        "id": stall.name,
        "title": TITLES.get(stall.name, world.name),
        "url": stall.site.url,
        "up": stall.site.is_up,
        "key_ok": stall.knows_the_key,
        "pace": stall.pace,
        "balance": money_text(world.balance),
        "currency": world.currency,
        "armed": [stall.breakages()[breakage_id].label for breakage_id in stall.armed],
        "too_dear": _count_too_dear(world),
        "breakages": [
            {"id": breakage_id, "label": breakage.label, "hint": breakage.hint}
            for breakage_id, breakage in stall.breakages().items()
        ],
        "orders": [order_view(order) for order in reversed(orders[-_NEWEST:])],
        "orders_total": len(orders),
        "numbers": [number_view(number) for number in reversed(numbers[-_NEWEST:])],
        "services_total": len(world.services),
    }


def _count_too_dear(world: SupplierWorld) -> int:
    """How many services on the shelf cost more, for the least of them, than the wallet holds."""
    balance = world.balance
    shelf = (service for service in world.shelf() if service.stock)
    return sum(one.rate * one.min > balance * one.rate_per for one in shelf)


def order_view(order: SandboxOrder) -> View:
    """One order as it stands now."""
    stage = order.stage
    return {
        "id": str(order.id),
        "service": order.service.name,
        "quantity": order.quantity,
        "link": order.link,
        "status": stage.status,
        "delivered": stage.delivered,
        "cost": money_text(order.cost),
        "charge": money_text(order.charge),
        "at": unix(order.placed_at),
        "over": is_over(order),
        "steered": order.steered is not None,
    }


def is_over(order: SandboxOrder) -> bool:
    """Whether the supplier has said its last word."""
    return order.stage.status.lower() in OVER


def number_view(number: SandboxNumber) -> View:
    """One rented number as it stands now."""
    step = number.last_code
    return {
        "id": str(number.id),
        "phone": number.phone,
        "project": number.project.name,
        "country": number.project.country_title,
        "status": number.status,
        "code": step.code if step else None,
        "expires": unix(number.expires_at),
        "over": number.status in NUMBER_OVER,
    }


def shelf_view(stall: Stall, wanted: str) -> View:
    """The first services whose name or id has the words in it."""
    words = wanted.lower().split()
    found = [service for service in stall.world.services.values() if _has(service, words)]
    return {
        "services": [service_view(service) for service in found[:_SHELF]],
        "found": len(found),
    }


def service_view(service: SandboxService) -> View:
    """One row of the shelf."""
    return {
        "id": str(service.id),
        "name": service.name,
        "category": service.category,
        "rate": f"{service.rate:f}",
        "rate_per": service.rate_per,
        "stock": service.stock,
        "listed": service.listed,
    }


def _has(service: SandboxService, words: list[str]) -> bool:
    text = f"{service.id} {service.name} {service.category}".lower()
    return all(word in text for word in words)
