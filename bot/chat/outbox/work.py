"""What is told of an operator's long work as it stands when it is told."""

from __future__ import annotations

from bot.base.ids import OrderId
from bot.catalog.shelf import Shelf
from bot.chat.basis.trial import calibration_screen
from bot.chat.exports.screens import export_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.outbox.gone import Gone, GoneReason
from bot.db.database import Database
from bot.desk.exports.ask import find_export
from bot.orders.calibration.read import find_calibration
from bot.outbox.export_notices import ExportCard
from bot.outbox.supplier_notices import CalibrationDone


async def show_calibration(
    db: Database, shelf: Shelf, notice: CalibrationDone, _: Locale
) -> Screen:
    """What an operator's order has found out about a rate. Raises Gone."""
    found = await db.read(find_calibration, OrderId(notice.order))
    if found is None:
        raise Gone(GoneReason.NO_ORDER)
    return calibration_screen(_, found, shelf)


async def show_export(db: Database, notice: ExportCard, _: Locale) -> Screen:
    """How far an export is. Raises Gone."""
    found = await db.read(find_export, notice.export)
    if found is None:
        raise Gone(GoneReason.NO_LONGER_SO)
    return export_screen(_, found, db.settings.zone)
