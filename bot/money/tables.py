"""The tables of accounts, transfers and requests for credit."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Text

from bot.db.schema import numbered, table
from bot.db.types import EnumText, Id, Moment, MoneyType
from bot.money.ledger import TopupDecision, TransferKind

topup_requests = numbered(
    "topup_requests",
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decision", EnumText(TopupDecision), nullable=False, server_default=""),
    Column("said", Text, nullable=False, server_default=""),
    Column("file", Text, nullable=False, server_default=""),
    Column("file_kind", Text, nullable=False, server_default=""),
    Column("service", Id),
    Column("quantity", Id, nullable=False, server_default="0"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decided_at", Moment),
    Column("reminded_at", Moment),
    Index(None, "customer", "decision"),
    Index(None, "decision", "id"),
)
"""`said` and `file` are the proof of a payment: sealed words, and Telegram's own id of a file.
`service` and `quantity` are what the credit is wanted for.
"""

accounts = table(
    "accounts",
    Column("account", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("balance", MoneyType, nullable=False, server_default="0"),
    Column("last_transfer", Id, nullable=False, server_default="0"),
    CheckConstraint("kind IN ('customer', 'hold', 'shop', 'world')", "known_kind"),
    CheckConstraint("balance >= 0 OR kind IN ('shop', 'world')", "never_negative"),
)
"""Balances, cached beside the journal; a trigger refuses every change but a transfer's."""

transfers = numbered(
    "transfers",
    Column("debit", Text, ForeignKey("accounts.account"), nullable=False),
    Column("credit", Text, ForeignKey("accounts.account"), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("kind", EnumText(TransferKind), nullable=False),
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
