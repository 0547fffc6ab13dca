"""Whose work has come due as time passed: one query instead of a round of claims."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, literal, select, union

from bot.base.topics import BROADCASTS, EXPORTS, NEW_LANGUAGE, OUTBOX, WATCHES
from bot.broadcasts.tables import broadcasts
from bot.catalog.tables import watches
from bot.db.tx import Tx
from bot.db.types import Moment
from bot.desk.exports.tables import exports
from bot.numbers.tables import rentals
from bot.orders.calibration.tables import calibrations
from bot.orders.rules.moves import State
from bot.orders.tables import attempts, orders
from bot.outbox.tables import outbox
from bot.people.tables import languages

_NOW: Final = bindparam("now", type_=Moment())
_IN_DOUBT: Final = (orders.c.id == attempts.c.order_id) & (orders.c.state == State.IN_DOUBT)
_QUERY: Final = union(
    select(literal("submit"), orders.c.supplier).where(
        orders.c.state == State.QUEUED, orders.c.due_at <= _NOW
    ),
    select(literal("submit"), orders.c.supplier).where(
        _IN_DOUBT, attempts.c.reading_due_at <= _NOW
    ),
    select(literal("submit"), calibrations.c.supplier).where(
        calibrations.c.state == "open", calibrations.c.due_at <= _NOW
    ),
    select(literal("poll"), orders.c.supplier).where(
        orders.c.state == State.ACTIVE, orders.c.due_at <= _NOW
    ),
    select(literal("numbers"), rentals.c.supplier).where(rentals.c.due_at <= _NOW),
    select(literal(NEW_LANGUAGE), literal("")).where(languages.c.code != "en"),
    select(literal(WATCHES), literal("")).where(watches.c.batch.is_(None)),
    select(literal(BROADCASTS), literal("")).where(
        broadcasts.c.state.in_(("choosing", "running")), broadcasts.c.due_at <= _NOW
    ),
    select(literal(EXPORTS), literal("")).where(exports.c.due_at <= _NOW),
    select(literal(OUTBOX), literal("")).where(
        outbox.c.state == "pending", outbox.c.due_at <= _NOW
    ),
)


def due_work(tx: Tx) -> frozenset[str]:
    """The topics of an order, a number, a reading of evidence or a message that is due."""
    rows = tx.execute(_QUERY, {"now": tx.now})
    return frozenset(":".join(part for part in row if part) for row in rows)
