"""Rented numbers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, text

from bot.db.schema import table
from bot.db.types import EnumText, Flag, Id, Moment
from bot.orders.views import RentalState

rentals = table(
    "rentals",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("supplier", Text, nullable=False),
    Column("phone", Text, nullable=False, server_default=""),
    Column("project", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("country_title", Text, nullable=False),
    Column("state", EnumText(RentalState), nullable=False),
    Column("codes", Integer, nullable=False, server_default="0"),
    Column("told", Flag, nullable=False, server_default="0"),
    Column("rented_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("due_at", Moment),
    Column("claim", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
    Column("marked", Text, nullable=False, server_default=""),
    CheckConstraint("(state = 'closed') = (due_at IS NULL)", "looked_at_until_closed"),
    Index(None, "supplier", "due_at"),
    Index(None, "state", "expires_at"),
    Index(
        "ix_rentals_unmarked",
        "order_id",
        sqlite_where=text("marked = ''"),
        postgresql_where=text("marked = ''"),
    ),
)
"""A number an order, from the supplier's answer on; `phone` is sealed with the shop's key,
and `marked` names the key that its fingerprint was made with.
"""
