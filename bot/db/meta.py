"""The facts of the shop: what must not change between runs, counters, and safe mode.

Safe mode: a shop restored from a copy buys, sends and settles nothing until an operator ends it.
As a fact it holds over restarts and for every replica. What sends or settles asks for it in the
very transaction that claims the work; triggers refuse the rest.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Text

from bot.db.schema import table

facts = table(
    "facts",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

PROBE: Final = "seal"
"""The fact that is sealed at the first opening, to know the keys by."""
MENUS: Final = "menus"
"""The fact that names the chats which have the menu of an operator."""
SAFE_MODE: Final = "safe_mode"
"""The fact that is there while the shop is in safe mode; it tells of the copy."""
