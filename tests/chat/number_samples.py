"""Numbers for codes as a shop might show them, as values for its screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.base.ids import OrderId
from bot.base.quantity import Span
from bot.catalog.projects import Project, collect_projects
from bot.catalog.rules import Offer
from bot.orders.views import OrderView, QuoteView, RentalState, RentalView
from bot.suppliers.words import MOST_NUMBERS, Kind, NumberId
from tests.chat.samples import NOON, listed, offer, order_view, quote_view, service
from tests.stored_shop import usd

PHONE: Final = "+15550100001"
SPAN: Final = Span(1, MOST_NUMBERS)


def number_offer(number: int, name: str, country: str, price: str = "0.50") -> Offer:
    row = listed(
        name,
        remote_id=NumberId(str(number), "us").remote_id,
        category="SMS",
        subcategory=country,
        rate=usd(price).decimal,
        most=MOST_NUMBERS,
        stock=None,
        type="sms",
    )
    return offer(service(number, row, kind=Kind.NUMBER))


def whatsapp() -> Project:
    offers = [
        number_offer(1, "WhatsApp", "United States", "0.60"),
        number_offer(2, "WhatsApp", "Germany", "0.90"),
        number_offer(3, "WhatsApp", "India", "0.20"),
    ]
    return collect_projects(offers).rows[0]


def rental(**changes: object) -> RentalView:
    view = RentalView(
        order=OrderId(12),
        phone=PHONE,
        country="United States",
        state=RentalState.WAITING,
        rented_at=NOON,
        expires_at=NOON + timedelta(minutes=20),
        codes=0,
    )
    return replace(view, **changes)  # type: ignore[arg-type] # the changes are the test's own


def number(**changes: object) -> OrderView:
    usual: dict[str, object] = {
        "service_name": "WhatsApp",
        "kind": Kind.NUMBER,
        "quantity": 1,
        "total": usd("0.60"),
        "rental": rental(),
    }
    return order_view(**(usual | changes))


def number_quote(**changes: object) -> QuoteView:
    usual: dict[str, object] = {
        "service_name": "WhatsApp",
        "kind": Kind.NUMBER,
        "quantity": 1,
        "unit_price": usd("0.60"),
        "total": usd("0.60"),
    }
    return quote_view(**(usual | changes))
