"""The orders that were placed to find out what a rate is for."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint, text

from bot.db.schema import table
from bot.db.types import EnumText, Exact, Id, Moment


class CalibrationState(StrEnum):
    """What became of it. OPEN: not known yet; UNCLEAR: it proves nothing."""

    OPEN = "open"
    FOUND = "found"
    NONE_FITS = "none"
    UNCLEAR = "unclear"


class UnclearReason(StrEnum):
    """Why it proves nothing; the desk has a sentence for each."""

    NOT_ORDERED = "not_ordered"
    CANCELED = "canceled"
    NO_CHARGE = "no_charge"
    ZERO_CHARGE = "zero_charge"
    OTHER_CURRENCY = "other_currency"
    NO_BALANCE = "no_balance"
    OTHERS_MOVED = "others_moved"
    BALANCE_DIFFERS = "balance_differs"
    SEVERAL_FIT = "several_fit"


calibrations = table(
    "calibrations",
    Column("order_id", Id, ForeignKey("orders.id"), primary_key=True, autoincrement=False),
    Column("supplier", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("operator", Id, ForeignKey("customers.id"), nullable=False),
    Column("rate", Exact, nullable=False),
    Column("state", EnumText(CalibrationState), nullable=False, server_default="open"),
    Column("why", EnumText(UnclearReason)),
    Column("basis", Text, nullable=False, server_default=""),
    Column("before", Exact),
    Column("after", Exact),
    Column("due_at", Moment),
    Column("claim", Integer, nullable=False, server_default="0"),
    Column("claimed_by", Id),
    UniqueConstraint("supplier", "number"),
    Index(
        "ix_calibrations_open",
        "supplier",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)
"""One at a time for each supplier, counted by `number`. `before` and `after` are the operator's
balance there around the order, `basis` is the one that the charge speaks for. The order's customer
is the operator who placed it, and its total is zero.
"""
