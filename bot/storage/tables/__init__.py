"""The tables as today's code uses them; how a database comes to have them is in `migrations/`."""

from bot.storage.tables.money import accounts, transfers
from bot.storage.tables.orders import (
    answers,
    attempts,
    goods,
    order_events,
    orders,
    quotes,
    readings,
)
from bot.storage.tables.people import (
    audit_log,
    customers,
    facts,
    forms,
    languages,
    operators,
    topup_requests,
)
from bot.storage.tables.post import alerts, chat_slots, outbox
from bot.storage.tables.rentals import rentals
from bot.storage.tables.schema import metadata
from bot.storage.tables.shelf import (
    categories,
    category_texts,
    language_turns,
    service_texts,
    services,
    suppliers,
)

__all__ = [
    "accounts",
    "alerts",
    "answers",
    "attempts",
    "audit_log",
    "categories",
    "category_texts",
    "chat_slots",
    "customers",
    "facts",
    "forms",
    "goods",
    "language_turns",
    "languages",
    "metadata",
    "operators",
    "order_events",
    "orders",
    "outbox",
    "quotes",
    "readings",
    "rentals",
    "service_texts",
    "services",
    "suppliers",
    "topup_requests",
    "transfers",
]
