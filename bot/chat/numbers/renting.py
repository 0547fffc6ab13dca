"""The steps that lead to a rented number: what the code is for, the country, and the price."""

from __future__ import annotations

from bot.base.ids import OrderId, ServiceId
from bot.base.page import page_of
from bot.base.quantity import BadQuantity, Span
from bot.catalog.errors import NotForSale
from bot.chat.catalog.errors import bad_quantity_text, not_for_sale_text
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.richtext import Rich
from bot.chat.numbers.confirm import number_confirm_screen, number_gone_screen, number_ways
from bot.chat.numbers.countries import countries_screen, country_of, in_order
from bot.chat.numbers.taps import OpenCountries, RentNumber
from bot.chat.orders.forms import QuantityForm
from bot.chat.orders.steps import show_shortfall
from bot.orders import read
from bot.orders.views import QuoteView
from bot.suppliers.words import MOST_NUMBERS


async def show_countries(store: Storefront, visit: Visit, tap: OpenCountries) -> None:
    """The countries of one project, or that there are none any more."""
    project = store.shelf.now.find_project(tap.project)
    if project is None:
        await visit.show(number_gone_screen(visit.voice))
        return
    page = page_of(in_order(project.offers, tap.sort), tap.page)
    await visit.show(countries_screen(visit.voice, project.name, page, tap))


async def ask_numbers(
    store: Storefront, visit: Visit, tap: RentNumber, refusal: Rich | None = None
) -> None:
    """Lock the price of so many numbers and show it; one, with the reason, if not so many."""
    service = ServiceId(tap.service)
    try:
        quote = await store.ask_quote(visit.customer, service, tap.quantity)
    except BadQuantity as refused:
        why = bad_quantity_text(visit.voice, refused)
        quote = await store.ask_quote(visit.customer, service, refused.least)
        await show_number_quote(store, visit, quote, why)
    except NotForSale as gone:
        await visit.show(number_gone_screen(visit.voice, not_for_sale_text(visit.voice, gone)))
    else:
        await show_number_quote(store, visit, quote, refusal)


async def ask_same_phone(store: Storefront, visit: Visit, order: OrderId) -> None:
    """The price for the phone of an earlier order. Raises NotYours."""
    before = await store.db.read(read.load_order, visit.customer.id, order)
    try:
        quote = await store.ask_quote(visit.customer, before.service, 1, reuse=order)
    except NotForSale as gone:
        why = not_for_sale_text(visit.voice, gone)
        await visit.show(number_gone_screen(visit.voice, why, before.service_name))
    else:
        await show_number_quote(store, visit, quote)


async def show_number_quote(
    store: Storefront, visit: Visit, quote: QuoteView, change: Rich | None = None
) -> None:
    """The confirm card on which a number may be typed, or what is missing for it."""
    if quote.after.micros < 0:
        await visit.close_form()
        await show_shortfall(store, visit, quote, number_ways(quote))
        return
    if quote.reuse is None:
        await visit.open_form(QuantityForm(service=quote.service))
    offer = store.shelf.now.find_offer(quote.service)
    country = "" if offer is None else country_of(offer)
    span = Span(1, MOST_NUMBERS) if offer is None else offer.service.span
    await visit.show(number_confirm_screen(visit.voice, quote, country, span, change))
