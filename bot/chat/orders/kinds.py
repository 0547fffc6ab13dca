"""How an order of each kind is shown in the chat, and how one is bought, one class a kind.

Numbers bring their own.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from bot.base.ids import ServiceId
from bot.base.quantity import BadQuantity
from bot.catalog.errors import NotForSale
from bot.catalog.rules import Offer
from bot.chat.catalog.errors import bad_quantity_text
from bot.chat.catalog.handlers import show_service_card
from bot.chat.catalog.taps import OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voice
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, code
from bot.chat.kit.screen import Screen
from bot.chat.orders.confirm import QuoteWays, confirm_screen
from bot.chat.orders.forms import QuantityForm
from bot.chat.orders.goods import goods_screen, together
from bot.chat.orders.notices import ended_screen
from bot.chat.orders.order import delivered_text, order_screen
from bot.chat.orders.quantity import Chosen, quantity_screen
from bot.chat.orders.steps import ask_link, show_shortfall
from bot.chat.orders.taps import PickQuantity, TakeQuantity
from bot.chat.orders.words import story
from bot.orders import read
from bot.orders.rules.moves import State
from bot.orders.views import OrderView, QuoteView
from bot.suppliers.words import Kind

_LINK = 200


class ChatKind:
    """The usual way: a card, a quantity, a price, and one order that is one card.

    Attributes:
        has_own_cards: whether each order of one purchase has a card of its own.
        is_translated: whether its name is shown in the reader's language.
        is_delivered: whether what is bought comes into the chat.
        rents_numbers: whether its services are rented with a number's own taps.
    """

    kind: Kind
    has_own_cards = False
    is_translated = True
    is_delivered = True
    rents_numbers = False

    def order_screen(self, _: Voice, order: OrderView, *, live: bool = False) -> Screen:
        """An order as a card; the `live` one is edited as the order goes on."""
        told, progress = self.story(_, order), self.progress(_, order)
        return order_screen(_, order, told, progress, live=live)

    def story(self, _: Voice, order: OrderView) -> Rich:
        """What happened to the money and what comes next."""
        return story(_, order)

    def progress(self, _: Voice, order: OrderView) -> Rich:
        """How much of an order is done; empty where that is not known."""
        return Rich()

    def ended_screen(self, _: Voice, order: OrderView) -> Screen:
        """An order came to its end."""
        return ended_screen(_, order)

    def refund_rule(self, _: Voice) -> str:
        """What comes back by itself, on the confirm card."""
        return _("Whatever is not done is refunded to your balance.")

    def ways(self, quote: QuoteView) -> QuoteWays:
        """Where screens about a quote lead."""
        pick = PickQuantity(service=quote.service, quantity=quote.quantity)
        return QuoteWays(again=pick, back=pick, shelf=OpenService(service=quote.service))

    def desk_line(self, _: Voice, order: OrderView) -> Rich:
        """What operators see of where it goes; a link's host only, the supplier has the rest."""
        if not order.link:
            return Rich()
        return code(clip(urlsplit(order.link).hostname or "", _LINK) + "/…")

    async def show_service(self, store: Storefront, visit: Visit, offer: Offer, page: int) -> None:
        """A service; `page` goes on in a long description."""
        await show_service_card(store, visit, offer, page, is_delivered=self.is_delivered)

    async def ask_quantity(
        self, store: Storefront, visit: Visit, tap: PickQuantity, refusal: Rich | None = None
    ) -> None:
        """The quantity step, brought into today's range. Raises NotForSale, SoldOut."""
        choice = await store.ask_quantity(visit.customer.id, ServiceId(tap.service))
        offer = await store.translate.offer(visit.voice.code, choice.offer)
        choice, span = replace(choice, offer=offer), offer.service.span
        quantity = min(max(tap.quantity, span.least), span.most)
        chosen = Chosen(quantity, choice.total(quantity, store.shelf))
        await visit.open_form(QuantityForm(service=tap.service))
        await visit.show(quantity_screen(visit.voice, choice, chosen, refusal))

    async def take_quantity(self, store: Storefront, visit: Visit, tap: TakeQuantity) -> None:
        """On to the price; a quantity that cannot be had is chosen again."""
        try:
            await self.ask_price(store, visit, tap)
        except BadQuantity as refused:
            again = PickQuantity(service=tap.service, quantity=tap.quantity)
            refusal = bad_quantity_text(visit.voice, refused)
            await self.ask_quantity(store, visit, again, refusal)
        else:
            await visit.close_form()

    async def ask_price(
        self, store: Storefront, visit: Visit, tap: TakeQuantity, link: str = ""
    ) -> None:
        """Lock the price and show it. Raises as `AskQuote` does."""
        quote = await store.ask_quote(visit.customer, ServiceId(tap.service), tap.quantity, link)
        await self.show_quote(store, visit, quote)

    async def show_quote(
        self, store: Storefront, visit: Visit, quote: QuoteView, change: Rich | None = None
    ) -> None:
        """The confirm card, or what is missing for it; `change` is what is new since."""
        _ = visit.voice
        quote = await store.translate.view(_.code, quote)
        if quote.after.micros < 0:
            await show_shortfall(store, visit, quote, self.ways(quote))
            return
        offer = store.shelf.now.find_offer(quote.service)
        basis = None if offer is None else offer.service.basis
        await visit.show(confirm_screen(_, quote, self.refund_rule(_), basis, change))

    async def show_gone(
        self, store: Storefront, visit: Visit, quote: QuoteView, gone: NotForSale
    ) -> None:
        """What was quoted is not for sale any more: the usual words do. Raises `gone`."""
        raise gone

    async def goods_again(
        self, store: Storefront, visit: Visit, order: OrderView
    ) -> Screen | None:
        """All that an order brought as one message; None when nothing is there."""
        _ = visit.voice
        batches = await store.db.read(read.list_goods, order.customer, order.id)
        order = await store.translate.view(_.code, order)
        return goods_screen(_, together(batches, order.service_name)) if batches else None


class ChatProduct(ChatKind):
    """Accounts and the like, which come into the chat one by one."""

    kind = Kind.PRODUCT

    def progress(self, _: Voice, order: OrderView) -> Rich:
        """How many have come."""
        shows = order.delivered or order.state is State.ACTIVE
        return delivered_text(_, order) if shows else Rich()

    def refund_rule(self, _: Voice) -> str:
        """What is not delivered."""
        return _("Whatever is not delivered is refunded to your balance.")


class ChatSocial(ChatKind):
    """Something done to a link, which is asked for after the quantity."""

    kind = Kind.SOCIAL
    is_delivered = False

    def story(self, _: Voice, order: OrderView) -> Rich:
        """While it is under way nothing comes into the chat but its end."""
        if order.state is not State.ACTIVE:
            return story(_, order)
        return Rich(_("Your money is set aside. The work is under way; this card shows its end."))

    async def take_quantity(self, store: Storefront, visit: Visit, tap: TakeQuantity) -> None:
        """On to the link."""
        await ask_link(store, visit, tap)
