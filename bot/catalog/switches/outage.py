"""A supplier that is down for long: its sales are paused, and go on once it answers again.

A new order would wait as long as orders wait for a supplier and then be paid back, so it is not
sold. Whether it is down is what the alert of that says, which all processes share: while it stands
nobody ends the pause, and without it nobody begins one, however often single calls pass and fail.
"""

from __future__ import annotations

from bot.base.ids import SupplierName
from bot.base.keys import supplier_cause
from bot.catalog import standing
from bot.db.database import Database
from bot.db.tx import Tx
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.outbox.tell import begin_alert, end_alert, is_alert_known


async def begin(db: Database, supplier: SupplierName) -> bool:
    """Pause the sales of a supplier that is down, and tell operators once; whether that is new."""
    if await db.recall(standing.is_paused_by, supplier, SupplierCause.OUTAGE):
        return False
    return await db.write(pause_for_outage, supplier)


async def end(db: Database, supplier: SupplierName) -> bool:
    """Let sales go on unless the supplier still counts as down; whether they were paused so."""
    if not await db.recall(standing.is_paused_by, supplier, SupplierCause.OUTAGE):
        return False
    if await db.read(_is_down, supplier):
        return False
    return await db.write(resume_after_outage, supplier)


def pause_for_outage(tx: Tx, supplier: SupplierName) -> bool:
    """Pause the sales of a supplier where its alert says that it is down."""
    if not _is_down(tx, supplier) or not standing.pause(tx, supplier, SupplierCause.OUTAGE):
        return False
    cause = supplier_cause(SupplierCause.OUTAGE, supplier)
    begin_alert(tx, cause, SupplierAlert(supplier, SupplierCause.OUTAGE))
    return True


def resume_after_outage(tx: Tx, supplier: SupplierName) -> bool:
    """Take the pause away where no alert says that the supplier is down."""
    if _is_down(tx, supplier) or not standing.resume(tx, supplier, SupplierCause.OUTAGE):
        return False
    cause = supplier_cause(SupplierCause.OUTAGE, supplier)
    end_alert(tx, cause, SupplierAlert(supplier, SupplierCause.OUTAGE, over=True))
    return True


def _is_down(tx: Tx, supplier: SupplierName) -> bool:
    return is_alert_known(tx, supplier_cause(SupplierCause.DOWN, supplier), on=True)
