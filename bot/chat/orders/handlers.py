"""Orders: the list, the card, the goods, and what can be done about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.base.ids import OrderId
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.orders.kinds import ChatKind
from bot.chat.orders.order import orders_screen
from bot.chat.orders.taps import CancelOrder, OpenOrder, OpenOrders, ShowGoods
from bot.orders import read
from bot.orders.views import OrderView
from bot.suppliers.words import Kind

ORDERS: Final = MenuCommand("orders", lambda _: _("Your orders"))


@dataclass(frozen=True, slots=True)
class OrderPages:
    """Shows the customer's orders, and what can be done about one.

    Taps on a card that has to stay as it is are answered with a toast.
    """

    store: Storefront
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.show_orders, OpenOrders(), ORDERS)
        routes.on_tap(self.show_orders, OpenOrders)
        routes.on_tap(self.show_order, OpenOrder)
        routes.on_tap(self.show_goods, ShowGoods, toast=True)
        routes.on_tap(self.cancel_order, CancelOrder, toast=True)

    async def show_orders(self, context: Context, tap: OpenOrders) -> None:
        """Show a page of the customer's orders."""
        page = await self.store.db.read(
            read.list_orders, context.customer.id, tap.page, only_open=tap.only_open
        )
        rows = await self.store.translate.views(context.locale.code, page.rows)
        screen = orders_screen(context.locale, replace(page, rows=rows), only_open=tap.only_open)
        await context.show(screen)

    async def show_order(self, context: Context, tap: OpenOrder) -> None:
        """Show the card of an order. Raises NotYours."""
        await self._show(context, await self._load(context, tap.order))

    async def show_goods(self, context: Context, tap: ShowGoods) -> None:
        """Send what an order brought, in a new message. Raises NotYours."""
        order = await self._load(context, tap.order)
        screen = await self.kinds[order.kind].goods_again(self.store, context, order)
        _ = context.locale
        none = _("There are no goods to show: none have come yet, or they are no longer kept.")
        await context.answer("" if screen else none, alert=screen is None)
        if screen is not None:
            context.card = None  # whatever fails from here on, the order's card stays
            await context.send(screen.in_reply_to(order.card))

    async def cancel_order(self, context: Context, tap: CancelOrder) -> None:
        """Take back an order that has not left. Raises NotYours, IllegalMove."""
        _, mine = context.locale, context.customer.id
        order = await self.store.db.write(read.cancel, mine, OrderId(tap.order))
        await context.answer(_("Canceled. The whole amount is back in your balance."))
        await self._show(context, order, live=tap.live)

    async def _load(self, context: Context, order: int) -> OrderView:
        return await self.store.db.read(read.load_order, context.customer.id, OrderId(order))

    async def _show(self, context: Context, order: OrderView, *, live: bool = False) -> None:
        _, kind, now = context.locale, self.kinds[order.kind], self.store.clock.now()
        shown = await self.store.translate.view(_.code, order)
        await context.show(kind.order_screen(_, shown, now, live=live))
