"""Suppliers and what they list."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text, UniqueConstraint

from bot.db.schema import numbered, table
from bot.db.types import Exact, Flag, Id, Moment

suppliers = table(
    "suppliers",
    Column("name", Text, primary_key=True),
    Column("pauses", Text, nullable=False, server_default=""),
    Column("balance", Exact),
    Column("balance_currency", Text, nullable=False, server_default=""),
    Column("balance_at", Moment),
    Column("read_at", Moment),
    Column("rows", Integer, nullable=False, server_default="0"),
    Column("numbers_read_at", Moment),
    Column("number_rows", Integer, nullable=False, server_default="0"),
)

categories = numbered(
    "categories",
    Column("parent", Id, nullable=False, server_default="0"),
    Column("name", Text, nullable=False),
    UniqueConstraint("parent", "name"),
)
"""Shelf labels, shared by all suppliers; parent 0 is the top."""

services = numbered(
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
    Column("problem", Text, nullable=False, server_default=""),
    Column("read_at", Moment, nullable=False),
    UniqueConstraint("supplier", "remote_id"),
)

service_texts = table(
    "service_texts",
    Column("language", Text, primary_key=True),
    Column("service", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("name", Text),
    Column("name_mark", Id),
    Column("description", Text),
    Column("description_mark", Id),
    CheckConstraint(
        "(name IS NULL) = (name_mark IS NULL)"
        " AND (description IS NULL) = (description_mark IS NULL)",
        "marked",
    ),
)
"""Services in other languages, where they differ from English; a mark is of that English text."""

category_texts = table(
    "category_texts",
    Column("language", Text, primary_key=True),
    Column("category", Id, ForeignKey("categories.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
)

language_turns = table(
    "language_turns",
    Column("supplier", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("claimed_by", Id),
)
"""When each language is read again from each supplier; whoever reads it moves `due_at` first."""
