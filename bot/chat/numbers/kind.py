"""How an SMS number is shown in the chat, and how one is rented."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.base.ids import ServiceId
from bot.base.page import page_of
from bot.base.quantity import BadQuantity, Span
from bot.catalog.errors import NotForSale, SoldOut
from bot.catalog.projects import key_of
from bot.catalog.rules import Offer
from bot.catalog.standing import list_paused
from bot.chat.catalog.errors import bad_quantity_text, not_for_sale_text, sold_out_text
from bot.chat.catalog.sharing import project_words, service_link
from bot.chat.catalog.taps import OpenService
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.numbers.by_country import by_country, first_offers, in_order, more_offers
from bot.chat.numbers.codes import codes_screen
from bot.chat.numbers.confirm import number_confirm_screen, number_gone_screen, number_ways
from bot.chat.numbers.countries import countries_screen, country_of
from bot.chat.numbers.number import number_desk_line, number_ended_screen, number_screen
from bot.chat.numbers.taps import CountrySearchForm, ListOffers, OpenCountries, RentNumber
from bot.chat.orders.confirm import QuoteWays
from bot.chat.orders.kinds import ChatKind, show_shortfall
from bot.chat.orders.taps import PickQuantity, QuantityForm, TakeQuantity
from bot.chat.own_words import off_numbers
from bot.chat.search.taps import OpenFound
from bot.i18n.countries import find_codes
from bot.numbers.rows import list_codes
from bot.orders.views import OrderView, QuoteView
from bot.suppliers.words import MOST_NUMBERS, Kind


class ChatNumber(ChatKind):
    """A number: its service card lists the countries, each number of a purchase has a card."""

    kind = Kind.NUMBER
    has_own_cards = True
    rents_numbers = True

    def order_screen(
        self, _: Locale, order: OrderView, now: datetime, *, live: bool = False
    ) -> Screen:
        """The number as a card; the `live` one is edited as things happen."""
        return number_screen(_, order, now, live=live)

    def ended_screen(self, _: Locale, order: OrderView) -> Screen:
        """The number came to its end; another can be rented by one tap."""
        return number_ended_screen(_, order)

    def ways(self, quote: QuoteView) -> QuoteWays:
        """To the countries; a phone that is rented again has its own tap."""
        return number_ways(quote)

    def desk_line(self, _: Locale, order: OrderView) -> Rich:
        """The phone, its country, and how it stands."""
        return number_desk_line(_, order.rental)

    async def show_service(
        self, store: Storefront, context: Context, offer: Offer, tap: OpenService | OpenFound
    ) -> None:
        """Show the countries of its service."""
        project = key_of(offer.service.listed.name)
        await show_countries(store, context, OpenCountries(project=project))

    async def ask_quantity(
        self, store: Storefront, context: Context, tap: PickQuantity, refusal: Rich | None = None
    ) -> None:
        """Show the price at once: how many is chosen on the confirm card."""
        asked = RentNumber(service=tap.service, quantity=max(1, tap.quantity))
        await ask_numbers(store, context, asked, refusal)

    async def take_quantity(
        self,
        store: Storefront,
        context: Context,
        tap: TakeQuantity,
        before: QuoteView | None = None,
    ) -> None:
        """Show the price of so many."""
        asked = RentNumber(service=tap.service, quantity=tap.quantity)
        await ask_numbers(store, context, asked, before=before)

    async def order_again(self, store: Storefront, context: Context, order: OrderView) -> None:
        """Show today's price of another number of the same country."""
        await ask_numbers(store, context, RentNumber(service=order.service))

    async def show_quote(
        self, store: Storefront, context: Context, quote: QuoteView, change: Rich | None = None
    ) -> None:
        """Show the confirm card of numbers, or what is missing for it."""
        await show_number_quote(store, context, quote, change)

    async def show_gone(
        self, store: Storefront, context: Context, quote: QuoteView, gone: NotForSale
    ) -> None:
        """Say so, and offer other countries."""
        why = not_for_sale_text(context.locale, gone)
        await context.show(
            number_gone_screen(context.locale, why, quote.listed_name or quote.service_name)
        )

    async def goods_again(
        self, store: Storefront, context: Context, order: OrderView
    ) -> Screen | None:
        """All its codes as one message; None when nothing is there."""
        if not order.delivered:
            return None
        codes = await store.db.read(list_codes, order.customer, order.id)
        return codes_screen(context.locale, order, codes) if codes else None


