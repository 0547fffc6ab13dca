"""Quotes, orders, and everything that is known of an order."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    text,
)

from bot.db.schema import numbered, table
from bot.db.types import EnumText, Exact, Flag, Id, Moment, MoneyType
from bot.orders.rules.claims import ClaimReason, ClaimState
from bot.orders.rules.moves import Outcome, Reason, State
from bot.suppliers.words import Kind

_TO_FORGET = "finished_at IS NOT NULL AND forgotten_at IS NULL"
"""What the nightly purge still has to look at."""
UNDER_WAY: Final = "state IN ('queued', 'submitting', 'active')"
"""What counts against the most that a customer may have at once; a person minds the others."""
UNTOLD: Final = "finished_at IS NULL AND stuck_told_at IS NULL"
"""What operators may still have to be told of, once it is under way for too long."""
STUCK_TOLD: Final = "stuck_told_at IS NOT NULL"

quotes = numbered(
    "quotes",
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("service", Id, ForeignKey("services.id"), nullable=False),
    Column("kind", EnumText(Kind), nullable=False),
    Column("quantity", Id, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Column("reuse", Id),
    Column("unit_price", MoneyType, nullable=False),
    Column("unit", Id, nullable=False),
    Column("total", MoneyType, nullable=False),
    Column("cost", MoneyType, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    CheckConstraint(
        "quantity > 0 AND (total > 0 AND cost <= total OR total = 0 AND expires_at = created_at)",
        "sensible",
    ),
    Index(None, "expires_at"),
)
"""One whose total is zero was over as it was made: it is what a replacement became of."""

orders = numbered(
    "orders",
    Column("quote", Id, ForeignKey("quotes.id"), nullable=False),
    Column("part", Integer, nullable=False, server_default="1"),
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("service", Id, ForeignKey("services.id"), nullable=False),
    Column("supplier", Text, nullable=False),
    Column("remote_service", Text, nullable=False),
    Column("service_name", Text, nullable=False),
    Column("kind", EnumText(Kind), nullable=False),
    Column("quantity", Id, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Column("reuse", Id),
    Column("total", MoneyType, nullable=False),
    Column("cost", MoneyType, nullable=False),
    Column("state", EnumText(State), nullable=False),
    Column("reason", EnumText(Reason)),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("remote_order", Text),
    Column("charge", Exact),
    Column("charge_currency", Text, nullable=False, server_default=""),
    Column("charge_compared", Flag, nullable=False, server_default="0"),
    Column("delivered", Id, nullable=False, server_default="0"),
    Column("batches", Integer, nullable=False, server_default="0"),
    Column("captured", MoneyType, nullable=False, server_default="0"),
    Column("released", MoneyType, nullable=False, server_default="0"),
    Column("card", Id),
    Column("sender", Text, nullable=False, server_default=""),
    Column("unsure", Flag, nullable=False, server_default="0"),
    Column("last_said", Text, nullable=False, server_default=""),
    Column("misses", Integer, nullable=False, server_default="0"),
    Column("due_at", Moment),
    Column("finished_since", Moment),
    Column("problem_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("submitting_at", Moment),
    Column("active_at", Moment),
    Column("parked_at", Moment),
    Column("finished_at", Moment),
    Column("forgotten_at", Moment),
    Column("restored_at", Moment),
    Column("claim", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
    Column("replaces", Id),
    Column("refunded", MoneyType, nullable=False, server_default="0"),
    Column("stuck_told_at", Moment),
    UniqueConstraint("quote", "part"),
    UniqueConstraint("supplier", "kind", "remote_order"),
    CheckConstraint(
        "captured >= 0 AND released >= 0 AND refunded >= 0 AND refunded <= captured",
        "no_negative_parts",
    ),
    CheckConstraint(
        "state NOT IN ('completed', 'partial', 'canceled', 'failed')"
        " OR captured + released = total",
        "ended_in_full",
    ),
    Index(None, "customer", "id"),
    Index(None, "state", "supplier", "due_at"),
    Index(None, "remote_order"),
    Index(None, "created_at"),
    Index(None, "finished_at"),
    Index(
        "ix_orders_under_way",
        "customer",
        "kind",
        sqlite_where=text(UNDER_WAY),
        postgresql_where=text(UNDER_WAY),
    ),
    Index(
        "ix_orders_to_forget",
        "finished_at",
        sqlite_where=text(_TO_FORGET),
        postgresql_where=text(_TO_FORGET),
    ),
    Index(
        "ix_orders_untold",
        "state",
        "active_at",
        sqlite_where=text(UNTOLD),
        postgresql_where=text(UNTOLD),
    ),
    Index(
        "ix_orders_stuck_told",
        "stuck_told_at",
        sqlite_where=text(STUCK_TOLD),
        postgresql_where=text(STUCK_TOLD),
    ),
)
"""`link` is sealed. `forgotten_at`: goods and links are purged, the order and its money stay.
`restored_at`: it waited in the copy that the shop was restored from, so it may have been sent.
`replaces` is the order that the shop made good with this one, whose total is zero. `refunded` is
what went back after it was captured. `problem_at`: when its customer last said that something is
wrong; before there were claims that was all. `stuck_told_at`: operators heard that it is under way
for too long.
"""

order_events = numbered(
    "order_events",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", EnumText(State), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False, server_default=""),
    Index(None, "order_id"),
)

attempts = table(
    "attempts",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("outcome", EnumText(Outcome), nullable=False, server_default=""),
    Column("said", Text, nullable=False, server_default=""),
    Column("answered_at", Moment),
    Column("reading_due_at", Moment),
    Column("readings", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
    Index(None, "at"),
)
"""One row an `add`, written before it leaves. `claimed_by` is the process that takes a reading."""

answers = numbered(
    "answers",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("said", Text, nullable=False),
    Index(None, "order_id"),
)
"""What a supplier said about an order, each change once, masked."""

readings = numbered(
    "readings",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("balance", Exact, nullable=False),
    Index(None, "order_id"),
)
"""The operator's balance at the supplier around an attempt."""

