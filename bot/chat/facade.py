"""All that the chat may ask of the shop: a customer's chat, and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.base.clock import Clock
from bot.catalog.refresh import LoadShelf
from bot.catalog.search.find import Search
from bot.catalog.shelf import CurrentShelf
from bot.chat.pictures.show import ShowFigures
from bot.chat.translate import Translate
from bot.db.database import Database
from bot.desk.suppliers import ReportSuppliers
from bot.orders.claims.replace import Replace
from bot.orders.confirm.buy import Buy
from bot.orders.decide import Attach
from bot.orders.quantity import AskQuantity
from bot.orders.quote import AskQuote
from bot.people.customers import CustomerCache
from bot.people.texts.current import CurrentTexts
from bot.safety.prove import Audit


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """What the settings say and screens show, where the operator's own words do not say it."""

    shop_name: str
    support_contact: str
    topup_instructions: str
    quote_holds_for: timedelta


@dataclass(frozen=True, slots=True)
class Storefront:
    """The customer's side."""

    profile: ShopProfile
    clock: Clock
    shelf: CurrentShelf
    translate: Translate
    search: Search
    customer_cache: CustomerCache
    ask_quantity: AskQuantity
    ask_quote: AskQuote
    buy: Buy
    db: Database
    texts: CurrentTexts


@dataclass(frozen=True, slots=True)
class Desk:
    """The operator's side; what acts checks the operator's role in its own transaction."""

    clock: Clock
    db: Database
    attach: Attach
    report_suppliers: ReportSuppliers
    replace: Replace
    load_shelf: LoadShelf
    audit: Audit
    figures: ShowFigures
