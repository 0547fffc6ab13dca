"""The facts of the shop that must not change between runs, and counters that replicas watch."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Text

from bot.db.schema import table

facts = table(
    "facts",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What must not change between runs (the currency), counters that replicas watch, safe mode."""

PROBE: Final = "seal"
"""The fact that is sealed at the first opening, to know the keys by."""
