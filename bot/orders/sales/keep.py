"""Keeps the sums of days that are over: a day at a time, again when one of its orders changes.

What is not kept, or is marked, is counted when it is read (`read.py`), so that nobody ever reads
what is not so.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import delete, func, insert, select

from bot.db.database import Database
from bot.db.tx import Tx, insert_for
from bot.orders.sales.days import Days, day_of, zone_name
from bot.orders.sales.sums import Key, Sums, Tallies
from bot.orders.sales.tables import sales, sales_days, sales_marks, sales_times
from bot.orders.sales.tally import tally
from bot.orders.tables import orders

_AT_ONCE: Final = 400
"""Days that one round counts, each in a transaction of its own."""
_MARKS: Final = 5_000
_FIRST: Final = select(func.min(orders.c.finished_at))
_FIRST_KEPT: Final = select(func.min(sales_days.c.day))
_MARKED: Final = (
    select(sales_marks.c.id, orders.c.finished_at)
    .join(orders, orders.c.id == sales_marks.c.order_id)
    .where(orders.c.finished_at.is_not(None))
    .order_by(sales_marks.c.id)
    .limit(_MARKS)
)


@dataclass(frozen=True, slots=True)
class KeepSales:
    """The job by the clock; a shop with a long history is counted from its last day backwards."""

    db: Database

    async def __call__(self) -> int:
        """How many days were counted; what is left is done the next time."""
        for counted in range(_AT_ONCE):
            if not await self.db.write(keep_one):
                return counted
        return _AT_ONCE


def keep_one(tx: Tx) -> bool:
    """Count the marked day that was kept, or else the last one that is not; whether there was any.

    The marks of other days are dropped: what is not kept is counted at every reading.
    """
    kept, today = _kept(tx), day_of(tx.now, tx.settings.zone)
    marks: dict[int, list[int]] = {}
    for row in tx.execute(_MARKED):
        marks.setdefault(day_of(row.finished_at, tx.settings.zone), []).append(row.id)
    stale = next((day for day in sorted(marks) if day in kept), None)
    dropped = [mark for day, some in marks.items() if day not in kept for mark in some]
    day = _last_uncounted(tx, kept, today) if stale is None else stale
    if day is not None:
        _count(tx, day)
    _drop(tx, [*dropped, *(marks[stale] if stale is not None else ())])
    return day is not None


def _kept(tx: Tx) -> frozenset[int]:
    mine = sales_days.c.zone == zone_name(tx.settings.zone)
    return frozenset(tx.execute(select(sales_days.c.day).where(mine)).scalars())


def _last_uncounted(tx: Tx, kept: frozenset[int], today: int) -> int | None:
    """The last day before today that is not kept, back to that of the first order that ended.

    In another time zone the first one may have been counted the day before.
    """
    first = tx.execute(_FIRST).scalar_one()
    if first is None:
        return None
    begun = day_of(first, tx.settings.zone)
    begun = min(begun, tx.execute(_FIRST_KEPT).scalar_one() or begun)
    return next((day for day in range(today - 1, begun - 1, -1) if day not in kept), None)


def _count(tx: Tx, day: int) -> None:
    """Put the sums of a day in the place of those that are kept of it."""
    zone = tx.settings.zone
    row = {"zone": zone_name(zone), "counted_at": tx.now}
    # First, because it locks the day: who else counts it waits here, and reads afterwards.
    begun = insert_for(tx, sales_days).values(day=day, **row)
    tx.execute(begun.on_conflict_do_update(index_elements=["day"], set_=row))
    for table in (sales, sales_times):
        tx.execute(delete(table).where(table.c.day == day))
    _write(tx, tally(tx, Days.of(day, day, zone)))


def _write(tx: Tx, found: Tallies) -> None:
    summed = [_named(key) | _named(one.sums) for key, one in found.items()]
    timed = [
        _named(key) | {"step": step, "orders": count}
        for key, one in found.items()
        for step, count in one.times.items()
    ]
    if summed:
        tx.execute(insert(sales), summed)
    if timed:
        tx.execute(insert(sales_times), timed)


def _named(row: Key | Sums) -> dict[str, object]:
    return {one.name: getattr(row, one.name) for one in fields(row)}


def _drop(tx: Tx, marks: list[int]) -> None:
    if marks:
        tx.execute(delete(sales_marks).where(sales_marks.c.id.in_(marks)))
