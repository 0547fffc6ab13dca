"""Owners ask for exports, by command and by buttons from the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Act, Permission
from bot.base.keys import export_key
from bot.chat.exports import screens
from bot.chat.exports.taps import (
    AskExport,
    CancelExport,
    OpenExport,
    OpenExportMonths,
    OpenExports,
)
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.desk.exports import ask
from bot.desk.exports.ask import ExportRequest
from bot.desk.exports.days import BadDays, last_months, read_days
from bot.desk.exports.tables import ExportKind

EXPORT: Final = MenuCommand(
    "export", lambda _: _("Files for your spreadsheet"), Permission.SHOP, "/export orders"
)
_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class ExportPages:
    """Takes wishes for exports, and shows how far they are."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.type_export, EXPORT)
        routes.on_tap(self.open_all, OpenExports)
        routes.on_tap(self.open_months, OpenExportMonths)
        routes.on_tap(self.ask, AskExport)
        routes.on_tap(self.open_one, OpenExport)
        routes.on_tap(self.cancel, CancelExport)

    async def type_export(self, context: Context, command: CommandObject) -> None:
        """`/export` shows what there is, `/export orders 2026-11-01..2026-11-27` asks for it."""
        _, (word, *days) = context.locale, (command.args or "").split(maxsplit=1) or [""]
        if not word:
            await context.show(screens.exports_screen(_))
        elif word.lower() not in {kind.value for kind in ExportKind}:
            await context.show(screens.usage_screen(_))
        else:
            act, kind = act_of(context), ExportKind(word.lower())
            await self._ask(context, act, kind, "".join(days))

    async def open_all(self, context: Context, tap: OpenExports) -> None:
        """Show what there is to be had."""
        await context.show(screens.exports_screen(context.locale))

    async def open_months(self, context: Context, tap: OpenExportMonths) -> None:
        """Show the last months."""
        newest = await self.desk.db.read(ask.find_newest, context.customer.id)
        months = last_months(self._today(), _MONTHS)
        await context.show(screens.months_screen(context.locale, tap.kind, months, newest))

    async def ask(self, context: Context, tap: AskExport) -> None:
        """Ask for a month, once however often it is tapped."""
        act = act_of(context)
        key = export_key(act.key, f"{tap.after}:{tap.kind}:{tap.month}")
        await self._ask(context, replace(act, key=key), tap.kind, tap.month)

    async def open_one(self, context: Context, tap: OpenExport) -> None:
        """Show how far one is. Raises NotYours."""
        await self._show(context, tap.export)

    async def cancel(self, context: Context, tap: CancelExport) -> None:
        """Call one off, and show what became of it. Raises NotYours."""
        await self.desk.db.write(ask.cancel_export, act_of(context), tap.export)
        await self._show(context, tap.export)

    async def _ask(self, context: Context, act: Act, kind: ExportKind, written: str) -> None:
        try:
            days = read_days(written, self._today())
        except BadDays as bad:
            await context.show(screens.bad_days_screen(context.locale, bad.why, kind))
            return
        export = await self.desk.db.write(ask.ask_export, act, ExportRequest(kind, days))
        await self._show(context, export)

    async def _show(self, context: Context, number: int) -> None:
        """Show an export on a card that is edited as it goes on."""
        db = self.desk.db
        export = await db.read(ask.load_export, context.customer.id, number)
        zone = db.settings.zone
        card = await context.show(screens.export_screen(context.locale, export, zone))
        if card is not None and export.is_open:
            await db.write(ask.show_export, export, card)

    def _today(self) -> date:
        return self.desk.clock.now().astimezone(self.desk.db.settings.zone).date()
