"""Everybody's orders at the desk, and what is decided about several of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.errors import ShopClosed
from bot.base.ids import OrderId
from bot.chat.desk.decisions import still_closed_words
from bot.chat.desk.home import look_up_usage_screen
from bot.chat.desk.orders import desk_orders_screen
from bot.chat.desk.shared import (
    shared_decided_words,
    shared_decision,
    shared_moved_words,
    shared_rows,
    shared_sure_screen,
    shared_words,
)
from bot.chat.desk.taps import DecideShared, Decision, OpenDeskOrders
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import MenuCommand, Permitted, Routes
from bot.desk.details import (
    DeskFilter,
    SharedCause,
    find_shared_cause,
    list_orders,
    list_shared_causes,
)
from bot.orders.decide import cancel_all, decide_all, keep_polling_all

DESK_ORDERS: Final = MenuCommand(
    "orders", lambda _: _("All orders"), Permission.SEE, "/orders doubt"
)


@dataclass(frozen=True, slots=True)
class DeskOrdersPages:
    """Lists orders, and decides about those in attention that share one cause."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.look_up, DESK_ORDERS, filters=(Permitted(Permission.SEE),))
        routes.on_tap(self.open, OpenDeskOrders)
        routes.on_tap(self.decide, DecideShared)

    async def look_up(self, context: Context, command: CommandObject) -> None:
        """`/orders [open|doubt|attention]`; any other word is answered with how to write it."""
        word, _ = (command.args or DeskFilter.ALL).strip().lower(), context.locale
        if word in {known.value for known in DeskFilter}:
            await self.open(context, OpenDeskOrders(which=DeskFilter(word)))
            return
        usage = look_up_usage_screen(_, "/orders [open|doubt|attention]", "/orders doubt")
        await context.show(usage)

    async def open(self, context: Context, tap: OpenDeskOrders) -> None:
        """Show a page of everybody's orders."""
        await self._show(context, tap)

    async def decide(self, context: Context, tap: DecideShared) -> None:
        """The first tap asks, the second decides about as many as the first one named."""
        _, known = context.locale, self.desk.attach.suppliers
        cause = await self.desk.db.read(find_shared_cause, known, OrderId(tap.order))
        if cause is None or shared_decision(cause, known) is not tap.act:
            await self._show(context, _ATTENTION, shared_moved_words(_))
        elif not tap.sure or _refunds_others(tap, cause):
            await context.show(shared_sure_screen(_, cause, known))
        else:
            await self._show(context, _ATTENTION, await self._decide(context, tap, cause))

    async def _decide(self, context: Context, tap: DecideShared, cause: SharedCause) -> Rich | str:
        """Decide, and answer with what that did."""
        _, these = context.locale, (cause.supplier, cause.reason)
        decision = keep_polling_all if tap.act is Decision.KEEP_ASKING else cancel_all
        try:
            done = await decide_all(self.desk.db, decision, act_of(context), these, tap.count)
        except ShopClosed:
            return still_closed_words(_)
        return shared_decided_words(_, tap.act, done) if done else shared_moved_words(_)

    async def _show(self, context: Context, tap: OpenDeskOrders, note: Rich | str = "") -> None:
        """Show a page; `note` says first what has just been done."""
        _, db, known = context.locale, self.desk.db, self.desk.attach.suppliers
        page = await db.read(list_orders, tap.which, tap.page)
        causes: tuple[SharedCause, ...] = ()
        if tap.which is DeskFilter.ATTENTION:
            causes = await db.read(list_shared_causes, known)
        shared, rows = shared_words(_, causes), shared_rows(_, causes, known)
        await context.show(desk_orders_screen(_, tap.which, page, note, shared=shared, more=rows))


def _refunds_others(tap: DecideShared, cause: SharedCause) -> bool:
    """Whether other orders, and another sum, would go back than the operator has read of."""
    return tap.act is Decision.CANCEL and tap.count != cause.count


_ATTENTION = OpenDeskOrders(which=DeskFilter.ATTENTION)
