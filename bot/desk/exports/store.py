"""The rows of exports as their worker moves them on, each under the claim that it has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select, update

from bot.base.acts import Permission, may
from bot.base.subjects import export_subject
from bot.db.tx import Tx
from bot.desk.exports.ask import export_of
from bot.desk.exports.job import OPEN, Export
from bot.desk.exports.tables import ExportFailure, ExportState, exports
from bot.outbox.tell import settle_notices
from bot.people.operators import find_role

_LEASE: Final = timedelta(minutes=2)
"""While a file is made its worker asks for more time every few seconds."""
_TO_SEND: Final = timedelta(minutes=10)
"""Longer than a file takes to be sent."""
_TRIES: Final = 20
"""So often is an export begun, or a file sent, before it is given up."""


def claim(tx: Tx) -> Export | None:
    """Lease the oldest export that is due; the one that was tried too often ends instead."""
    due = exports.c.state.in_(OPEN) & tx.is_due(exports.c.due_at, _TO_SEND)
    query = select(exports).where(due).order_by(exports.c.id).limit(1)
    row = tx.execute(query.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    mine = {"claim": row.claim + 1, "claimed_by": tx.settings.replica, "tries": row.tries + 1}
    taken = update(exports).where(exports.c.id == row.id).values(due_at=tx.now + _LEASE, **mine)
    claimed = tx.execute(taken.returning(exports)).one()
    export = export_of(claimed)
    if claimed.tries > _TRIES:
        fail(tx, export, ExportFailure.REFUSED)
    return export


def hold_on(tx: Tx, /, export: Export, **values: Any) -> bool:
    """Note how far it is and have more time; False where it was called off, or is another's."""
    return _note(tx, export, due_at=tx.now + _LEASE, **values)


def begin_sending(tx: Tx, export: Export) -> bool:
    """Have the time that a file takes to be sent. See `hold_on`."""
    return _note(tx, export, due_at=tx.now + _TO_SEND)


def made(tx: Tx, export: Export, cuts: tuple[int, ...], rows: int) -> bool:
    """Note how its files are cut; `rows` is what there was in the end. See `hold_on`."""
    text = ",".join(map(str, cuts))
    return hold_on(tx, export, state=ExportState.MADE, cuts=text, rows=rows, total=rows)


def may_have(tx: Tx, export: Export) -> bool:
    """Whether who asked for it is an owner still."""
    return may(find_role(tx, export.asked_by), Permission.SHOP)


def sent_one(tx: Tx, export: Export, number: int) -> bool:
    """Note that so many of its files are in the chat; it ends with the last. See `hold_on`."""
    if number < len(export.cuts):
        return hold_on(tx, export, sent=number, tries=1)
    over = {"state": ExportState.SENT, "due_at": None, "ended_at": tx.now}
    return _note(tx, export, sent=number, **over)


def postpone(tx: Tx, export: Export, wait: timedelta) -> bool:
    """Try it again after a wait."""
    return _note(tx, export, due_at=tx.now + min(wait, _TO_SEND))


def find_due(tx: Tx) -> datetime | None:
    """When the next export is due; None where none waits."""
    query = select(func.min(exports.c.due_at)).where(exports.c.state.in_(OPEN))
    found: datetime | None = tx.execute(query).scalar_one()
    return found


def fail(tx: Tx, export: Export, why: ExportFailure) -> bool:
    """Give it up."""
    return _note(tx, export, state=ExportState.FAILED, why=why, due_at=None, ended_at=tx.now)


def list_open(tx: Tx) -> frozenset[int]:
    """The numbers of all that are made or sent now: whatever lies about of others is left over."""
    return frozenset(tx.execute(select(exports.c.id).where(exports.c.state.in_(OPEN))).scalars())


def _note(tx: Tx, export: Export, **values: Any) -> bool:
    mine = (
        exports.c.id == export.id,
        exports.c.claim == export.claim,
        exports.c.state.in_(OPEN),
    )
    if not tx.execute(update(exports).where(*mine).values(**values)).rowcount:
        return False
    settle_notices(tx, export_subject(export.id))
    return True
