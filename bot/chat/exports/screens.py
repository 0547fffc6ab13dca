"""Exports as owners see them: what there is, of which days, how far one is, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final

from bot.chat.desk.parts import desk_screen
from bot.chat.exports.taps import (
    AskExport,
    CancelExport,
    OpenExport,
    OpenExportMonths,
    OpenExports,
)
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import LONGEST_CAPTION, Rich, bold, fill, join
from bot.chat.kit.screen import Button, Document, Row, Screen
from bot.desk.exports.days import BadDaysReason, Days, days_of
from bot.desk.exports.job import Export
from bot.desk.exports.run import ExportFile
from bot.desk.exports.tables import ExportFailure, ExportKind, ExportState

EXAMPLE: Final = "/export orders 2026-11-01..2026-11-27"
_USAGE: Final = "/export orders|ledger|customers [2026-11-01..2026-11-27]"
_IN_A_ROW: Final = 2


def kind_words(_: Locale, kind: ExportKind) -> str:
    """What an export lists."""
    return {
        ExportKind.ORDERS: _("Orders"),
        ExportKind.LEDGER: _("Ledger"),
        ExportKind.CUSTOMERS: _("Customers"),
    }[kind]


def days_words(_: Locale, days: Days) -> str:
    """Of which days it is."""
    first, last = days.first, days.last
    if days.month is not None:
        return _.month(days.month)
    if first is None and last is None:
        return _("all days")
    if first is None or last is None:
        text = _("since {day}") if last is None else _("until {day}")
        return text.format(day=_.day(first or last or date.min))
    if first == last:
        return _.day(first)
    return _("{first} to {last}").format(first=_.day(first), last=_.day(last))


def exports_screen(_: Locale) -> Screen:
    """Which rows."""
    title = bold(_("📤 A file for your spreadsheet"))
    what = _(
        "A CSV file that opens in any spreadsheet. What was delivered, codes, phones of rented "
        "numbers and customers' links are never in it."
    )
    choose = tuple(Button(kind_words(_, kind), OpenExportMonths(kind=kind)) for kind in ExportKind)
    return desk_screen(_, join([title, what, _("What shall be in it?")], "\n\n"), choose)


def months_screen(
    _: Locale, kind: ExportKind, months: Sequence[date], newest: int, note: Rich | str = ""
) -> Screen:
    """Of which month; `newest` is the newest export so far."""
    title = bold(f"📤 {kind_words(_, kind)}")
    typed = fill(
        _("Choose the days, or type them:\n{example}"),
        example=_.copied(f"/export {kind} 2026-11-01..2026-11-27"),
    )
    shown = [
        Button(_.month(one), AskExport(kind=kind, month=f"{one:%Y-%m}", after=newest))
        for one in months
    ]
    everything = (Button(_("All days"), AskExport(kind=kind, month="", after=newest)),)
    back = (Button(_("◀ Back"), OpenExports()),)
    rows = [tuple(shown[at : at + _IN_A_ROW]) for at in range(0, len(shown), _IN_A_ROW)]
    return desk_screen(_, join([title, note, typed], "\n\n"), *rows, everything, back)


def usage_screen(_: Locale) -> Screen:
    """How the command is written."""
    usage = fill(
        _("Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=_.copied(_USAGE),
        example=_.copied(EXAMPLE),
    )
    return desk_screen(_, usage, (Button(_("📤 Export"), OpenExports()),))


def bad_days_screen(_: Locale, why: BadDaysReason, kind: ExportKind) -> Screen:
    """What is wrong with the days that were typed."""
    wrong = {
        BadDaysReason.NOT_DAYS: _("These are no days that I can read. Write them like this:"),
        BadDaysReason.BACKWARDS: _("The last day comes before the first one. Write it like this:"),
        BadDaysReason.FUTURE: _("These days have not begun yet. Write it like this:"),
    }[why]
    text = join([wrong, _.copied(EXAMPLE)])
    return desk_screen(_, text, (Button(_("◀ Back"), OpenExportMonths(kind=kind)),))


def export_screen(_: Locale, export: Export, zone: tzinfo) -> Screen:
    """How far an export is, and the way to call it off."""
    if export.is_open:
        ways: Row = (
            Button(_("✖ Cancel"), CancelExport(export=export.id)),
            Button(_("🔄 Refresh"), OpenExport(export=export.id)),
        )
    else:
        ways = (Button(_("📤 Another file"), OpenExports()),)
    title = bold("📤 " + _title(_, export, zone))
    return desk_screen(_, join([title, _progress(_, export)], "\n\n"), ways)


def _title(_: Locale, export: Export, zone: tzinfo) -> str:
    days = days_words(_, days_of(export.since, export.until, zone))
    return f"{kind_words(_, export.kind)} · {days}"


def _progress(_: Locale, export: Export) -> Rich | str:
    match export.state:
        case ExportState.ASKED if not export.total:
            return _("⏳ The file is being made. It comes right here, below this message.")
        case ExportState.ASKED:
            rows, total = _.number(export.rows), _.number(export.total)
            return fill(_("⏳ {rows} of {total} rows are written."), rows=rows, total=total)
        case ExportState.MADE:
            part, parts = _.number(export.sent + 1), _.number(len(export.cuts))
            return fill(_("⏳ Sending file {part} of {count}."), part=part, count=parts)
        case ExportState.SENT:
            return fill(_("✅ Here it is: {rows}."), rows=_rows(_, export))
        case ExportState.CANCELED:
            return _("✖ You called it off. No more of it is sent.")
    return _failed(_, export.why)


def _failed(_: Locale, why: str) -> str:
    return {
        ExportFailure.ROLE: _("✖ It was not sent: only owners may have it."),
        ExportFailure.UNREACHABLE: _("✖ It was not sent: you had stopped the bot."),
        ExportFailure.DISK: _(
            "✖ The file could not be written. Is there room left on the bot's disk (DATA_DIR)?"
        ),
    }.get(ExportFailure(why)) or _("✖ It could not be sent. Please ask for it again.")


def _rows(_: Locale, export: Export) -> Rich:
    words = _.n("{count} row", "{count} rows", export.rows)
    return fill(words, count=_.number(export.rows))


def file_screen(_: Locale, file: ExportFile, zone: tzinfo) -> Screen:
    """One file as a message: what is in it, and which part of how many it is."""
    export, parts = file.export, len(file.export.cuts)
    title = bold(_title(_, export, zone))
    part = fill(_("Part {part} of {count}"), part=_.number(file.part), count=_.number(parts))
    stood = fill(_("{rows}, up to {time}."), rows=_rows(_, export), time=_.moment(export.asked_at))
    empty = _(
        "Nothing happened in these days, so the file has its headings and no rows. That is fine: "
        "try another month."
    )
    lines = [title, part if parts > 1 else "", stood if export.rows else empty]
    return Screen(join(lines).cut(LONGEST_CAPTION), document=Document(file.name, path=file.path))
