"""How the suppliers stand: money there, health, what is on sale and what is hidden."""

from __future__ import annotations

from datetime import datetime

from bot.catalog.errors import NotForSaleReason
from bot.catalog.refresh import Unread
from bot.catalog.rules import PAUSED
from bot.chat.desk.notes import failure_words
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.taps import OpenSuppliers, ResumeSupplier, ending_of
from bot.chat.desk.words import hidden_words, pause_words, supplier_amount, unread_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, clip
from bot.chat.kit.richtext import LONGEST_TEXT, Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.standins.taps import OpenTies
from bot.desk.suppliers import SupplierReport


def suppliers_screen(
    _: Locale, reports: tuple[SupplierReport, ...], now: datetime, note: str = ""
) -> Screen:
    """One paragraph a supplier; long ones share the room of a message fairly."""
    if not reports:
        return desk_screen(_, _("No supplier is set up."))
    share = (LONGEST_TEXT - 300) // len(reports)
    texts = [_report(_, report, now).cut(max(200, share)) for report in reports]
    rows = [_resume(_, place, it) for place, it in enumerate(reports) if it.can_resume]
    refresh: Row = (
        Button(_("🔄 Refresh"), OpenSuppliers()),
        Button(_("Stand-ins"), OpenTies()),
    )
    return desk_screen(_, join([note, *texts], "\n\n"), *rows, refresh)


def _resume(_: Locale, place: int, report: SupplierReport) -> Row:
    label = fill(_("▶ Resume {name}"), name=clip(report.name, 30)).text
    tap = ResumeSupplier(place=place, ending=ending_of(report.name))
    return (Button(clip(label, IN_BUTTON), tap),)


def _report(_: Locale, report: SupplierReport, now: datetime) -> Rich:
    sold = _("Not sold meanwhile: {count}") if report.pauses else _("On sale: {count}")
    on_sale = fill(sold, count=_.number(report.on_sale))
    name = bold(_.iso(clip(report.name, 60)))
    lines = [
        name,
        _state(_, report, now),
        _balance(_, report, now),
        _read(_, report, now),
    ]
    asked = [_advice(_, report.basis_advice), _unclear(_, report.unclear)]
    return join([*lines, on_sale, _hidden(_, report.hidden), *asked])


def _state(_: Locale, report: SupplierReport, now: datetime) -> Rich:
    """Whether it sells, or everything that is in the way."""
    paused = fill(_("⏸ New sales are paused: {why}"), why=_.iso(pause_words(_, report.pauses)))
    health = report.health
    if health.down_since is None:
        return paused if report.pauses else Rich(_("🟢 Answers"))
    down = fill(
        _("🔴 Stopped answering {when}: {why}"),
        when=_.ago(health.down_since, now),
        why=failure_words(_, health.why) or _.copied(clip(health.why, 120) or "-"),
    )
    return join([down, paused if report.pauses else ""])


def _balance(_: Locale, report: SupplierReport, now: datetime) -> Rich | str:
    if report.balance is None:
        return _("Balance: not read yet")
    amount = supplier_amount(_, report.balance.amount, report.balance.currency)
    when = _.ago(report.balance_at, now) if report.balance_at else "-"
    return fill(_("Balance: {amount} ({when})"), amount=bold(amount), when=when)


def _read(_: Locale, report: SupplierReport, now: datetime) -> Rich | str:
    """When the catalogue was read, or why it and the numbers are not read now."""
    read: Rich | str = _("Catalogue: not read yet")
    if report.read_at is not None:
        read = fill(_("Catalogue read {when}"), when=_.ago(report.read_at, now))
    if report.unread is not None:
        read = _unread(_, _("⚠️ Catalogue not read since {when}: {why}"), report.unread)
    if report.unread_numbers is None:
        return read
    said = _("⚠️ SMS numbers not read since {when}: {why}")
    return join([read, _unread(_, said, report.unread_numbers)])


def _unread(_: Locale, said: str, unread: Unread) -> Rich:
    return fill(said, when=_.moment(unread.since), why=unread_words(_, unread.why))


def _hidden(_: Locale, hidden: tuple[tuple[NotForSaleReason, int], ...]) -> Rich:
    """What is not for sale; single services that are paused are shown to customers."""
    paused = [one for one in hidden if one[0] in PAUSED]
    others = [_counted(_, *one) for one in hidden if one not in paused]
    shown = [_counted(_, *one) for one in paused]
    return join([*shown, _("Hidden:") if others else "", *others])


def _counted(_: Locale, why: NotForSaleReason, count: int) -> Rich:
    return fill(_("• {count}: {why}"), count=_.number(count), why=hidden_words(_, why))


def _advice(_: Locale, advice: tuple[str, ...]) -> Rich:
    if not advice:
        return Rich()
    words = _("Say at /basis whether rates are for 1 or for 1000:")
    return join([words, *(_.copied(clip(line, 160)) for line in advice[:3])])


def _unclear(_: Locale, unclear: tuple[str, ...]) -> Rich:
    if not unclear:
        return Rich()
    words = _("Say in the settings (PRODUCTS or SOCIALS) whether these are goods or need a link:")
    return join([words, *(_.copied(clip(line, 160)) for line in unclear)])


def resume_sure_screen(_: Locale, place: int, report: SupplierReport) -> Screen:
    """What resuming means, before it is done."""
    text = fill(
        _("Sell services of {name} again? Sales were paused because: {why}"),
        name=bold(_.iso(clip(report.name, 60))),
        why=_.iso(pause_words(_, report.pauses)),
    )
    tap = ResumeSupplier(place=place, ending=ending_of(report.name), sure=True)
    return sure_screen(_, text, Button(_("▶ Resume"), tap), OpenSuppliers(), "success")
