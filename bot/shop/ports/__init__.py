"""The ports to what the shop remembers: each method is one whole transaction, done or not done."""

from bot.shop.ports.catalog import Kept, Shelves, Stored, SupplierState
from bot.shop.ports.credit import Books, MoneyOrder
from bot.shop.ports.desk import Decisions, DeskFilter, Records
from bot.shop.ports.numbers import DueNumber, Numbers, Rentals
from bot.shop.ports.people import Clock, Customers, Person
from bot.shop.ports.post import Alerts, Courier, Fate, Outbox, Outgoing, Receipt
from bot.shop.ports.safety import Safety
from bot.shop.ports.sales import Orders, Placed, Purchase, QuoteDraft, Quotes
from bot.shop.ports.translations import Translated, Translations, Turn
from bot.shop.ports.work import Due, Polls, Submission, Submissions

__all__ = [
    "Alerts",
    "Books",
    "Clock",
    "Courier",
    "Customers",
    "Decisions",
    "DeskFilter",
    "Due",
    "DueNumber",
    "Fate",
    "Kept",
    "MoneyOrder",
    "Numbers",
    "Orders",
    "Outbox",
    "Outgoing",
    "Person",
    "Placed",
    "Polls",
    "Purchase",
    "QuoteDraft",
    "Quotes",
    "Receipt",
    "Records",
    "Rentals",
    "Safety",
    "Shelves",
    "Stored",
    "Submission",
    "Submissions",
    "SupplierState",
    "Translated",
    "Translations",
    "Turn",
]
