"""What waits to be sent, and what operators have been told."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, text

from bot.db.schema import numbered, table
from bot.db.types import EnumText, Flag, Id, Moment

DELIVERY: Final = 0
NOTICE: Final = 1
CARD: Final = 2
WATCHED: Final = 3
"""What thousands may have waited for: whatever concerns one customer alone goes first."""


class Sending(StrEnum):
    """How far a row of the outbox is."""

    PENDING = "pending"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    """It waits for the person to come back."""
    DROPPED = "dropped"


MAY_SETTLE: Final = text("subject <> ''")

outbox = numbered(
    "outbox",
    Column("chat", Id, nullable=False),
    Column("dedup_key", Text, nullable=False, unique=True),
    Column("notice", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", EnumText(Sending), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("message", Id),
    Column("why", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False, server_default=""),
    CheckConstraint("state IN ('pending', 'sent', 'unreachable', 'dropped')", "known_state"),
    Index(None, "state", "due_at"),
    Index(None, "state", "priority", "id"),
    Index(None, "chat", "state", "priority", "id"),
    Index(
        "ix_outbox_subject",
        "subject",
        sqlite_where=MAY_SETTLE,
        postgresql_where=MAY_SETTLE,
    ),
    Index(
        "ix_outbox_settling",
        "chat",
        "message",
        sqlite_where=MAY_SETTLE,
        postgresql_where=MAY_SETTLE,
    ),
)
"""`subject` names what a notice is about (an order, a request) where its words stay true only
until that is settled; empty for all others.
"""

chat_slots = table(
    "chat_slots",
    Column("chat", Id, primary_key=True, autoincrement=False),
    Column("free_at", Moment, nullable=False),
    Column("reachable", Flag, nullable=False, server_default="1"),
    Column("claim", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
)
"""When a chat may be sent to again: while a message is under way, or Telegram asked to wait.
Not `reachable`: the person has stopped the bot, and what is for them waits. A chat without a row
is free and reachable.
"""

alerts = table(
    "alerts",
    Column("cause", Text, primary_key=True),
    Column("on", Flag, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Which causes operators have been told about; `rounds` makes each telling its own message."""
