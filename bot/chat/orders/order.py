"""The list of orders, and the card of one."""

from __future__ import annotations

from bot.base.page import Page
from bot.chat.catalog.taps import OpenCatalog
from bot.chat.kit.locale import Voice
from bot.chat.kit.names import IN_ROW, fit
from bot.chat.kit.parts import footer, label, named, pager
from bot.chat.kit.richtext import Rich, bold, code, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.orders.taps import (
    CancelOrder,
    OpenOrder,
    OpenOrders,
    PickQuantity,
    ReportProblem,
    ShowGoods,
)
from bot.chat.orders.words import state_sign, state_text
from bot.orders.rules.moves import State
from bot.orders.views import OrderView


def orders_screen(_: Voice, page: Page[OrderView], *, only_open: bool = False) -> Screen:
    """Newest first, eight a page, all of them or only the open ones."""
    rows = [(_order_row(_, order),) for order in page.rows]
    pages = pager(
        page.number, page.pages, lambda number: OpenOrders(page=number, only_open=only_open)
    )
    text = join([bold(_("Your orders")), _about(_, page, only_open=only_open)])
    shop = () if rows else ((Button(_("🛍 Catalog"), OpenCatalog(), style="primary"),),)
    return Screen(text, (_filter(_, only_open=only_open), *rows, *pages, *shop, footer(_)))


def _about(_: Voice, page: Page[OrderView], *, only_open: bool) -> Rich:
    if page.total:
        return fill(_.n("{count} order", "{count} orders", page.total), count=_.number(page.total))
    return Rich(_("You have no open orders.") if only_open else _("You have no orders yet."))


def _filter(_: Voice, *, only_open: bool) -> Row:
    every, some = _("All"), _("Open")
    return (
        Button(every if only_open else f"✓ {every}", OpenOrders()),
        Button(f"✓ {some}" if only_open else some, OpenOrders(only_open=True)),
    )


def _order_row(_: Voice, order: OrderView) -> Button:
    shown = label(
        _("{sign} #{number} · {name} · {total}"),
        sign=state_sign(order.state),
        number=str(order.id),
        name=_.iso(fit(order.service_name, IN_ROW)),
        total=_.money(order.total),
    )
    return Button(shown, OpenOrder(order=order.id))


def order_screen(
    _: Voice, order: OrderView, told: Rich, progress: Rich, *, live: bool = False
) -> Screen:
    """An order as a card.

    Args:
        _: its reader's language.
        order: what it shows.
        told: what happened to the money and what comes next.
        progress: how much of it is done, where that is known.
        live: whether it is edited as the order goes on; its ways out open new messages then.
    """
    text = join([_what(_, order, progress), told, _money_and_times(_, order)], "\n\n")
    return Screen(text, (*_acts(_, order, live=live), _ways_out(_, live=live)))


def _what(_: Voice, order: OrderView, progress: Rich) -> Rich:
    title = fill(_("Order #{number}"), number=str(order.id))
    line = fill(
        _("{name}, quantity {count}"),
        name=named(_, order.service_name),
        count=_.number(order.quantity),
    )
    link = fill(_("Link: {link}"), link=code(_.iso(order.link))) if order.link else Rich()
    state = state_sign(order.state) + " " + state_text(_, order.state)
    return join([bold(title), line, link, bold(state), progress])


def delivered_text(_: Voice, order: OrderView) -> Rich:
    """How many of the goods have come."""
    said = _("{delivered} of {count} delivered")
    return fill(said, delivered=_.number(order.delivered), count=_.number(order.quantity))


def _money_and_times(_: Voice, order: OrderView) -> Rich:
    finished = order.finished_at
    paid = order.state in {State.COMPLETED, State.PARTIAL}
    return join(
        [
            fill(_("Total: {total}"), total=_.money(order.total)),
            fill(_("Paid: {amount}"), amount=_.money(order.captured)) if paid else "",
            fill(_("Refunded: {amount}"), amount=_.money(order.released))
            if order.released
            else "",
            fill(_("Ordered: {time}"), time=_.moment(order.created_at)),
            fill(_("Finished: {time}"), time=_.moment(finished)) if finished else "",
        ]
    )


def _acts(_: Voice, order: OrderView, *, live: bool) -> tuple[Row, ...]:
    again = PickQuantity(service=order.service, quantity=order.quantity, new=live)
    goods = Button(_("📄 Show goods"), ShowGoods(order=order.id), style="primary")
    cancel = Button(_("✖ Cancel the order"), CancelOrder(order=order.id, live=live))
    acts = (Button(_("🔁 Order again"), again), _problem(_, order))
    return (
        *(((goods,),) if order.delivered and order.goods_kept else ()),
        *(((cancel,),) if order.can_be_canceled else ()),
        acts,
    )


def _problem(_: Voice, order: OrderView) -> Button:
    return Button(_("⚠️ Problem"), ReportProblem(order=order.id))


def _ways_out(_: Voice, *, live: bool) -> Row:
    if live:
        return (Button(_("📦 Orders"), OpenOrders(new=True)), *footer(_, new=True))
    return footer(_, OpenOrders())


def no_goods_text(_: Voice) -> str:
    """The answer to a tap on goods that are not there."""
    return _("There are no goods to show: none have come yet, or they are no longer kept.")
