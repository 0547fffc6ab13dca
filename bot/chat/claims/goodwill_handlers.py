"""An operator gives money back for an order without a claim, or sends its goods once more."""

from __future__ import annotations

import msgspec

from bot.base.errors import ShopClosed, TooLate
from bot.base.ids import OrderId
from bot.base.money import ZERO, Money, amounts_of
from bot.chat.claims.decisions import refunded_words
from bot.chat.claims.goodwill import (
    ask_amount_screen,
    ask_reason_screen,
    done_screen,
    refund_order_sure_screen,
    resend_sure_screen,
)
from bot.chat.claims.taps import RefundForm, RefundOrder, RefundSure, ResendGoods
from bot.chat.desk.decisions import still_closed_words, too_late_words
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich, fill
from bot.chat.kit.routes import Routes
from bot.desk.claims import OrderRemedies, load_order_remedies
from bot.orders.claims import remedy

_LONGEST = 500


class GoodwillPages:
    """Asks how much and why, and does it once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.ask, RefundOrder)
        routes.on_typed(self.take, RefundForm)
        routes.on_tap(self.refund, RefundSure, keeps_form=True)
        routes.on_tap(self.resend, ResendGoods)

    async def ask(self, context: Context, tap: RefundOrder) -> None:
        """Ask how much goes back, or why all of it does."""
        _, found = context.locale, await self._load(tap.order)
        if not found.paid.left:
            await context.show(done_screen(_, found, _nothing_left(context)))
            return
        form = RefundForm(tap.order, found.seen)
        if tap.every:
            form = msgspec.structs.replace(form, amount=found.paid.left.micros)
        await context.open_form(form)
        await self._go_on(context, found, form)

    async def _go_on(self, context: Context, found: OrderRemedies, form: RefundForm) -> None:
        _, amount = context.locale, Money(form.amount)
        if not amount:
            await context.show(ask_amount_screen(_, found))
        elif not form.reason:
            await context.show(ask_reason_screen(_, found, amount))
        else:
            await context.show(refund_order_sure_screen(_, found, amount, form.reason))

    async def take(self, context: Context, form: RefundForm, text: str) -> None:
        """Take the amount, then the reason; the newest reason counts."""
        _, found = context.locale, await self._load(form.order)
        if form.seen != found.seen:
            await context.close_form()
            await context.show(done_screen(_, found, too_late_words(_)))
            return
        if form.amount:
            said = " ".join(text.split())[:_LONGEST]
            if not said:
                refusal = _("Only words, please.")
                await context.show(ask_reason_screen(_, found, Money(form.amount), refusal))
                return
            form = msgspec.structs.replace(form, reason=said)
        else:
            amount = self._amount(context, found, text)
            if not amount:
                await context.show(ask_amount_screen(_, found, self._refusal(context, found)))
                return
            form = msgspec.structs.replace(form, amount=amount.micros)
        await context.open_form(form)
        await self._go_on(context, found, form)

    def _amount(self, context: Context, found: OrderRemedies, text: str) -> Money:
        """The typed amount; zero for one that may not go back or can be read in two ways."""
        bare = text.strip().strip("$€£₽").strip()
        meant = [
            one
            for one in amounts_of(bare, context.locale.group_sign)
            if ZERO < one <= found.paid.left
        ]
        step = self._desk.db.settings.price_step
        fits = len(meant) == 1 and (meant[0].is_in_steps(step) or meant[0] == found.paid.left)
        return meant[0] if fits else ZERO

    def _refusal(self, context: Context, found: OrderRemedies) -> Rich:
        _ = context.locale
        said = _("It has to be an amount from {least} to {most}.")
        least = min(self._desk.db.settings.price_step, found.paid.left)
        return fill(said, least=_.money(least), most=_.money(found.paid.left))

    async def refund(self, context: Context, tap: RefundSure) -> None:
        """Give back what was typed, once."""
        _, form = context.locale, await context.find_form()
        fits = isinstance(form, RefundForm) and form.order == tap.order and form.reason
        note: Rich | str = too_late_words(_)
        if fits and isinstance(form, RefundForm) and form.seen == tap.seen:
            note = await self._refund(context, form)
            await context.close_form()
        await context.show(done_screen(_, await self._load(tap.order), note))

    async def _refund(self, context: Context, form: RefundForm) -> Rich | str:
        _, act, order = context.locale, act_of(context), OrderId(form.order)
        amount = Money(form.amount)
        try:
            await self._desk.db.write(
                remedy.refund_order, act, order, form.seen, amount, form.reason
            )
        except TooLate:
            return too_late_words(_)
        except ShopClosed:
            return still_closed_words(_)
        return refunded_words(_, amount)

    async def resend(self, context: Context, tap: ResendGoods) -> None:
        """The first tap asks, the second sends."""
        _, found = context.locale, await self._load(tap.order)
        if not found.order.goods_kept:
            none = _("Nothing was done: the goods of this order are no longer kept.")
            await context.show(done_screen(_, found, none))
            return
        if not tap.sure:
            await context.show(resend_sure_screen(_, found))
            return
        try:
            await self._desk.db.write(remedy.resend, act_of(context), found.order.id, tap.seen)
            note = _("✅ Done: the goods are on their way to the customer again.")
        except TooLate:
            note = too_late_words(_)
        except ShopClosed:
            note = still_closed_words(_)
        await context.show(done_screen(_, await self._load(tap.order), note))

    async def _load(self, order: int) -> OrderRemedies:
        return await self._desk.db.read(load_order_remedies, OrderId(order))


def _nothing_left(context: Context) -> str:
    _ = context.locale
    return _("Nothing was done: nothing is left that could go back.")
