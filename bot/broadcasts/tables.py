"""The tables of broadcasts, of who gets them, and of who wants none."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from bot.broadcasts.states import BroadcastState, Reached
from bot.db.schema import numbered, table
from bot.db.types import EnumText, Id, Moment

broadcasts = numbered(
    "broadcasts",
    Column("author", Id, nullable=False),
    Column("idem_key", Text, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("content", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("state", EnumText(BroadcastState), nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Column("mark", Text, nullable=False),
    Column("sender", Id),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("newest", Id, nullable=False, server_default="0"),
    Column("due_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("card_at", Moment),
    CheckConstraint(
        "state IN ('draft', 'choosing', 'running', 'paused', 'stopped', 'done')", "known_state"
    ),
    Index(None, "state", "due_at"),
    Index(None, "mark", "started_at"),
)
"""`version` counts the changes of a draft, `mark` tells equal words and pictures. `sender` is the
operator who started it or let it go on, `why` says why it was paused by itself. `newest` is the
highest id among the customers that were looked at for it. `card_at` is when the cards on which it
is watched were edited last.
"""

recipients = table(
    "broadcast_recipients",
    Column("broadcast", Id, ForeignKey("broadcasts.id"), primary_key=True, autoincrement=False),
    Column("customer", Id, primary_key=True, autoincrement=False),
    Column("state", EnumText(Reached), nullable=False),
    Column("claim", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
    Column("at", Moment),
    CheckConstraint(
        "state IN ('waiting', 'sending', 'sent', 'unreachable', 'left_out', 'unsure')",
        "known_state",
    ),
    Index(None, "broadcast", "state", "customer"),
    Index(None, "claimed_by", "state"),
)
"""`claim` counts how often a recipient was taken to be sent to, `at` when that was last."""

news_off = table(
    "news_off",
    Column("customer", Id, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
"""Customers who want no news; whoever is not here gets them."""
