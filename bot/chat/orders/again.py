"""The same again: an earlier order's confirm card at today's price, in one tap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.base.ids import OrderId
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.places.tree import Category
from bot.chat.catalog.taps import OpenCatalog, OpenCategory
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, fit
from bot.chat.kit.richtext import bold, join
from bot.chat.kit.routes import Routes
from bot.chat.kit.screen import Button, Screen, footer, named
from bot.chat.orders.kinds import ChatKind
from bot.chat.orders.taps import OpenOrders, OrderAgain
from bot.orders import read
from bot.orders.views import OrderView
from bot.suppliers.words import Kind


@dataclass(frozen=True, slots=True)
class AgainPages:
    """Takes a customer from an order to the next one of the same."""

    store: Storefront
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register the handler."""
        routes.on_tap(self.order_again, OrderAgain)

    async def order_again(self, context: Context, tap: OrderAgain) -> None:
        """Show the price of the same today; where it cannot be had, what comes closest.

        Raises NotYours, Banned, NotForSale.
        """
        mine, order = context.customer.id, OrderId(tap.order)
        before = await self.store.db.read(read.load_order, mine, order)
        shelf = self.store.shelf.now
        known = shelf.find_service(before.service)
        if shelf.find_shown(before.service) is not None:
            await self.kinds[before.kind].order_again(self.store, context, before)
        elif known is not None and known.hidden is NotForSaleReason.UNKNOWN_BASIS:
            raise NotForSale(known.hidden)
        else:
            await self._show_gone(context, before)

    async def _show_gone(self, context: Context, order: OrderView) -> None:
        """Say that it is sold no more, and lead to what stands where it stood."""
        _, shelf = context.locale, self.store.shelf.now
        order = await self.store.translate.view(_.code, order)
        service = shelf.find_service(order.service)
        path = () if service is None else shelf.path(service.category)
        near = await self.store.translate.path(_.code, path)
        await context.show(gone_again_screen(_, order, near[-1] if near else None))


def gone_again_screen(_: Locale, order: OrderView, near: Category | None) -> Screen:
    """What was bought before is sold no more; `near` is the category in which it stood."""
    gone = _("Nothing was charged. This is no longer sold, but there may be something like it.")
    way = Button(_("🛍 Catalog"), OpenCatalog(), style="primary")
    if near is not None:
        name = _.iso(fit(near.name, IN_BUTTON))
        way = Button(f"🛍 {name}", OpenCategory(category=near.id), style="primary")
    text = join([bold(named(_, order.service_name)), gone], "\n\n")
    return Screen(text, ((way,), footer(_, OpenOrders())))
