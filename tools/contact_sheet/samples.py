"""What a small shop might show, as facts for its screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from bot.base.clock import SystemClock
from bot.base.ids import (
    CategoryId,
    CustomerId,
    OrderId,
    QuoteId,
    RemoteId,
    ServiceId,
    SupplierName,
)
from bot.base.money import ZERO, Money, parse_money
from bot.catalog.places.tree import Category
from bot.catalog.pricing import Pricing
from bot.catalog.projects import Project, collect_projects
from bot.catalog.rules import Offer, Service
from bot.catalog.shelf import Shelf
from bot.chat.facade import ShopProfile
from bot.chat.kit.locale import Locale
from bot.i18n.countries import country_code, country_name, with_flag
from bot.orders.rules.moves import State
from bot.orders.views import OrderView, QuoteView, RentalState, RentalView
from bot.people.customers import Customer
from bot.suppliers.words import MOST_NUMBERS, CatalogRow, Kind, NumberId

NOW: Final = SystemClock().now().replace(microsecond=0)
"""Clients show what is near as so many minutes ago, so the facts are of this very moment."""
SUPPLIER: Final = SupplierName("accplanet")
LINK: Final = "https://instagram.com/p/CxY12abcd/"
SHARE: Final = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fkiosk_bot%3Fstart%3Ds_1"
PHONE: Final = "+4915550100001"
PROFILE: Final = ShopProfile(
    shop_name="Kiosk",
    support_contact="@olga",
    topup_instructions="Send USDT (TRC-20) to TQ7f…9Lk2, then ask here for the same amount.",
    quote_holds_for=timedelta(minutes=10),
)
ALICE: Final = Customer(
    id=CustomerId(501),
    first_name="Alice",
    username="alice",
    language="en",
    banned=False,
    reachable=True,
    created_at=NOW - timedelta(days=3),
)
CATEGORIES: Final = {
    CategoryId(number): Category(CategoryId(number), name, CategoryId(above) if above else None)
    for number, name, above in (
        (1, "Accounts", None),
        (2, "Google / Gmail / YouTube", 1),
        (3, "Telegram", None),
        (4, "Instagram", None),
        (5, "Subscriptions", None),
        (6, "Facebook Ads Manager", 1),
        (7, "SMS", None),
    )
}
_PRICING: Final = Pricing(Decimal(0), parse_money("0.01"))
_DESCRIPTION: Final = (
    "<p>Registered by hand, phone confirmed.</p><ul><li>Age: 2 years</li><li>Recovery mail "
    "included</li></ul><p>Please change the password after the first login.</p>"
)
_COUNTRIES: Final = (
    ("Germany", "de", "0.9"),
    ("India", "in", "0.2"),
    ("United States", "us", "0.6"),
    ("United Kingdom", "gb", "0.75"),
    ("Indonesia", "id", "0.18"),
    ("Saudi Arabia", "sa", "1.4"),
    ("Bosnia and Herzegovina", "ba", "1.1"),
)


def usd(amount: str) -> Money:
    """An amount as a person types it."""
    return parse_money(amount)


def service(number: int = 1, name: str = "Gmail account, 2 years old", **listed: Any) -> Service:
    """Something on sale; `kind` and `hidden` are the service's own, the rest is listed."""
    own = {key: listed.pop(key) for key in ("kind", "hidden") if key in listed}
    row = CatalogRow(
        RemoteId(str(number)), name, "Accounts", "Mail", Decimal("3.33"), 1, 100, 1240,
        _DESCRIPTION, auto_delivery=True,
    )  # fmt: skip
    made = Service(
        id=ServiceId(number),
        supplier=SUPPLIER,
        listed=replace(row, **listed),
        kind=Kind.PRODUCT,
        basis=1,
        category=CategoryId(2),
        read_at=NOW - timedelta(minutes=1),
    )
    return replace(made, **own)


def accounts() -> list[Service]:
    """What stands in one category: cheap and dear, on sale and sold out, short and long names."""
    return [
        service(),
        service(2, "Gmail account, new", rate=Decimal("0.8"), stock=12),
        service(3, "YouTube channel with 1,000 subscribers", rate=Decimal("49.9"), stock=3),
        service(
            4,
            "Google Ads account, verified for advertisers in the European Union",
            rate=Decimal("120"),
        ),
        service(5, "Google Voice number", rate=Decimal(4), stock=0),
    ]


def shelf(*more: Service) -> Shelf:
    """A shelf with these besides the accounts."""
    return Shelf([*accounts(), *more], CATEGORIES, _PRICING, {SUPPLIER: NOW})


def offer(one: Service) -> Offer:
    """The same with its price, sold out or not."""
    found = shelf(one).find_shown(one.id)
    if found is None:
        message = f"{one.listed.name} is not shown"
        raise LookupError(message)
    return found


def numbers(_: Locale) -> Project:
    """Numbers for WhatsApp in several countries, by their names in this language."""
    rows = []
    for at, (title, country, price) in enumerate(_COUNTRIES):
        shown = with_flag(country_name(title, country, _.code), country_code(title, country))
        listed = {
            "remote_id": NumberId("1", country).remote_id,
            "category": "SMS",
            "subcategory": shown,
            "rate": Decimal(price),
            "most": MOST_NUMBERS,
            "stock": None if at != 1 else 0,
            "type": "sms",
        }
        made = service(100 + at, "WhatsApp", kind=Kind.NUMBER, **listed)
        rows.append(offer(replace(made, category=CategoryId(7))))
    return collect_projects(rows).rows[0]


def country(_: Locale, title: str = "Germany", code: str = "de") -> str:
    """A country with its flag, as this reader calls it."""
    return with_flag(country_name(title, code, _.code), country_code(title, code))


def quote(**changes: Any) -> QuoteView:
    """A locked price for three accounts."""
    view = QuoteView(
        id=QuoteId(5),
        service=ServiceId(1),
        service_name="Gmail account, 2 years old",
        kind=Kind.PRODUCT,
        quantity=3,
        link="",
        unit_price=usd("3.33"),
        unit=1,
        total=usd("9.99"),
        cost=usd("8"),
        credit=usd("12.40"),
        expires_at=NOW + timedelta(minutes=10),
        order=None,
    )
    return replace(view, **changes)


def order(**changes: Any) -> OrderView:
    """An order of three accounts that is under way."""
    view = OrderView(
        id=OrderId(12),
        customer=ALICE.id,
        service=ServiceId(1),
        service_name="Gmail account, 2 years old",
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
        created_at=NOW - timedelta(minutes=3),
        finished_at=None,
        waiting_until=None,
        goods_kept=changes.get("batches", 0) > 0,
    )
    return replace(view, **changes)


def ended(state: State, paid: str, **changes: Any) -> OrderView:
    """An order that came to its end, for which so much was paid; the rest came back."""
    captured = usd(paid)
    back = usd("9.99") - captured
    more = {"state": state, "captured": captured, "released": back, "finished_at": NOW}
    return order(**more, **changes)


def rented(_: Locale, standing: RentalState, **changes: Any) -> OrderView:
    """An order for one number that stands so."""
    rental = RentalView(
        order=OrderId(12),
        phone=PHONE,
        country=country(_),
        state=standing,
        rented_at=NOW - timedelta(minutes=3),
        expires_at=NOW + timedelta(minutes=17),
        codes=int(standing in {RentalState.RECEIVED, RentalState.CLOSED}),
    )
    usual = {"service_name": "WhatsApp", "kind": Kind.NUMBER, "quantity": 1, "total": usd("0.9")}
    return order(**{**usual, "rental": rental, **changes})
