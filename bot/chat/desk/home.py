"""The desk's own pages: what an operator can do, and how a command is written."""

from __future__ import annotations

from bot.chat.claims.taps import OpenClaims
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenDeskOrders, OpenSuppliers
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Screen
from bot.chat.kit.taps import OpenHome
from bot.chat.safety.taps import OpenSafeMode
from bot.desk.details import DeskFilter


def desk_home_screen(_: Locale, *, is_closed: bool = False) -> Screen:
    """The commands of operators; `is_closed` in safe mode."""
    lines = [
        bold(_("Desk")),
        _command(_, "/topup @alice 25", _("give credit (/credit does the same)")),
        _command(_, "/debit @alice 25", _("take credit back")),
        _command(_, "/user @alice", _("a customer: credit, orders, ban")),
        _command(_, "/order 12", _("an order with its whole history")),
        _command(_, "/orders", _("all orders; add open, doubt or attention")),
        _command(_, "/claims", _("problems that customers reported, oldest first")),
        _command(_, "/suppliers", _("balances, health, what is hidden and why")),
    ]
    orders = (
        Button(_("In doubt"), OpenDeskOrders(which=DeskFilter.DOUBT)),
        Button(_("Attention"), OpenDeskOrders(which=DeskFilter.ATTENTION)),
        Button(_("Open"), OpenDeskOrders(which=DeskFilter.OPEN)),
    )
    more = (
        Button(_("All orders"), OpenDeskOrders()),
        Button(_("⚠️ Claims"), OpenClaims()),
        Button(_("Suppliers"), OpenSuppliers()),
    )
    safe_mode = (Button(_("🔴 Safe mode"), OpenSafeMode()),)
    closed = (safe_mode,) if is_closed else ()
    home = (Button(_("🏠 Home"), OpenHome()),)
    return Screen(join(lines), (*closed, orders, more, home))


def _command(_: Locale, written: str, meaning: str) -> Rich:
    return code(_.iso(written)) + "\n    " + meaning


def money_usage_screen(_: Locale, command: str) -> Screen:
    """How /topup and /debit are written."""
    usage = fill(
        _("Nothing was changed. Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=code(_.iso(f"/{command} {_usage(_)}")),
        example=code(_.iso(f"/{command} @alice 12.50")),
    )
    rule = _("The amount is above 0 and has at most 6 decimals.")
    return desk_screen(_, join([usage, rule], "\n\n"))


def look_up_usage_screen(_: Locale, written: str, example: str) -> Screen:
    """How a command that looks something up is written."""
    usage = fill(
        _("Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=code(_.iso(written)),
        example=code(_.iso(example)),
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
