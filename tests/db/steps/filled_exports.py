"""The exports of the filled shop."""

from bot.desk.exports import store as exports
from bot.desk.exports.ask import ExportRequest, ask_export, cancel_export
from bot.desk.exports.days import ALL_DAYS
from bot.desk.exports.tables import ExportKind
from tests.stored_shop import Books


async def fill_exports(books: Books) -> None:
    """One that is made, one that was called off, and one that waits."""
    for kind in ExportKind:
        request = ExportRequest(kind, ALL_DAYS)
        asked = await books.db.write(ask_export, books.act(), request)
        if kind is ExportKind.ORDERS:
            export = await books.db.write(exports.claim)
            assert export is not None
            assert await books.db.write(exports.made, export, (export.newest,), 9)
        elif kind is ExportKind.LEDGER:
            assert await books.db.write(cancel_export, books.act(), asked)
