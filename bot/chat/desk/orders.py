"""The orders of everybody, eight a page."""

from __future__ import annotations

from bot.base.page import Page
from bot.chat.desk.parts import desk_screen, order_button
from bot.chat.desk.taps import OpenDeskOrders
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, pager
from bot.desk.details import DeskFilter
from bot.orders.views import OrderView


def desk_orders_screen(
    _: Locale,
    which: DeskFilter,
    page: Page[OrderView],
    note: Rich | str = "",
    *,
    shared: Rich | None = None,
    more: tuple[Row, ...] = (),
) -> Screen:
    """One page of orders; each can be tapped.

    `note` says first what has just happened, `shared` what several of them have in common, and
    `more` are the buttons for these.
    """
    headline = bold(filter_words(_, which))
    count = fill(_.n("{count} order", "{count} orders", page.total), count=_.number(page.total))
    shown = count if page.total else _("Nothing here.")
    turn = pager(page.number, page.pages, OpenDeskOrders(which=which))
    rows = [(order_button(_, order),) for order in page.rows]
    text = join([note, join([headline, shown]), shared or Rich()], "\n\n")
    return desk_screen(_, text, *more, *rows, *turn, _filters(_, which))


def filter_words(_: Locale, which: DeskFilter) -> str:
    """A filter's name."""
    return {
        DeskFilter.ALL: _("All orders"),
        DeskFilter.OPEN: _("Open"),
        DeskFilter.DOUBT: _("In doubt"),
        DeskFilter.ATTENTION: _("Attention"),
    }[which]


def _filters(_: Locale, which: DeskFilter) -> Row:
    others = (other for other in DeskFilter if other is not which)
    return tuple(Button(filter_words(_, other), OpenDeskOrders(which=other)) for other in others)
