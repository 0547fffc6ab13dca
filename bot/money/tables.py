"""The tables of accounts, transfers and requests for credit."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, text

from bot.db.schema import numbered, table
from bot.db.types import EnumText, Id, Moment, MoneyType
from bot.money.ledger import ApprovalDecision, TopupDecision, TransferKind

WAITING: Final = text("decision = ''")
GIVEN: Final = text("kind = 'topup'")
"""Credit that was given; written out, so that both databases see which index is meant."""

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
    Column("version", Integer, nullable=False, server_default="1"),
    Column("album", Text, nullable=False, server_default=""),
    Column("message", Id),
    Index(None, "customer", "decision"),
    Index(None, "decision", "id"),
)
"""`said` and `file` are the proof of a payment: sealed words, and Telegram's own id of a file.
`album` is the one that a file came in, `message` the customer's own that brought it. `service` and
`quantity` are what the credit is wanted for. `version` counts the amounts that it has had.
"""

credit_approvals = numbered(
    "credit_approvals",
    Column("idem_key", Text, nullable=False),
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("amount", MoneyType, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("request", Id, ForeignKey("topup_requests.id")),
    Column("asked_by", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decision", EnumText(ApprovalDecision), nullable=False, server_default=""),
    Column("decided_by", Id),
    Column("decided_at", Moment),
    Column("reminded_at", Moment),
    Index(None, "idem_key"),
    Index(None, "request", "decision"),
    Index(None, "decision", "id"),
    Index(
        "ix_credit_approvals_waiting",
        "idem_key",
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
)
"""Credit that one operator may not give alone, until another has agreed. `idem_key` is the deed's
own key, under which the credit is given; `request` is the one that it answers.
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
    Index("ix_transfers_given", "actor", "created_at", sqlite_where=GIVEN, postgresql_where=GIVEN),
)
"""The journal: immutable by trigger."""
