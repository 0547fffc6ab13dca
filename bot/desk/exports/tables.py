"""The table of exports that owners have asked for."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text

from bot.db.schema import numbered
from bot.db.types import EnumText, Id, Moment


class ExportKind(StrEnum):
    """What an export lists, a row each; the value travels in taps and names the file."""

    ORDERS = "orders"
    LEDGER = "ledger"
    CUSTOMERS = "customers"


class ExportState(StrEnum):
    """How far an export is."""

    ASKED = "asked"
    MADE = "made"
    """It is cut into files, which are sent one after the other."""
    SENT = "sent"
    CANCELED = "canceled"
    FAILED = "failed"


class ExportFailure(StrEnum):
    """Why an export was given up."""

    ROLE = "role"
    """Who asked for it is an owner no more."""
    UNREACHABLE = "unreachable"
    """Who asked for it has stopped the bot."""
    DISK = "disk"
    """The file cannot be written."""
    REFUSED = "refused"
    """It was tried again and again, or Telegram never takes it."""


exports = numbered(
    "exports",
    Column("idem_key", Text, nullable=False, unique=True),
    Column("asked_by", Id, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("kind", EnumText(ExportKind), nullable=False),
    Column("since", Moment),
    Column("until", Moment),
    Column("newest", Id, nullable=False),
    Column("state", EnumText(ExportState), nullable=False, server_default="asked"),
    Column("total", Id, nullable=False, server_default="0"),
    Column("rows", Id, nullable=False, server_default="0"),
    Column("cuts", Text, nullable=False, server_default=""),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("why", Text, nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment),
    Column("claim", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
    Column("ended_at", Moment),
    CheckConstraint("kind IN ('orders', 'ledger', 'customers')", "known_kind"),
    CheckConstraint(
        "state IN ('asked', 'made', 'sent', 'canceled', 'failed')"
        " AND (state IN ('asked', 'made')) = (ended_at IS NULL)",
        "known_state",
    ),
    Index(None, "state", "due_at"),
)
"""`since` and `until` are the first moment and the one after the last; None is without end.
`newest` is the id of the newest row there was when it was asked for: later ones are not in it.
`total` and `rows` count the rows there are and those that are written. `cuts` are the ids of each
file's last row, `sent` how many files are in the chat.
"""
