"""Suppliers and what they list."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from bot.catalog.hiding.rules import Verdict
from bot.catalog.selection.selection import Scope
from bot.catalog.wanted.reasons import WatchReason
from bot.db.schema import numbered, table
from bot.db.types import EnumText, Exact, Flag, Id, Moment, MoneyType

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
"""One row a supplier, and one each for the whole shop and all SMS numbers, if they ever paused."""

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

bases = table(
    "bases",
    Column("supplier", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("basis", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""How many units a rate is for, as operators said it; over the settings for the same name.

`name` is a category's folded name or `#<remote id>`, empty for all of the supplier.
"""

price_rises = numbered(
    "price_rises",
    Column("service", Id, ForeignKey("services.id"), nullable=False),
    Column("supplier", Text, nullable=False),
    Column("before", Exact, nullable=False),
    Column("after", Exact, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kept", Flag, nullable=False, server_default="0"),
    UniqueConstraint("service"),
)
"""Services that are hidden until an operator agrees to the rate `after`, or it returns.

Another rate is another row, so that nobody agrees to one that they did not see. `kept`: an
operator wants it hidden, and is not asked again.
"""

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

category_places = table(
    "category_places",
    Column("category", Id, ForeignKey("categories.id"), primary_key=True, autoincrement=False),
    Column("supplier", Text, primary_key=True),
    Column("shown", Id, ForeignKey("categories.id"), nullable=False),
)
"""Where operators want what a supplier lists in a category: in this other one.

An empty supplier stands for every one that has no row of its own.
"""

price_rules = table(
    "price_rules",
    Column("scope", EnumText(Scope), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("target", Id, primary_key=True, autoincrement=False),
    Column("percent", Exact),
    Column("added", MoneyType),
    Column("least_margin", MoneyType),
    Column("step", MoneyType),
    CheckConstraint("scope IN ('shop', 'supplier', 'category', 'service')", "known_scope"),
    CheckConstraint("percent IS NULL OR added IS NULL", "one_markup"),
    CheckConstraint(
        "(added IS NULL OR added >= 0) AND (least_margin IS NULL OR least_margin >= 0)"
        " AND (step IS NULL OR step > 0)",
        "amounts",
    ),
)
"""What operators ask of a part of the shelf: `name` is a supplier's, `target` a category's or a
service's id, each empty where the scope has none.
"""
category_names = table(
    "category_names",
    Column("category", Id, ForeignKey("categories.id"), primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("name", Text, nullable=False),
)
"""What operators call a category in one language; elsewhere it is called as before."""

category_looks = table(
    "category_looks",
    Column("category", Id, ForeignKey("categories.id"), primary_key=True, autoincrement=False),
    Column("icon", Text, nullable=False, server_default=""),
    Column("place", Id),
)
"""The sign that operators give a category, and its place among its neighbours, if any."""
stand_ins = table(
    "stand_ins",
    Column("service", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("tie", Id, nullable=False),
    Column("place", Integer, nullable=False),
    UniqueConstraint("tie", "place"),
    CheckConstraint("tie > 0 AND place > 0", "counted"),
)
"""Services that stand in for each other share a `tie`; `place` is whose turn it is, from 1."""

favourites = table(
    "favourites",
    Column("customer", Id, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("service", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)

watches = numbered(
    "watches",
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("service", Id, ForeignKey("services.id"), nullable=False),
    Column("reason", EnumText(WatchReason), nullable=False),
    Column("price", MoneyType, nullable=False),
    Column("at", Moment, nullable=False),
    Column("batch", Id),
    CheckConstraint("reason IN ('back', 'price')", "known_reason"),
    UniqueConstraint("customer", "service", "reason"),
    Index(None, "service"),
)
"""What customers want to be told of, once; `price` is what 1,000 of it cost then.

`batch` names the message that tells of it; None while they wait.
"""

searches = numbered(
    "searches",
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("query", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "customer", "id"),
)
"""What customers looked for last, so that a card leads back to the list that it was found in.

`query` is sealed: anything may be typed while nothing is asked.
"""

hidings = numbered(
    "hidings",
    Column("scope", EnumText(Scope), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("selected", Id, nullable=False, server_default="0"),
    Column("verdict", EnumText(Verdict), nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint(
        "scope IN ('shop', 'supplier', 'category', 'service', 'pattern')", "known_scope"
    ),
    CheckConstraint("verdict IN ('hide', 'show', 'allow')", "known_verdict"),
    UniqueConstraint("scope", "name", "selected"),
)
"""What operators hide and show by hand; `selected` is a category's or a service's id."""
