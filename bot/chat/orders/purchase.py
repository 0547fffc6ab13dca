"""From Buy to Confirm: quantity, link, price, and one tap that buys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.base.digits import western_digits
from bot.base.errors import TooLate
from bot.base.ids import OrderId, QuoteId, ServiceId
from bot.base.quantity import BadQuantity, Span, checked, parse_quantity
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.rules import Service
from bot.catalog.wanted.favourites import find_wanted
from bot.chat.catalog.errors import bad_quantity_text, not_for_sale_text, sold_out_text
from bot.chat.catalog.service import paused_screen
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.richtext import Rich
from bot.chat.kit.routes import Routes
from bot.chat.orders.confirm import changed_words, dearer, expired_screen
from bot.chat.orders.errors import bad_link_text
from bot.chat.orders.kinds import ChatKind, ask_link
from bot.chat.orders.quantity import end_words, which_quantity_screen
from bot.chat.orders.taps import (
    Confirm,
    EndOfSpan,
    LinkForm,
    PickQuantity,
    QuantityForm,
    ReadQuantity,
    TakeQuantity,
)
from bot.money.errors import NotEnoughCredit
from bot.orders import read
from bot.orders.quote import load_quote
from bot.orders.rules.errors import PriceRose, QuoteExpired
from bot.orders.rules.links import BadLink
from bot.orders.views import QuoteView
from bot.suppliers.words import Kind

_DIGITS: Final = re.compile(r"[0-9\s.,'+−-]+")


@dataclass(frozen=True, slots=True)
class PurchasePages:
    """Takes a customer from a service to an order; the steps differ by kind."""

    store: Storefront
    kinds: Mapping[Kind, ChatKind]

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.pick_quantity, PickQuantity, keeps_form=True)
        routes.on_tap(self.stay_in_span, EndOfSpan, toast=True, keeps_form=True)
        routes.on_tap(self.take_quantity, TakeQuantity, keeps_form=True)
        routes.on_tap(self.read_quantity, ReadQuantity, keeps_form=True)
        routes.on_tap(self.confirm_purchase, Confirm, keeps_form=True)
        routes.on_typed(self.type_quantity, QuantityForm)
        routes.on_typed(self.type_link, LinkForm, is_kept=True)

    async def pick_quantity(self, context: Context, tap: PickQuantity) -> None:
        """Show the quantity step. Raises NotForSale, SoldOut."""
        await self._kind_of(tap.service).ask_quantity(self.store, context, tap)

    async def take_quantity(self, context: Context, tap: TakeQuantity) -> None:
        """Show what comes after the quantity. Raises NotForSale, SoldOut."""
        await self._kind_of(tap.service).take_quantity(self.store, context, tap)

    async def stay_in_span(self, context: Context, tap: EndOfSpan) -> None:
        """Say why a step leads no further. Raises NotForSale."""
        span = self._service(tap.service).span
        await context.answer(end_words(context.locale, span, tap.quantity))

    async def type_quantity(self, context: Context, form: QuantityForm, text: str) -> None:
        """Take a typed quantity; explain one that does not fit. Raises NotForSale, SoldOut."""
        sign = context.locale.group_sign
        await self._take(context, form, lambda span: parse_quantity(text, span, sign))

    async def read_quantity(self, context: Context, tap: ReadQuantity) -> None:
        """Take what was meant by what can be read in two ways. Raises as typing does."""
        form = await context.find_form()
        if not isinstance(form, QuantityForm | LinkForm) or form.service != tap.service:
            form = QuantityForm(service=tap.service)
        await self._take(context, form, lambda span: checked(tap.quantity, span))

    async def _take(
        self, context: Context, form: QuantityForm | LinkForm, read: Callable[[Span], int]
    ) -> None:
        """Take a quantity of a service; explain one that is unclear or cannot be had."""
        _, service = context.locale, self._service(form.service)
        if service.span.is_empty:
            raise SoldOut(max(0, service.span.most))
        try:
            quantity = read(service.span)
        except BadQuantity as refused:
            if refused.readings:
                await context.show(which_quantity_screen(_, service.id, refused.readings))
            else:
                await self._explain(context, form, bad_quantity_text(_, refused))
            return
        chosen, before = TakeQuantity(service=service.id, quantity=quantity), None
        try:
            before = await self._before(context, form)
            await self.kinds[service.kind].take_quantity(self.store, context, chosen, before)
        except TooLate:
            await self._show_paid(context, form)

    async def _explain(self, context: Context, form: QuantityForm | LinkForm, why: Rich) -> None:
        """Say what is wrong on the card; a price that is shown there holds on."""
        kind, before = self._kind_of(form.service), await self._before(context, form)
        if before is not None and before.order is not None:
            await self._show_live_order(context, before.order)
        elif before is not None and self.store.clock.now() < before.expires_at:
            await kind.show_quote(self.store, context, before, why)
        elif isinstance(form, LinkForm):
            chosen = TakeQuantity(service=form.service, quantity=form.quantity)
            await ask_link(self.store, context, chosen, why)
        else:
            again = PickQuantity(service=form.service)
            await kind.ask_quantity(self.store, context, again, why)

    async def type_link(self, context: Context, form: LinkForm, text: str) -> None:
        """Take a typed link, or another quantity; explain what is neither. Raises NotForSale."""
        if _is_number(text):
            sign = context.locale.group_sign
            await self._take(context, form, lambda span: parse_quantity(text, span, sign))
            return
        kind, before = self._kind_of(form.service), await self._before(context, form)
        chosen = TakeQuantity(service=form.service, quantity=form.quantity)
        try:
            await kind.ask_price(self.store, context, chosen, text, before)
        except BadLink as refused:
            await self._explain(context, form, bad_link_text(context.locale, refused))
        except TooLate:
            await self._show_paid(context, form)

    async def _before(self, context: Context, form: QuantityForm | LinkForm) -> QuoteView | None:
        """The quote whose price is shown; None at the steps before a price."""
        return await self._quote(context, QuoteId(form.quote)) if form.quote else None

    async def _show_paid(self, context: Context, form: QuantityForm | LinkForm) -> None:
        """What was typed comes after the tap that bought: show what it bought."""
        before = await self._before(context, form)
        await context.close_form()
        if before is not None and before.order is not None:
            await self._show_live_order(context, before.order)

    async def confirm_purchase(self, context: Context, tap: Confirm) -> None:
        """Buy what the quote says, or show the screen for what prevents it."""
        context.buying, quote = True, QuoteId(tap.quote)
        try:
            order = await self.store.buy(context.customer, quote, context.card)
        except PriceRose as rose:
            await self._show_dearer(context, quote, rose.new_quote)
        except (QuoteExpired, SoldOut, NotEnoughCredit, NotForSale) as no:
            await self._show_no(context, await self._quote(context, quote), no)
        else:
            await context.close_form()
            await self._show_live_order(context, order)

    async def _show_dearer(self, context: Context, before: QuoteId, now: QuoteId) -> None:
        """Show the confirm card at the new price, with the old price beside it."""
        old, new = await self._quote(context, before), await self._quote(context, now)
        rise = dearer(context.locale, old.total, new.total)
        await self.kinds[new.kind].show_quote(self.store, context, new, rise)

    async def _show_no(
        self,
        context: Context,
        quote: QuoteView,
        no: QuoteExpired | SoldOut | NotEnoughCredit | NotForSale,
    ) -> None:
        """Show what prevents the purchase, and how to go on."""
        _, kind = context.locale, self.kinds[quote.kind]
        match no:
            case QuoteExpired() if newer := await self._find_newer(context, quote):
                await kind.show_quote(self.store, context, newer, changed_words(_))
            case QuoteExpired():
                await context.close_form()
                shown = await self.store.translate.view(_.code, quote)
                await context.show(expired_screen(_, shown, kind.ways(quote)))
            case SoldOut():
                fewer = PickQuantity(service=quote.service, quantity=max(0, no.left))
                await kind.ask_quantity(self.store, context, fewer, sold_out_text(_, no))
            case NotEnoughCredit():
                await kind.show_quote(self.store, context, quote)
            case NotForSale(NotForSaleReason.PRICE_JUMPED) if quote.kind is not Kind.NUMBER:
                await self._show_paused(context, quote, not_for_sale_text(_, no))
            case NotForSale():
                await kind.show_gone(self.store, context, quote, no)

    async def _show_paused(self, context: Context, quote: QuoteView, note: Rich) -> None:
        """Show what waits for its price, with the bell. Raises NotForSale where it is gone."""
        await context.close_form()
        offer = self.store.shelf.now.find_shown(quote.service)
        if offer is None:
            raise NotForSale(NotForSaleReason.GONE)
        shown = await self.store.translate.offer(context.locale.code, offer)
        wanted = await self.store.db.read(find_wanted, context.customer.id, quote.service)
        await context.show(paused_screen(context.locale, shown.service, wanted, note=note))

    async def _show_live_order(self, context: Context, order: OrderId) -> None:
        """Show the card that is edited as the order goes on."""
        view = await self.store.db.read(read.load_order, context.customer.id, order)
        shown = await self.store.translate.view(context.locale.code, view)
        _, kind, now = context.locale, self.kinds[view.kind], self.store.clock.now()
        screen = kind.order_screen(_, shown, now, live=True)
        card = await context.show(screen)
        if card is not None:
            # What happened while the card was on its way is shown by one more edit.
            await self.store.db.write(read.card_shown, order, card, view)

    async def _find_newer(self, context: Context, quote: QuoteView) -> QuoteView | None:
        """The quote that has taken the place of this one since; None where it is over as well."""
        form = await context.find_form()
        if not isinstance(form, QuantityForm | LinkForm) or form.quote in {0, quote.id}:
            return None
        newer = await self._quote(context, QuoteId(form.quote))
        is_open = newer.order is None and self.store.clock.now() < newer.expires_at
        return newer if is_open and newer.service == quote.service else None

    async def _quote(self, context: Context, quote: QuoteId) -> QuoteView:
        return await self.store.db.read(load_quote, context.customer.id, quote)

    def _service(self, service: int) -> Service:
        return self.store.shelf.now.load_offer(ServiceId(service)).service

    def _kind_of(self, service: int) -> ChatKind:
        return self.kinds[self._service(service).kind]


def _is_number(text: str) -> bool:
    """Whether it is meant as a quantity, whatever quantity that is: no link has digits alone."""
    return _DIGITS.fullmatch(western_digits(text)) is not None
