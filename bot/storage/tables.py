"""The tables, in one place; the rules that only a database can hold are in `migrations/`."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from bot.domain.catalog import Kind
from bot.domain.ledger import TransferKind
from bot.domain.order import Reason, State
from bot.storage.types import Exact, Flag, Id, Moment, MoneyType, Word

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _numbered(name: str, *parts: Any) -> Table:
    """A table whose ids are handed out by the database and never used twice."""
    key = Column("id", Id, primary_key=True, autoincrement=True)
    return Table(name, metadata, key, *parts, sqlite_strict=True, sqlite_autoincrement=True)


facts = _table(
    "facts",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What must not change between runs (the currency) and counters that replicas watch."""

customers = _table(
    "customers",
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("first_name", Text, nullable=False),
    Column("username", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False),
    Column("language_chosen", Flag, nullable=False, server_default="0"),
    Column("banned", Flag, nullable=False, server_default="0"),
    Column("reachable", Flag, nullable=False, server_default="1"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("wish_service", Id),
    Column("wish_quantity", Id),
    Column("wish_at", Moment),
    Index(None, "username"),
)

accounts = _table(
    "accounts",
    Column("account", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("balance", MoneyType, nullable=False, server_default="0"),
    Column("last_transfer", Id, nullable=False, server_default="0"),
    CheckConstraint("kind IN ('customer', 'hold', 'shop', 'world')", "known_kind"),
    CheckConstraint("balance >= 0 OR kind IN ('shop', 'world')", "never_negative"),
)
"""Balances, cached beside the journal; triggers let nothing but a transfer change them."""

transfers = _numbered(
    "transfers",
    Column("debit", Text, ForeignKey("accounts.account"), nullable=False),
    Column("credit", Text, ForeignKey("accounts.account"), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("kind", Word(TransferKind), nullable=False),
    Column("idem_key", Text, nullable=False, unique=True),
    Column("order_id", Id),
    Column("actor", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("reverses", Id, ForeignKey("transfers.id"), unique=True),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("amount > 0", "positive"),
    CheckConstraint("debit <> credit", "two_ends"),
    Index(None, "debit", "id"),
    Index(None, "credit", "id"),
)
"""The journal: immutable by trigger."""

suppliers = _table(
    "suppliers",
    Column("name", Text, primary_key=True),
    Column("pauses", Text, nullable=False, server_default=""),
    Column("balance", Exact),
    Column("balance_currency", Text, nullable=False, server_default=""),
    Column("balance_at", Moment),
    Column("read_at", Moment),
    Column("rows", Integer, nullable=False, server_default="0"),
)

categories = _numbered(
    "categories",
    Column("parent", Id, nullable=False, server_default="0"),
    Column("name", Text, nullable=False),
    UniqueConstraint("parent", "name"),
)
"""Shelf labels, shared by all suppliers; parent 0 is the top."""

services = _numbered(
    "services",
    Column("supplier", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("category", Id, ForeignKey("categories.id"), nullable=False),
    Column("paused", Flag, nullable=False, server_default="0"),
    Column("gone", Flag, nullable=False, server_default="0"),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("category_name", Text, nullable=False),
    Column("subcategory_name", Text, nullable=False, server_default=""),
    Column("type", Text, nullable=False, server_default=""),
    Column("entity_type", Text, nullable=False, server_default=""),
    Column("rate", Exact, nullable=False),
    Column("least", Id, nullable=False),
    Column("most", Id, nullable=False),
    Column("stock", Id),
    Column("auto_delivery", Flag),
    Column("refill", Flag, nullable=False, server_default="0"),
    Column("cancel", Flag, nullable=False, server_default="0"),
    Column("problem", Text, nullable=False, server_default=""),
    Column("read_at", Moment, nullable=False),
    UniqueConstraint("supplier", "remote_id"),
)

quotes = _numbered(
    "quotes",
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("service", Id, ForeignKey("services.id"), nullable=False),
    Column("kind", Word(Kind), nullable=False),
    Column("quantity", Id, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Column("unit_price", MoneyType, nullable=False),
    Column("unit", Id, nullable=False),
    Column("total", MoneyType, nullable=False),
    Column("cost", MoneyType, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    CheckConstraint("quantity > 0 AND total > 0 AND cost <= total", "sensible"),
    Index(None, "expires_at"),
)

orders = _numbered(
    "orders",
    Column("quote", Id, ForeignKey("quotes.id"), nullable=False, unique=True),
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("service", Id, ForeignKey("services.id"), nullable=False),
    Column("supplier", Text, nullable=False),
    Column("remote_service", Text, nullable=False),
    Column("service_name", Text, nullable=False),
    Column("kind", Word(Kind), nullable=False),
    Column("quantity", Id, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Column("total", MoneyType, nullable=False),
    Column("cost", MoneyType, nullable=False),
    Column("state", Word(State), nullable=False),
    Column("reason", Word(Reason)),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("remote_order", Text),
    Column("charge", Exact),
    Column("charge_currency", Text, nullable=False, server_default=""),
    Column("charge_compared", Flag, nullable=False, server_default="0"),
    Column("delivered", Id, nullable=False, server_default="0"),
    Column("batches", Integer, nullable=False, server_default="0"),
    Column("captured", MoneyType, nullable=False, server_default="0"),
    Column("released", MoneyType, nullable=False, server_default="0"),
    Column("card", Id),
    Column("sender", Text, nullable=False, server_default=""),
    Column("last_said", Text, nullable=False, server_default=""),
    Column("misses", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment),
    Column("finished_since", Moment),
    Column("problem_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("submitting_at", Moment),
    Column("active_at", Moment),
    Column("parked_at", Moment),
    Column("finished_at", Moment),
    UniqueConstraint("supplier", "remote_order"),
    CheckConstraint("captured >= 0 AND released >= 0", "no_negative_parts"),
    CheckConstraint(
        "state NOT IN ('completed', 'partial', 'canceled', 'failed')"
        " OR captured + released = total",
        "ended_in_full",
    ),
    Index(None, "customer", "id"),
    Index(None, "state", "supplier", "due_at"),
)

order_events = _numbered(
    "order_events",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Word(State), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False, server_default=""),
    Index(None, "order_id"),
)

attempts = _table(
    "attempts",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("outcome", Text, nullable=False, server_default=""),
    Column("said", Text, nullable=False, server_default=""),
    Column("answered_at", Moment),
    Column("reading_due_at", Moment),
    Column("readings", Integer, nullable=False, server_default="0"),
)
"""One row an `add`, written before it leaves."""

answers = _numbered(
    "answers",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("said", Text, nullable=False),
    Index(None, "order_id"),
)
"""What a supplier said about an order, each change once, masked."""

readings = _numbered(
    "readings",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("balance", Exact, nullable=False),
    Index(None, "order_id"),
)
"""The operator's balance at the supplier around an attempt."""

goods = _table(
    "goods",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What was delivered, a batch an arrival, sealed with the shop's key."""

outbox = _numbered(
    "outbox",
    Column("chat", Id, nullable=False),
    Column("dedup_key", Text, nullable=False, unique=True),
    Column("notice", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("message", Id),
    Column("why", Text, nullable=False, server_default=""),
    CheckConstraint("state IN ('pending', 'sent', 'unreachable', 'dropped')", "known_state"),
    Index(None, "state", "due_at"),
    Index(None, "chat", "state"),
)

chat_lanes = _table(
    "chat_lanes",
    Column("chat", Id, primary_key=True, autoincrement=False),
    Column("free_at", Moment, nullable=False),
)
"""When a chat may be sent to again: while a message is under way, or Telegram asked to wait."""

topup_requests = _numbered(
    "topup_requests",
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decision", Text, nullable=False, server_default=""),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decided_at", Moment),
    Index(None, "customer", "decision"),
)

alerts = _table(
    "alerts",
    Column("cause", Text, primary_key=True),
    Column("on", Flag, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Which causes operators have been told about; `rounds` makes each telling its own message."""

audit_log = _numbered(
    "audit_log",
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False, server_default=""),
    Column("after", Text, nullable=False, server_default=""),
)

forms = _table(
    "forms",
    Column("chat", Id, primary_key=True, autoincrement=False),
    Column("form", Text, nullable=False),
)
"""What a chat is expected to type next."""
