"""What desk screens have in common: the footer, the second tap, order lines and pagers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from bot.chat.desk.taps import OpenDesk, OpenOrderDetails
from bot.chat.desk.words import state_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, shorten
from bot.chat.kit.richtext import LONGEST_TEXT, Rich, bold, fill, join, rich
from bot.chat.kit.screen import Button, Row, Screen, Style
from bot.chat.kit.taps import OpenHome
from bot.orders.views import OrderView


def desk_screen(_: Locale, text: Rich | str, *rows: Row) -> Screen:
    """A desk screen with the ways out; whatever the text is, it fits."""
    shown = join([text]).cut(LONGEST_TEXT)
    ways = (Button(_("⚙️ Desk"), OpenDesk()), Button(_("🏠 Home"), OpenHome()))
    return Screen(shown, (*(row for row in rows if row), ways))


def sure_screen(
    _: Locale, text: Rich, yes: Button, back: CallbackData, style: Style = "danger"
) -> Screen:
    """A first tap only asks: what will happen, and the second tap."""
    confirmed = Button(yes.label, yes.tap, style=style)
    return desk_screen(_, text, (confirmed,), (Button(_("◀ Back"), back),))


def order_line(_: Locale, order: OrderView) -> Rich:
    """An order in one line of text."""
    name = _.iso(clip(order.service_name, IN_TEXT))
    return fill(
        _("#{order} · {name} × {quantity} · {total} · {state}"),
        order=bold(str(order.id)),
        name=name,
        quantity=_.number(order.quantity),
        total=_.money(order.total),
        state=state_words(_, order.state),
    )


def order_button(_: Locale, order: OrderView) -> Button:
    """An order as a button; the state comes first, because long names are cut."""
    text = f"#{order.id} · {state_words(_, order.state)} · {_.money(order.total)}"
    label = shorten(f"{text} · {_.iso(clip(order.service_name, 40))}")
    return Button(label, OpenOrderDetails(order=order.id))


def stamped(_: Locale, at: datetime, text: Rich | str) -> Rich:
    """A line of a history."""
    return _.moment(at) + " · " + text


def stamped_lines(_: Locale, lines: Iterable[tuple[datetime, Rich | str]]) -> list[Rich]:
    """The lines of a history; the minute of the line before is not said again."""
    shown: list[Rich] = []
    before = None
    for at, text in lines:
        minute = at.replace(second=0, microsecond=0)
        shown.append(rich("· ") + text if minute == before else stamped(_, at, text))
        before = minute
    return shown
