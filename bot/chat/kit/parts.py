"""Rows and sentences that several screens share."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from bot.base.basis import FLAT, Basis
from bot.base.money import Money
from bot.chat.kit.locale import Voice
from bot.chat.kit.names import IN_TEXT, fit
from bot.chat.kit.richtext import Rich, fill, rich
from bot.chat.kit.screen import Button, Row
from bot.chat.kit.taps import OpenHome, Stay


def footer(_: Voice, back: CallbackData | None = None, *, new: bool = False) -> Row:
    """`[◀ Back] [🏠 Home]`; `new` leaves the card that it sits on as it is."""
    home = Button(_("🏠 Home"), OpenHome(new=new))
    return (home,) if back is None else (Button(_("◀ Back"), back), home)


def pager(number: int, pages: int, to: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    """`⏮ ◀ 2/5 ▶ ⏭` with only the arrows that lead somewhere; nothing for a single page."""
    if pages <= 1:
        return ()
    last = pages - 1
    arrows = (
        ("⏮", 0, number > 1),
        ("◀", number - 1, number > 0),
        ("", number, True),
        ("▶", number + 1, number < last),
        ("⏭", last, number < last - 1),
    )
    label = f"{number + 1}/{pages}"
    return (
        tuple(
            Button(sign, to(page)) if sign else Button(label, Stay())
            for sign, page, leads in arrows
            if leads
        ),
    )


def named(_: Voice, name: str, most: int = IN_TEXT) -> str:
    """A supplier's name as it may stand in this reader's sentence."""
    return _.iso(fit(name, most))


def price_line(_: Voice, price: Money, unit: int, basis: Basis | None = None) -> Rich:
    """What one unit, a thousand, or the whole order costs, in words."""
    if basis == FLAT:
        return fill(_("Price: {price} for the whole order"), price=_.money(price))
    if unit == 1:
        return fill(_("Price: {price} each"), price=_.money(price))
    return fill(_("Price: {price} per {count}"), price=_.money(price), count=_.number(unit))


def label(template: str, **places: str) -> str:
    """A button's translated label with its places filled."""
    return fill(template, places).text


def balance_line(_: Voice, credit: Money) -> Rich:
    """The free credit."""
    return fill(_("Balance: {amount}"), amount=_.money(credit))


def how_to_pay(_: Voice, instructions: str) -> Rich:
    """The operator's own words about paying, never translated and never long."""
    if not instructions.strip():
        return Rich(_("To pay, write to support: /support"))
    return Rich(_("How to pay:")) + "\n" + rich(instructions.strip()).cut(1500)
