"""What a process that is gone had claimed is due at once, and what it was sending is parked."""

from __future__ import annotations

from sqlalchemy import update

from bot.broadcasts.claims import give_up_claims
from bot.catalog.tables import language_turns
from bot.db.jobs import jobs
from bot.db.tx import Tx
from bot.desk.exports.tables import exports
from bot.numbers.tables import rentals
from bot.orders.calibration.tables import calibrations
from bot.orders.orphaned_orders import park_sent_by
from bot.orders.rules.moves import State
from bot.orders.tables import attempts, orders
from bot.outbox.tables import chat_slots


def release_claims(tx: Tx, replica: int) -> None:
    """Take over from a process that has left, or was taken for dead.

    Its answers may come still: they count for the attempts that it made. Whatever else it writes
    compares its claims first.
    """
    park_sent_by(tx, replica)
    give_up_claims(tx, replica)
    busy = update(chat_slots).where(
        chat_slots.c.claimed_by == replica, chat_slots.c.free_at > tx.now
    )
    tx.execute(busy.values(free_at=tx.now, claim=chat_slots.c.claim + 1))
    waiting = update(orders).where(
        orders.c.claimed_by == replica,
        orders.c.state.in_([State.QUEUED, State.ACTIVE]),
        orders.c.due_at > tx.now,
    )
    tx.execute(waiting.values(due_at=tx.now, claim=orders.c.claim + 1))
    looked_at = update(rentals).where(rentals.c.claimed_by == replica, rentals.c.due_at > tx.now)
    tx.execute(looked_at.values(due_at=tx.now, claim=rentals.c.claim + 1))
    reading = update(attempts).where(
        attempts.c.claimed_by == replica, attempts.c.reading_due_at > tx.now
    )
    tx.execute(reading.values(reading_due_at=tx.now, claimed_by=None))
    judged = update(calibrations).where(
        calibrations.c.claimed_by == replica, calibrations.c.due_at > tx.now
    )
    tx.execute(judged.values(due_at=tx.now, claim=calibrations.c.claim + 1))
    asked = update(exports).where(exports.c.claimed_by == replica, exports.c.due_at > tx.now)
    tx.execute(asked.values(due_at=tx.now, claim=exports.c.claim + 1))
    for table in (language_turns, jobs):
        held = update(table).where(table.c.claimed_by == replica)
        tx.execute(held.values(due_at=tx.now, claimed_by=None))
