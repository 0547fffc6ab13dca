"""Orders: the list, the card, the goods, and what can be done about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.base.ids import OrderId
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.orders.kinds import ChatKind
from bot.chat.orders.order import no_goods_text, orders_screen
from bot.chat.orders.taps import CancelOrder, OpenOrder, OpenOrders, ReportProblem, ShowGoods
from bot.orders import read
from bot.orders.views import OrderView
from bot.suppliers.words import Kind

ORDERS: Final = MenuCommand("orders", lambda _: _("Your orders"))


@dataclass(frozen=True, slots=True)
class OrderPages:
    """The customer's own orders. Taps on a card that has to stay are answered with a toast."""

    store: Storefront
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register what is done with orders."""
        routes.on_command(self.show_orders, OpenOrders(), ORDERS)
        routes.on_tap(self.show_orders, OpenOrders)
        routes.on_tap(self.show_order, OpenOrder)
        routes.on_tap(self.show_goods, ShowGoods, toast=True)
        routes.on_tap(self.report_problem, ReportProblem, toast=True)
        routes.on_tap(self.cancel_order, CancelOrder, toast=True)

    async def show_orders(self, visit: Visit, tap: OpenOrders) -> None:
        """A page of them."""
        page = await self.store.db.read(
            read.list_orders, visit.customer.id, tap.page, only_open=tap.only_open
        )
        rows = await self.store.translate.views(visit.voice.code, page.rows)
        screen = orders_screen(visit.voice, replace(page, rows=rows), only_open=tap.only_open)
        await visit.show(screen)

    async def show_order(self, visit: Visit, tap: OpenOrder) -> None:
        """The card of one. Raises NotYours."""
        await self._show(visit, await self._load(visit, tap.order))

    async def show_goods(self, visit: Visit, tap: ShowGoods) -> None:
        """What an order brought, in a new message. Raises NotYours."""
        order = await self._load(visit, tap.order)
        screen = await self.kinds[order.kind].goods_again(self.store, visit, order)
        await visit.answer("" if screen else no_goods_text(visit.voice), alert=screen is None)
        if screen is not None:
            visit.card = None  # whatever fails from here on, the order's card stays
            await visit.send(screen)

    async def report_problem(self, visit: Visit, tap: ReportProblem) -> None:
        """Tell the operators, once. Raises NotYours."""
        _, mine = visit.voice, visit.customer.id
        fresh = await self.store.db.write(read.report_problem, mine, OrderId(tap.order))
        told = _("We have been told, and a person will look at this order.")
        known = _("We know about it already, and a person will look at this order.")
        await visit.answer(told if fresh else known, alert=True)

    async def cancel_order(self, visit: Visit, tap: CancelOrder) -> None:
        """Take back an order that has not left. Raises NotYours, IllegalMove."""
        _, mine = visit.voice, visit.customer.id
        order = await self.store.db.write(read.cancel, mine, OrderId(tap.order))
        await visit.answer(_("Canceled. The whole amount is back in your balance."))
        await self._show(visit, order, live=tap.live)

    async def _load(self, visit: Visit, order: int) -> OrderView:
        return await self.store.db.read(read.load_order, visit.customer.id, OrderId(order))

    async def _show(self, visit: Visit, order: OrderView, *, live: bool = False) -> None:
        shown = await self.store.translate.view(visit.voice.code, order)
        await visit.show(self.kinds[order.kind].order_screen(visit.voice, shown, live=live))
