"""The kept sums of what was sold, and the marks that say which of them are to be counted again."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text

from bot.db.schema import numbered, table
from bot.db.types import Id, Moment, MoneyType

sales_days = table(
    "sales_days",
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("zone", Text, nullable=False),
    Column("counted_at", Moment, nullable=False),
)
"""The days that were counted, numbered as by `date.toordinal`, in which time zone."""

sales = table(
    "sales",
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("supplier", Text, primary_key=True),
    Column("service", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("orders", Id, nullable=False),
    Column("failures", Id, nullable=False),
    Column("units", Id, nullable=False),
    Column("captured", MoneyType, nullable=False),
    Column("refunded", MoneyType, nullable=False),
    Column("released", MoneyType, nullable=False),
    Column("cost", MoneyType, nullable=False),
    Column("expected", MoneyType, nullable=False),
)
"""What the orders that ended on a day came to; the columns are those of `Sums`."""

sales_times = table(
    "sales_times",
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("supplier", Text, primary_key=True),
    Column("service", Id, ForeignKey("services.id"), primary_key=True, autoincrement=False),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("orders", Id, nullable=False),
)
"""How many of them were delivered within each step of `times.STEPS`."""

sales_marks = numbered("sales_marks", Column("order_id", Id, nullable=False))
"""Ended orders that changed since their day was counted: a trigger writes them in the very
transaction of the change, so that no sum is ever taken for true that is not.
"""
