"""The desk's own pages: the shop at a glance, and how a command is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission, Role, may
from bot.base.clock import is_over
from bot.chat.basis.taps import OpenBases
from bot.chat.broadcasts.taps import OpenBroadcasts
from bot.chat.claims.taps import OpenClaims
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenDesk, OpenDeskOrders, OpenSuppliers
from bot.chat.desk.words import pause_words, supplier_amount
from bot.chat.exports.taps import OpenExports
from bot.chat.figures.taps import OpenStats
from bot.chat.home.taps import OpenDeskHelp
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import LONGEST_TEXT, Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.kit.taps import OpenHome
from bot.chat.money.taps import OpenApprovals, OpenRequests
from bot.chat.people.taps import OpenLog, OpenRoles
from bot.chat.prices.taps import OpenPrices
from bot.chat.rises.taps import OpenRises
from bot.chat.safety.taps import OpenSafeMode, ProveBooks
from bot.chat.shelf.taps import OpenHidden
from bot.chat.switches.taps import OpenSwitches
from bot.chat.texts.taps import OpenTexts
from bot.desk.dashboard import Dashboard, PeriodFigures, SupplierNeeds
from bot.desk.details import DeskFilter

_RECENT: Final = timedelta(minutes=1)
"""A balance of so short a while ago is shown without its age."""


def desk_home_screen(_: Locale, seen: Dashboard, role: Role | None) -> Screen:
    """The desk at a glance, as far as this role may see it, and the ways to all its screens."""
    reads = may(role, Permission.SEE)
    text: list[Rich | str] = [
        bold(_("Desk")),
        bold(_("⏸ The whole shop is switched off.")) if seen.shop_is_off else "",
        "" if seen.waiting.count_for(role) else _("Nothing waits for you."),
        _period(_, _("Today"), seen.today) if reads else "",
        _period(_, _("Last 7 days"), seen.week) if reads else "",
        _suppliers(_, seen) if reads else "",
        _group(_) if reads and not seen.group_takes else "",
    ]
    return Screen(join(text, "\n\n").cut(LONGEST_TEXT), _ways(_, seen))


def _group(_: Locale) -> str:
    return _(
        "⚠️ The group of ALERT_CHAT takes no messages from the bot, so alerts wait for it. Is the "
        "bot still a member, and may it write there?"
    )


def _ways(_: Locale, seen: Dashboard) -> tuple[Row, ...]:
    more: Row = (Button(_("🔄 Refresh"), OpenDesk()), Button(_("❓ Commands"), OpenDeskHelp()))
    rows = (*_waiting(_, seen), *_shop(_), more, (Button(_("🏠 Home"), OpenHome()),))
    return tuple(row for row in rows if row)


def _waiting(_: Locale, seen: Dashboard) -> tuple[Row, ...]:
    """The queues, and what is there only while something waits in it."""
    closed: Row = (Button(_("🔴 Safe mode"), OpenSafeMode()),) if seen.is_closed else ()
    waiting = seen.waiting
    asked = (
        _counted(_, _("Requests for credit"), waiting.requests, OpenRequests()),
        _counted(_, _("⚠️ Claims"), waiting.claims, OpenClaims()),
    )
    second = _counted(_, _("👥 Second operator"), waiting.approvals, OpenApprovals())
    risen = _counted(_, _("⏸ Prices to agree to"), seen.risen_prices, OpenRises())
    orders = (
        _counted(_, _("In doubt"), waiting.doubts, OpenDeskOrders(which=DeskFilter.DOUBT)),
        _counted(_, _("Attention"), waiting.attention, OpenDeskOrders(which=DeskFilter.ATTENTION)),
        _counted(_, _("Open"), waiting.open, OpenDeskOrders(which=DeskFilter.OPEN)),
    )
    seconds: Row = (second,) if waiting.approvals else ()
    rises: Row = (risen,) if seen.risen_prices else ()
    return closed, asked, seconds, rises, orders


def _shop(_: Locale) -> tuple[Row, ...]:
    """Everything that is read and set while nothing waits."""
    return (
        (Button(_("All orders"), OpenDeskOrders()), Button(_("Suppliers"), OpenSuppliers())),
        (Button(_("📊 Figures"), OpenStats()), Button(_("📤 Export"), OpenExports())),
        (Button(_("💲 Prices"), OpenPrices()), Button(_("🙈 Hidden by hand"), OpenHidden())),
        (Button(_("⏯ Sales"), OpenSwitches()), Button(_("⚖️ What rates are for"), OpenBases())),
        (Button(_("✏️ Texts"), OpenTexts()), Button(_("📣 Write to customers"), OpenBroadcasts())),
        (Button(_("Who runs the shop"), OpenRoles()), Button(_("Log"), OpenLog())),
        (Button(_("🧮 Prove the books"), ProveBooks()),),
    )


def _counted(_: Locale, words: str, count: int, tap: CallbackData) -> Button:
    return Button(f"{words} · {_.number(count)}" if count else words, tap)


def _period(_: Locale, title: str, figures: PeriodFigures) -> Rich:
    orders = fill(_("Orders: {count}"), count=_.number(figures.orders))
    back = fill(_("Given back: {amount}"), amount=_.money(figures.given_back))
    revenue = fill(_("Revenue: {amount}"), amount=bold(_.money(figures.revenue)))
    cost = fill(_("Cost: {amount}"), amount=_.money(figures.cost))
    margin = fill(_("Margin: {amount}"), amount=bold(_.money(figures.margin)))
    lines = [bold(title), join([orders, back], " · "), join([revenue, cost, margin], " · ")]
    return join(lines)


def _suppliers(_: Locale, seen: Dashboard) -> Rich:
    lines = [_supplier(_, one, seen) for one in seen.suppliers]
    paused = fill(
        _("⏸ Services paused because the supplier charged another price than expected: {count}"),
        count=_.number(seen.paused_services),
    )
    return join([bold(_("Suppliers")), *lines, paused if seen.paused_services else ""])


def _supplier(_: Locale, one: SupplierNeeds, seen: Dashboard) -> Rich:
    """Its balance and how long that lasts, and below it whatever is in the way."""
    name = bold(_.iso(clip(one.state.name, 40)))
    down = _("🔴 Does not answer") if one.state.name in seen.down else ""
    pauses = pause_words(_, one.state.pauses)
    paused = fill(_("⏸ New sales are paused: {why}"), why=_.iso(pauses)) if pauses else ""
    return join([join([name, _money(_, one, seen), _lasts(_, one)], " · "), down, paused])


def _money(_: Locale, one: SupplierNeeds, seen: Dashboard) -> Rich | str:
    balance, read_at = one.state.balance, one.state.balance_at
    if balance is None or read_at is None:
        return _("Balance: not read yet")
    amount = supplier_amount(_, balance.amount, balance.currency)
    if not is_over(read_at, _RECENT, seen.now):
        return amount
    return fill(_("{amount} ({when})"), amount=amount, when=_.ago(read_at, seen.now))


def _lasts(_: Locale, one: SupplierNeeds) -> Rich | str:
    days = one.count_days(_.currency)
    if days is None:
        return ""
    if not days:
        return bold(_("lasts less than a day"))
    count = _.number(days)
    return fill(_.n("lasts about {count} day", "lasts about {count} days", days), count=count)


def money_usage_screen(_: Locale, command: str) -> Screen:
    """How /topup and /debit are written."""
    usage = fill(
        _("Nothing was changed. Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=_.copied(f"/{command} {_usage(_)}"),
        example=_.copied(f"/{command} @alice 12.50"),
    )
    rule = _("The amount is above 0 and has at most 6 decimals.")
    return desk_screen(_, join([usage, rule], "\n\n"))


def look_up_usage_screen(_: Locale, written: str, example: str) -> Screen:
    """How a command that looks something up is written."""
    usage = fill(
        _("Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=_.copied(written),
        example=_.copied(example),
    )
    return desk_screen(_, usage)


def unknown_customer_screen(_: Locale) -> Screen:
    """Nobody of that name has spoken to the bot."""
    text = _(
        "Nothing was changed: I do not know this person. "
        "They have to open the bot and press Start first; then try again."
    )
    return desk_screen(_, text)


def unknown_order_screen(_: Locale) -> Screen:
    """There is no such order."""
    return desk_screen(_, _("There is no order with this number."))


def _usage(_: Locale) -> str:
    # Translators: what an operator types after /topup; keep the signs < > | [ ] and @username.
    return _("<id|@username> <amount> [note]")
