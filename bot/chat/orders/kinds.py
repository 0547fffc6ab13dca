"""How an order of each kind is shown in the chat, and how one is bought, one class a kind.

Numbers bring their own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.base.ids import ServiceId
from bot.base.quantity import BadQuantity, checked
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.rules import Offer
from bot.catalog.standing import list_paused
from bot.catalog.wanted.favourites import find_wanted
from bot.chat.catalog.errors import bad_quantity_text
from bot.chat.catalog.handlers import back_from
from bot.chat.catalog.service import service_screen
from bot.chat.catalog.sharing import offer_words, service_link
from bot.chat.catalog.taps import OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.forms import Form
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, code, fill
from bot.chat.kit.screen import Screen
from bot.chat.orders.confirm import QuoteWays, confirm_screen, shortfall_screen
from bot.chat.orders.errors import bad_link_text
from bot.chat.orders.goods import goods_screen, together
from bot.chat.orders.notices import ended_screen
from bot.chat.orders.order import order_screen, story
from bot.chat.orders.quantity import link_screen, quantity_screen
from bot.chat.orders.taps import LinkForm, PickQuantity, QuantityForm, TakeQuantity
from bot.chat.own_words import how_to_pay_words, paused_words
from bot.chat.search.taps import OpenFound
from bot.orders import read
from bot.orders.rules.links import BadLink
from bot.orders.rules.moves import State
from bot.orders.rules.networks import named_networks
from bot.orders.views import OrderView, QuoteView
from bot.people import customers
from bot.suppliers.words import Kind

_LINK = 200


class ChatKind:
    """What kinds have in common: a service card, a quantity, a price, and a card for the order.

    Attributes:
        has_own_cards: whether each order of one purchase has a card of its own.
        is_delivered: whether what is bought comes into the chat.
        rents_numbers: whether the taps that rent numbers are meant for it.
    """

    kind: Kind
    has_own_cards = False
    is_delivered = True
    rents_numbers = False

    def order_screen(
        self, _: Locale, order: OrderView, now: datetime, *, live: bool = False
    ) -> Screen:
        """An order as a card; the `live` one is edited as the order goes on."""
        told, progress = self.story(_, order, now), self.progress(_, order)
        return order_screen(_, order, told, progress, now, live=live)

    def story(self, _: Locale, order: OrderView, now: datetime) -> Rich:
        """What happened to the money and what comes next."""
        return story(_, order, now)

    def progress(self, _: Locale, order: OrderView) -> Rich:
        """How much of an order is done; empty where that is not known."""
        return Rich()

    def ended_screen(self, _: Locale, order: OrderView) -> Screen:
        """An order came to its end."""
        return ended_screen(_, order)

    def refund_rule(self, _: Locale) -> str:
        """What comes back by itself, on the confirm card."""
        return _("Whatever is not done is refunded to your balance.")

    def ways(self, quote: QuoteView) -> QuoteWays:
        """Where screens about a quote lead."""
        pick = PickQuantity(service=quote.service, quantity=quote.quantity)
        return QuoteWays(again=pick, back=pick, shelf=OpenService(service=quote.service))

    def desk_line(self, _: Locale, order: OrderView) -> Rich:
        """What operators see of it: the host of its link, the supplier shows the rest."""
        if not order.link:
            return Rich()
        return code(clip(urlsplit(order.link).hostname or "", _LINK) + "/…")

    async def show_service(
        self, store: Storefront, context: Context, offer: Offer, tap: OpenService | OpenFound
    ) -> None:
        """Show a service; the tap says which page of it, and what it was found by."""
        _, back, now = context.locale, back_from(store.shelf.now, offer, tap), store.clock.now()
        shown, path = await store.translate.card(_.code, offer)
        share = await context.screens.presenter.share(service_link(offer), offer_words(_, shown))
        is_delivered = self.is_delivered
        paused = paused_words(store, _, await store.db.recall(list_paused), offer.service)
        wanted = await store.db.read(find_wanted, context.customer.id, offer.service.id)
        about = (shown, path, back, share, now, tap.page, wanted)
        await context.show(
            service_screen(_, *about, tap=tap, is_delivered=is_delivered, paused=paused)
        )

    async def ask_quantity(
        self, store: Storefront, context: Context, tap: PickQuantity, refusal: Rich | None = None
    ) -> None:
        """Show the quantity step, within today's range. Raises NotForSale, SoldOut."""
        choice = await store.ask_quantity(context.customer.id, ServiceId(tap.service))
        offer = await store.translate.offer(context.locale.code, choice.offer)
        choice, span = replace(choice, offer=offer), offer.service.span
        quantity = min(max(tap.quantity, span.least), span.most)
        total = choice.total(quantity)
        await context.open_form(QuantityForm(service=tap.service))
        await context.show(quantity_screen(context.locale, choice, quantity, total, refusal))

    async def take_quantity(
        self,
        store: Storefront,
        context: Context,
        tap: TakeQuantity,
        before: QuoteView | None = None,
    ) -> None:
        """Show the price, in the place of the quote `before`; ask again for what cannot be had."""
        try:
            await self.ask_price(store, context, tap, "", before)
        except BadQuantity as refused:
            again = PickQuantity(service=tap.service, quantity=tap.quantity)
            refusal = bad_quantity_text(context.locale, refused)
            await self.ask_quantity(store, context, again, refusal)

    async def order_again(self, store: Storefront, context: Context, order: OrderView) -> None:
        """Show today's price of the same; else its card, or the step that has to be taken anew."""
        offer = store.shelf.now.find_shown(order.service)
        if offer is None:
            raise NotForSale(NotForSaleReason.GONE)
        if not offer.service.is_on_sale(await store.db.recall(list_paused)):
            await self.show_service(store, context, offer, OpenService(service=offer.service.id))
            return
        chosen = TakeQuantity(service=order.service, quantity=order.quantity)
        try:
            checked(order.quantity, offer.service.span)
        except BadQuantity as refused:
            again = PickQuantity(service=order.service, quantity=order.quantity)
            refusal = bad_quantity_text(context.locale, refused)
            await self.ask_quantity(store, context, again, refusal)
        else:
            await self.take_again(store, context, chosen, order.link)

    async def take_again(
        self, store: Storefront, context: Context, tap: TakeQuantity, link: str
    ) -> None:
        """Show what comes after the quantity of an order that was made before."""
        await self.take_quantity(store, context, tap)

    async def ask_price(
        self,
        store: Storefront,
        context: Context,
        tap: TakeQuantity,
        link: str = "",
        before: QuoteView | None = None,
    ) -> None:
        """Lock the price and show it. Raises as `AskQuote` does."""
        instead_of = None if before is None else before.id
        service = ServiceId(tap.service)
        quote = await store.ask_quote(
            context.customer, service, tap.quantity, link, instead_of=instead_of
        )
        await self.show_quote(store, context, quote)

    def form(self, quote: QuoteView) -> Form:
        """What may be typed while the price is shown: another quantity."""
        return QuantityForm(service=quote.service, quote=quote.id)

    async def show_quote(
        self, store: Storefront, context: Context, quote: QuoteView, change: Rich | None = None
    ) -> None:
        """Show the confirm card, or what is missing for it; `change` is what is new since."""
        _ = context.locale
        quote = await store.translate.view(_.code, quote)
        await context.open_form(self.form(quote))
        if quote.after.micros < 0:
            await show_shortfall(store, context, quote, self.ways(quote), change)
            return
        offer, now = store.shelf.now.find_shown(quote.service), store.clock.now()
        basis = None if offer is None else offer.service.basis
        await context.show(confirm_screen(_, quote, self.refund_rule(_), now, basis, change))

    async def show_gone(
        self, store: Storefront, context: Context, quote: QuoteView, gone: NotForSale
    ) -> None:
        """Say that what was quoted is not for sale any more. Raises `gone`, which has words."""
        raise gone

    async def goods_again(
        self, store: Storefront, context: Context, order: OrderView
    ) -> Screen | None:
        """All that an order brought as one message; None when nothing is there."""
        _ = context.locale
        batches = await store.db.read(read.list_goods, order.customer, order.id)
        order = await store.translate.view(_.code, order)
        return goods_screen(_, together(batches, order.service_name)) if batches else None