handovers = table(
    "handovers",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("service", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("supplier", Text, nullable=False),
    Column("cost", MoneyType, nullable=False),
    Column("reason", EnumText(Reason), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "supplier"),
)
"""The services that an order was not bought as, each at most once: a stand-in took its place.

`attempt` is how many attempts there had been by then, none of which placed anything.
"""

goods = table(
    "goods",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("marked", Text, nullable=False, server_default=""),
    Index(
        "ix_goods_unmarked",
        "order_id",
        sqlite_where=text("marked = ''"),
        postgresql_where=text("marked = ''"),
    ),
)
"""What was delivered, a batch an arrival, sealed with the shop's key. `marked` names the key that
its fingerprints were made with.
"""

fingerprints = table(
    "fingerprints",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, primary_key=True),
    Index(None, "fingerprint"),
)
"""Delivered units are found by these, unsealed by nobody; batch 0 is a rented number's phone."""

claims = numbered(
    "claims",
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("customer", Id, ForeignKey("customers.id"), nullable=False),
    Column("reason", EnumText(ClaimReason), nullable=False),
    Column("pieces", Text, nullable=False, server_default=""),
    Column("said", Text, nullable=False, server_default=""),
    Column("file", Text, nullable=False, server_default=""),
    Column("file_kind", Text, nullable=False, server_default=""),
    Column("state", EnumText(ClaimState), nullable=False, server_default="open"),
    Column("at", Moment, nullable=False),
    Column("closed_by", Text, nullable=False, server_default=""),
    Column("closed_at", Moment),
    Column("message", Id),
    Index(None, "order_id"),
    Index(None, "state", "id"),
    Index(
        "ix_claims_open",
        "order_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)
"""A customer's problems with orders, one open for each. `said` is sealed, `file` is Telegram's own
id of a picture, `pieces` are the numbers of the units that are meant. `message` is the customer's
own in which the words or the picture came.
"""

remedies = table(
    "remedies",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("claim", Id, ForeignKey("claims.id")),
    Column("pieces", Text, nullable=False, server_default=""),
    Column("amount", MoneyType, nullable=False, server_default="0"),
    Column("replacement", Id, ForeignKey("orders.id")),
    Column("reason", Text, nullable=False, server_default=""),
    CheckConstraint("amount >= 0", "not_negative"),
    Index(None, "replacement"),
    Index(None, "claim"),
)
"""What operators did to make an order good, numbered from 1: `amount` went back, `replacement` is
on its way instead of `pieces`, or, with neither, the goods were sent once more.
"""
