"""How much a customer may buy: lines of their card, and the screen that changes it."""

from __future__ import annotations

from bot.base.money import Money
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenUser
from bot.chat.desk.words import who
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.people.taps import DropLimit, OpenLimits, TypeLimit
from bot.desk.details import CustomerCard
from bot.people.limits import Limit, Limits


def limit_name(_: Locale, limit: Limit) -> str:
    """What is limited."""
    return {
        Limit.ORDERS: _("Orders in one hour"),
        Limit.SPEND: _("Spending in one day"),
        Limit.OPEN: _("Open orders at once"),
    }[limit]


def limit_lines(_: Locale, limits: Limits) -> list[Rich]:
    """One line for each limit that there is."""
    found = [(limit, getattr(limits, limit)) for limit in Limit]
    return [_line(_, limit, most) for limit, most in found if most is not None]


def _line(_: Locale, limit: Limit, most: int | Money | None) -> Rich:
    text = _("no limit of their own")
    if most is not None:
        text = _.money(most) if isinstance(most, Money) else _.number(most)
    return fill(_("{name}: {most}"), name=limit_name(_, limit), most=bold(text))


def limits_screen(_: Locale, card: CustomerCard, note: str = "") -> Screen:
    """All limits of a customer, with the ways to change them; `note` says what was just done."""
    lines = [_line(_, limit, getattr(card.limits, limit)) for limit in Limit]
    meaning = _("What would be more is not sold to them; they read why, and nothing is charged.")
    text = join([note, bold("👤 ") + who(_, card.customer), *lines, meaning])
    rows = [_row(_, card, limit) for limit in Limit]
    return desk_screen(_, text, *rows, _back(_, card))


def _row(_: Locale, card: CustomerCard, limit: Limit) -> Row:
    change = Button(limit_name(_, limit), TypeLimit(customer=card.customer.id, limit=limit))
    if getattr(card.limits, limit) is None:
        return (change,)
    return (change, Button(_("Remove limit"), DropLimit(customer=card.customer.id, limit=limit)))


def _back(_: Locale, card: CustomerCard) -> Row:
    return (Button(_("◀ Back"), OpenUser(customer=card.customer.id)),)


def ask_limit_screen(_: Locale, card: CustomerCard, limit: Limit, problem: str = "") -> Screen:
    """The limit is typed next; `problem` says what was wrong with what was typed."""
    ask = (
        _("Type an amount, such as 100.")
        if limit is Limit.SPEND
        else _("Type a whole number, such as 10. With 0 nothing is sold to them.")
    )
    name = bold(limit_name(_, limit))
    text = join([problem, bold("👤 ") + who(_, card.customer), name, ask])
    back = Button(_("◀ Back"), OpenLimits(customer=card.customer.id))
    return desk_screen(_, text, (back,))


def ask_note_screen(_: Locale, card: CustomerCard) -> Screen:
    """The note is typed next."""
    has = fill(_("📝 Note: {note}"), note=_.iso(card.note)) if card.note else Rich()
    ask = _(
        "Type the new note, up to 500 characters; a single - removes it. Only operators read it."
    )
    return desk_screen(_, join([bold("👤 ") + who(_, card.customer), has, ask]), _back(_, card))
