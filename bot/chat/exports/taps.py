"""The taps of exports."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.taps import Id, Key
from bot.desk.exports.tables import ExportKind


class OpenExports(CallbackData, prefix="ta"):
    """What there is to be had as a file."""

    needs: ClassVar = Permission.SHOP


class OpenExportMonths(CallbackData, prefix="tb"):
    """Of which month."""

    needs: ClassVar = Permission.SHOP
    kind: ExportKind


class AskExport(CallbackData, prefix="tc"):
    """Ask for it; `month` is `2026-11`, or empty for all days.

    `after` is the newest export that there was: a second tap asks for nothing more.
    """

    needs: ClassVar = Permission.SHOP
    kind: ExportKind
    month: Key
    after: Id


class OpenExport(CallbackData, prefix="td"):
    """How far an export is."""

    needs: ClassVar = Permission.SHOP
    export: Id


class CancelExport(CallbackData, prefix="te"):
    """Call it off."""

    needs: ClassVar = Permission.SHOP
    export: Id