class ChatProduct(ChatKind):
    """Accounts and the like, which come into the chat one by one."""

    kind = Kind.PRODUCT

    def progress(self, _: Locale, order: OrderView) -> Rich:
        """How many have come, once some have or can."""
        if not order.delivered and order.state is not State.ACTIVE:
            return Rich()
        said = _("{delivered} of {count} delivered")
        return fill(said, delivered=_.number(order.delivered), count=_.number(order.quantity))

    def refund_rule(self, _: Locale) -> str:
        """What comes back of goods."""
        return _("Whatever is not delivered is refunded to your balance.")


class ChatSocial(ChatKind):
    """Something done to a link, which is asked for after the quantity."""

    kind = Kind.SOCIAL
    is_delivered = False

    def story(self, _: Locale, order: OrderView, now: datetime) -> Rich:
        """While it is under way, only its end is still to be shown."""
        if order.state is not State.ACTIVE:
            return story(_, order, now)
        if not order.total:
            return Rich(_("The work is under way; this card changes when it is done."))
        return Rich(
            _("Your money is set aside. The work is under way; this card changes when it is done.")
        )

    def form(self, quote: QuoteView) -> Form:
        """Another link, or another quantity."""
        return LinkForm(service=quote.service, quantity=quote.quantity, quote=quote.id)

    async def take_quantity(
        self,
        store: Storefront,
        context: Context,
        tap: TakeQuantity,
        before: QuoteView | None = None,
    ) -> None:
        """Ask for the link, or show the price of the link that is known."""
        if before is None:
            await ask_link(store, context, tap)
        else:
            await self.ask_price(store, context, tap, before.link, before)

    async def take_again(
        self, store: Storefront, context: Context, tap: TakeQuantity, link: str
    ) -> None:
        """Show the price for the same link; ask for one that is forgotten, or taken no more."""
        if not link:
            await ask_link(store, context, tap)
            return
        try:
            await self.ask_price(store, context, tap, link)
        except BadLink as refused:
            await ask_link(store, context, tap, bad_link_text(context.locale, refused))


async def ask_link(
    store: Storefront, context: Context, tap: TakeQuantity, refusal: Rich | None = None
) -> None:
    """Show the link step; `refusal` says what was wrong with a typed link. Raises NotForSale."""
    offer = store.shelf.now.load_offer(ServiceId(tap.service))
    name = (await store.translate.offer(context.locale.code, offer)).service.listed.name
    await context.open_form(LinkForm(service=tap.service, quantity=tap.quantity))
    networks = named_networks(*offer.service.listed.names)
    await context.show(link_screen(context.locale, name, tap, networks, refusal))


async def show_shortfall(
    store: Storefront,
    context: Context,
    quote: QuoteView,
    ways: QuoteWays,
    change: Rich | None = None,
) -> None:
    """Show what is missing for a purchase, and remember it: credit that comes offers it again."""
    await store.db.write(
        customers.remember_purchase, context.customer.id, quote.service, quote.quantity
    )
    how = how_to_pay_words(store, context.locale)
    await context.show(shortfall_screen(context.locale, quote, ways, how, change))
