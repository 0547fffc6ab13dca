"""The steps that lead to a rented number: what the code is for, the country, and the price."""

from __future__ import annotations

from bot.base.ids import ServiceId
from bot.base.page import page_of
from bot.base.quantity import BadQuantity, Span
from bot.catalog.errors import NotForSale
from bot.chat.catalog.errors import bad_quantity_text, not_for_sale_text
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.richtext import Rich
from bot.chat.numbers.confirm import number_confirm_screen, number_gone_screen, number_ways
from bot.chat.numbers.countries import countries_screen, country_of, in_order
from bot.chat.numbers.taps import OpenCountries, RentNumber
from bot.chat.orders.steps import show_shortfall
from bot.chat.orders.taps import QuantityForm
from bot.orders.views import QuoteView
from bot.suppliers.words import MOST_NUMBERS


async def show_countries(store: Storefront, context: Context, tap: OpenCountries) -> None:
    """Show the countries of one project, or that it has none any more."""
    project = store.shelf.now.find_project(tap.project)
    if project is None:
        await context.show(number_gone_screen(context.locale))
        return
    page = page_of(in_order(project.offers, tap.sort), tap.page)
    await context.show(countries_screen(context.locale, project.name, page, tap))


async def ask_numbers(
    store: Storefront, context: Context, tap: RentNumber, refusal: Rich | None = None
) -> None:
    """Lock the price of so many numbers and show it; of the fewest when so many cannot be had."""
    service = ServiceId(tap.service)
    try:
        quote = await store.ask_quote(context.customer, service, tap.quantity)
    except BadQuantity as refused:
        why = bad_quantity_text(context.locale, refused)
        quote = await store.ask_quote(context.customer, service, refused.least)
        await show_number_quote(store, context, quote, why)
    except NotForSale as gone:
        why = not_for_sale_text(context.locale, gone)
        await context.show(number_gone_screen(context.locale, why))
    else:
        await show_number_quote(store, context, quote, refusal)


async def show_number_quote(
    store: Storefront, context: Context, quote: QuoteView, change: Rich | None = None
) -> None:
    """Show the confirm card, on which a quantity may be typed, or what is missing for it."""
    if quote.after.micros < 0:
        await context.close_form()
        await show_shortfall(store, context, quote, number_ways(quote))
        return
    if quote.reuse is None:
        await context.open_form(QuantityForm(service=quote.service))
    offer = store.shelf.now.find_offer(quote.service)
    country = "" if offer is None else country_of(offer)
    span = Span(1, MOST_NUMBERS) if offer is None else offer.service.span
    await context.show(number_confirm_screen(context.locale, quote, country, span, change))
