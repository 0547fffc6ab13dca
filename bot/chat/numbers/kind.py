"""How an SMS number is shown in the chat, and how one is rented."""

from __future__ import annotations

from bot.catalog.errors import NotForSale
from bot.catalog.projects import key_of
from bot.catalog.rules import Offer
from bot.chat.catalog.errors import not_for_sale_text
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voice
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.numbers.codes import codes_screen
from bot.chat.numbers.confirm import number_gone_screen, number_ways
from bot.chat.numbers.desk_line import number_desk_line
from bot.chat.numbers.notices import number_ended_screen
from bot.chat.numbers.number import number_screen
from bot.chat.numbers.renting import ask_numbers, show_countries, show_number_quote
from bot.chat.numbers.taps import OpenCountries, RentNumber
from bot.chat.orders.confirm import QuoteWays
from bot.chat.orders.kinds import ChatKind
from bot.chat.orders.taps import PickQuantity, TakeQuantity
from bot.numbers.rows import list_codes
from bot.orders.views import OrderView, QuoteView
from bot.suppliers.words import Kind


class ChatNumber(ChatKind):
    """A number: countries for a service card, several cards a purchase, codes for goods.

    Its name stays English: that is the key to its countries.
    """

    kind = Kind.NUMBER
    has_own_cards = True
    is_translated = False
    rents_numbers = True

    def order_screen(self, _: Voice, order: OrderView, *, live: bool = False) -> Screen:
        """The number as a card."""
        return number_screen(_, order, live=live)

    def ended_screen(self, _: Voice, order: OrderView) -> Screen:
        """Another one is one tap away."""
        return number_ended_screen(_, order)

    def ways(self, quote: QuoteView) -> QuoteWays:
        """To the countries; a phone that is rented again is asked for by its own tap."""
        return number_ways(quote)

    def desk_line(self, _: Voice, order: OrderView) -> Rich:
        """The phone, its country, and how it stands."""
        return number_desk_line(_, order.rental)

    async def show_service(self, store: Storefront, visit: Visit, offer: Offer, page: int) -> None:
        """The countries of its service."""
        tap = OpenCountries(project=key_of(offer.service.listed.name))
        await show_countries(store, visit, tap)

    async def ask_quantity(
        self, store: Storefront, visit: Visit, tap: PickQuantity, refusal: Rich | None = None
    ) -> None:
        """The price at once: how many is chosen on the confirm card."""
        asked = RentNumber(service=tap.service, quantity=max(1, tap.quantity))
        await ask_numbers(store, visit, asked, refusal)

    async def take_quantity(self, store: Storefront, visit: Visit, tap: TakeQuantity) -> None:
        """The price of so many."""
        asked = RentNumber(service=tap.service, quantity=tap.quantity)
        await ask_numbers(store, visit, asked)

    async def show_quote(
        self, store: Storefront, visit: Visit, quote: QuoteView, change: Rich | None = None
    ) -> None:
        """The confirm card of numbers, or what is missing for it."""
        await show_number_quote(store, visit, quote, change)

    async def show_gone(
        self, store: Storefront, visit: Visit, quote: QuoteView, gone: NotForSale
    ) -> None:
        """Other countries may have one."""
        why = not_for_sale_text(visit.voice, gone)
        await visit.show(number_gone_screen(visit.voice, why, quote.service_name))

    async def goods_again(
        self, store: Storefront, visit: Visit, order: OrderView
    ) -> Screen | None:
        """Its codes."""
        if not order.delivered:
            return None
        codes = await store.db.read(list_codes, order.customer, order.id)
        return codes_screen(visit.voice, order, codes) if codes else None