async def show_countries(
    store: Storefront, context: Context, tap: OpenCountries | ListOffers, words: str = ""
) -> None:
    """Show the countries of one project, or that it has none any more; a name may be typed next.

    With `words` only those are shown that have them in their name, in any language.
    """
    project = store.shelf.now.find_project(tap.project)
    if project is None:
        await context.show(number_gone_screen(context.locale))
        return
    name, offers = await store.translate.project(context.locale.code, project)
    paused = await store.db.recall(list_paused)
    said = project_words(context.locale, name, offers, paused)
    share = await context.screens.presenter.share(service_link(project.offers[0]), said)
    countries = by_country(project.offers, offers, paused)
    if words:
        # All names of all languages are read from files the first time.
        codes = await asyncio.to_thread(find_codes, words)
        countries = tuple(one for one in countries if one.is_called(words, codes))
    await context.open_form(CountrySearchForm(project=tap.project, words=words))
    more = more_offers(countries)
    is_more = isinstance(tap, ListOffers) and tap.more
    rows = in_order(more if is_more else first_offers(countries), tap.sort)
    await context.show(
        countries_screen(
            context.locale,
            name,
            page_of(rows, tap.page),
            tap,
            paused,
            share,
            words=words,
            more=0 if is_more else len(more),
            off=off_numbers(store, context.locale, paused),
        )
    )


async def ask_numbers(
    store: Storefront,
    context: Context,
    tap: RentNumber,
    refusal: Rich | None = None,
    before: QuoteView | None = None,
) -> None:
    """Lock the price of so many numbers and show it; of the fewest when so many cannot be had."""
    service, instead_of = ServiceId(tap.service), None if before is None else before.id
    try:
        quote = await store.ask_quote(
            context.customer, service, tap.quantity, instead_of=instead_of
        )
    except BadQuantity as refused:
        why = bad_quantity_text(context.locale, refused)
        quote = await store.ask_quote(
            context.customer, service, refused.least, instead_of=instead_of
        )
        await show_number_quote(store, context, quote, why)
    except (NotForSale, SoldOut) as gone:
        known = store.shelf.now.find_service(service)
        name = "" if known is None else known.listed.name
        await context.show(
            number_gone_screen(context.locale, gone_text(context.locale, gone), name)
        )
    else:
        await show_number_quote(store, context, quote, refusal)


def gone_text(_: Locale, gone: NotForSale | SoldOut) -> Rich:
    """Why a number cannot be had now."""
    if isinstance(gone, SoldOut):
        return sold_out_text(_, gone)
    return not_for_sale_text(_, gone)


async def show_number_quote(
    store: Storefront, context: Context, quote: QuoteView, change: Rich | None = None
) -> None:
    """Show the confirm card, on which a quantity may be typed, or what is missing for it."""
    language = context.locale.code
    quote = await store.translate.view(language, quote)
    if quote.reuse is None:
        await context.open_form(QuantityForm(service=quote.service, quote=quote.id))
    else:
        await context.close_form()
    if quote.after.micros < 0:
        await show_shortfall(store, context, quote, number_ways(quote), change)
        return
    offer = store.shelf.now.find_shown(quote.service)
    country = ""
    if offer is not None:
        country = country_of(await store.translate.offer(language, offer))
    span = Span(1, MOST_NUMBERS) if offer is None else offer.service.span
    now = store.clock.now()
    await context.show(number_confirm_screen(context.locale, quote, country, span, now, change))
