"""Orders: the list, the card, the goods, and what can be done about one."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.base.ids import OrderId
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.screen import Screen
from bot.chat.middlewares import TOAST
from bot.chat.numbers.codes import codes_screen
from bot.chat.orders.goods import goods_screen
from bot.chat.orders.order import no_goods_text, order_screen, orders_screen
from bot.chat.orders.taps import CancelOrder, OpenOrder, OpenOrders, ReportProblem, ShowGoods
from bot.numbers.rows import list_codes
from bot.orders import read
from bot.orders.views import Goods
from bot.suppliers.words import Kind


def orders_router(store: Storefront) -> Router:
    """Taps on orders; those on a card that must stay are answered with a toast."""
    router = Router(name="orders")

    @router.callback_query(OpenOrders.filter())
    async def open_orders(query: CallbackQuery, callback_data: OpenOrders, visit: Visit) -> None:
        await show_orders(store, visit, callback_data)

    @router.callback_query(OpenOrder.filter())
    async def open_order(query: CallbackQuery, callback_data: OpenOrder, visit: Visit) -> None:
        view = await store.db.read(
            read.load_order, visit.customer.id, OrderId(callback_data.order)
        )
        view = await store.translate.view(visit.voice.code, view)
        await visit.show(order_screen(visit.voice, view))

    @router.callback_query(ShowGoods.filter(), flags=TOAST)
    async def show_goods(query: CallbackQuery, callback_data: ShowGoods, visit: Visit) -> None:
        screen = await goods_again(store, visit, OrderId(callback_data.order))
        await visit.answer("" if screen else no_goods_text(visit.voice), alert=screen is None)
        if screen is not None:
            visit.card = None  # whatever fails from here on, the order's card stays
            await visit.send(screen)

    @router.callback_query(ReportProblem.filter(), flags=TOAST)
    async def report_problem(
        query: CallbackQuery, callback_data: ReportProblem, visit: Visit
    ) -> None:
        _, order = visit.voice, OrderId(callback_data.order)
        fresh = await store.db.write(read.report_problem, visit.customer.id, order)
        told = _("We have been told, and a person will look at this order.")
        known = _("We know about it already, and a person will look at this order.")
        await visit.answer(told if fresh else known, alert=True)

    @router.callback_query(CancelOrder.filter(), flags=TOAST)
    async def cancel_order(query: CallbackQuery, callback_data: CancelOrder, visit: Visit) -> None:
        order = OrderId(callback_data.order)
        view = await store.db.write(read.cancel, visit.customer.id, order)
        _ = visit.voice
        await visit.answer(_("Canceled. The whole amount is back in your balance."))
        view = await store.translate.view(_.code, view)
        await visit.show(order_screen(_, view, live=callback_data.live))

    return router


async def goods_again(store: Storefront, visit: Visit, order: OrderId) -> Screen | None:
    """What an order brought, as one message; None when nothing is there. Raises NotYours."""
    mine, _ = visit.customer.id, visit.voice
    view = await store.db.read(read.load_order, mine, order)
    if view.kind is Kind.NUMBER:
        codes = await store.db.read(list_codes, mine, order) if view.delivered else ()
        return codes_screen(_, view, codes) if codes else None
    batches = await store.db.read(read.list_goods, mine, order)
    view = await store.translate.view(_.code, view)
    return goods_screen(_, together(batches, view.service_name)) if batches else None


def together(batches: tuple[Goods, ...], name: str) -> Goods:
    """All batches as one: shown again, an order's goods are one message."""
    accounts = tuple(account for batch in batches for account in batch.accounts)
    return replace(batches[0], service_name=name, accounts=accounts)


async def show_orders(store: Storefront, visit: Visit, tap: OpenOrders | None = None) -> None:
    """The customer's own orders."""
    tap = tap or OpenOrders()
    page = await store.db.read(
        read.list_orders, visit.customer.id, tap.page, only_open=tap.only_open
    )
    page = replace(page, rows=await store.translate.views(visit.voice.code, page.rows))
    await visit.show(orders_screen(visit.voice, page, only_open=tap.only_open))
