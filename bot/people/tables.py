"""The tables of the people the shop knows, what their chats wait for, and what operators did."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text

from bot.base.acts import Role
from bot.db.schema import numbered, table
from bot.db.types import EnumText, Flag, Id, Moment, MoneyType

customers = table(
    "customers",
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("first_name", Text, nullable=False),
    Column("username", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False),
    Column("language_chosen", Flag, nullable=False, server_default="0"),
    Column("banned", Flag, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("wish_service", Id),
    Column("wish_quantity", Id),
    Column("wish_at", Moment),
    Column("note", Text, nullable=False, server_default=""),
    Column("orders_per_hour", Integer),
    Column("spend_per_day", MoneyType),
    Column("most_open", Integer),
    Index(None, "username"),
)
"""`note` is what operators note of somebody; the last three are limits, without one None."""

operators = table(
    "operators",
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("role", EnumText(Role), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("role IN ('owner', 'cashier', 'support', 'viewer')", "known_role"),
)
"""Who may do what at the desk; `id` is Telegram's, `by` is who gave the role."""

languages = table(
    "languages",
    Column("code", Text, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
"""Those that customers read, and when one of them was last here, to the day."""

forms = table(
    "forms",
    Column("chat", Id, primary_key=True, autoincrement=False),
    Column("form", Text, nullable=False),
)
"""What a chat is expected to type next."""

audit_log = numbered(
    "audit_log",
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False, server_default=""),
    Column("after", Text, nullable=False, server_default=""),
    Index(None, "actor", "id"),
)

letters = numbered(
    "letters",
    Column("subject", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sender", Text, nullable=False, server_default=""),
    Column("said", Text, nullable=False, server_default=""),
    Column("file", Text, nullable=False, server_default=""),
    Column("file_kind", Text, nullable=False, server_default=""),
    Column("idem_key", Text, unique=True),
    Column("message", Id),
    Index(None, "subject", "id"),
)
"""What a customer and operators write to each other through the bot, about a request, a claim or
nothing in particular. `said` is sealed, `file` is Telegram's own id of it, `sender` is an
operator's id, or empty for the customer. `message` is the one that it came as, in its writer's
chat: what answers it is a reply to that.
"""

texts = table(
    "texts",
    Column("name", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("words", Text, nullable=False),
    Column("entities", Text, nullable=False, server_default=""),
    Column("until", Moment),
    Column("at", Moment, nullable=False),
)
"""What operators say in their own words; an empty language stands for every other one.

`name` is a text that customers read, or what is switched off. `entities` is how it is formatted.
"""
