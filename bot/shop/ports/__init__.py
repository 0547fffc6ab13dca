"""What use-cases and transactions hand to each other."""

from bot.shop.ports.catalog import Kept, Stored, SupplierState
from bot.shop.ports.credit import MoneyOrder
from bot.shop.ports.desk import DeskFilter
from bot.shop.ports.numbers import DueNumber
from bot.shop.ports.people import Person
from bot.shop.ports.post import Fate, Outgoing, Receipt
from bot.shop.ports.sales import Placed, Purchase, QuoteDraft
from bot.shop.ports.translations import Translated, Turn
from bot.shop.ports.work import Due, Submission

__all__ = [
    "DeskFilter",
    "Due",
    "DueNumber",
    "Fate",
    "Kept",
    "MoneyOrder",
    "Outgoing",
    "Person",
    "Placed",
    "Purchase",
    "QuoteDraft",
    "Receipt",
    "Stored",
    "Submission",
    "SupplierState",
    "Translated",
    "Turn",
]
