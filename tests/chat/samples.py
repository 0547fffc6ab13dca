"""What a shop might show, as values for its screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.base.basis import Basis
from bot.base.ids import CategoryId, OrderId, QuoteId, RemoteId, ServiceId
from bot.base.money import ZERO
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Offer, Service
from bot.catalog.shelf import Shelf
from bot.chat.facade import ShopProfile
from bot.orders.rules.moves import State
from bot.orders.views import OrderView, QuoteView
from bot.suppliers.words import CatalogRow, Kind
from tests.stored_shop import ACC, ALICE, usd

NOON = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
PRICING = Pricing(Decimal(0), usd("0.01"))
CATEGORIES = {
    CategoryId(1): Category(CategoryId(1), "Accounts", None),
    CategoryId(2): Category(CategoryId(2), "Mail", CategoryId(1)),
}
PROFILE = ShopProfile(
    shop_name="Kiosk",
    support_contact="@olga",
    topup_instructions="Pay olga in the shop.",
    quote_holds_for=timedelta(minutes=10),
)


def listed(name: str = "Gmail account", **changes: object) -> CatalogRow:
    row = CatalogRow(RemoteId("1"), name, "Accounts", "Mail", Decimal("3.33"), 1, 100, 100)
    return replace(row, **changes)  # type: ignore[arg-type] # the changes are the test's own


def service(number: int = 1, row: CatalogRow | None = None, **changes: object) -> Service:
    made = Service(
        id=ServiceId(number),
        supplier=ACC,
        listed=row or listed(),
        kind=Kind.PRODUCT,
        basis=1,
        category=CategoryId(2),
        read_at=NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type] # the changes are the test's own


def shelf(services: Iterable[Service]) -> Shelf:
    return Shelf(services, CATEGORIES, PRICING, {ACC: NOON})


def offer(one: Service | None = None, basis: Basis = 1) -> Offer:
    made = one or service(basis=basis)
    return shelf([made]).load_offer(made.id)


def order_view(**changes: object) -> OrderView:
    view = OrderView(
        id=OrderId(12),
        customer=ALICE,
        service=ServiceId(1),
        service_name="Gmail account",
        kind=Kind.PRODUCT,
        quantity=3,
        link="",
        total=usd("9.99"),
        captured=ZERO,
        released=ZERO,
        state=State.ACTIVE,
        reason=None,
        delivered=0,
        batches=0,
        created_at=NOON,
        finished_at=None,
        waiting_until=None,
        goods_kept=True,
    )
    return replace(view, **changes)  # type: ignore[arg-type] # the changes are the test's own


def quote_view(**changes: object) -> QuoteView:
    view = QuoteView(
        id=QuoteId(5),
        service=ServiceId(1),
        service_name="Gmail account",
        kind=Kind.PRODUCT,
        quantity=3,
        link="",
        unit_price=usd("3.33"),
        unit=1,
        total=usd("9.99"),
        cost=usd("8"),
        credit=usd("12.40"),
        expires_at=NOON + timedelta(minutes=10),
        order=None,
    )
    return replace(view, **changes)  # type: ignore[arg-type] # the changes are the test's own
