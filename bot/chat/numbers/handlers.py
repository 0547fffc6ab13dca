"""SMS numbers: what the code is for, the country, how many, and the price."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.base.ids import CustomerId, OrderId, ServiceId
from bot.base.page import page_of
from bot.base.quantity import BadQuantity, Span
from bot.catalog.errors import NotForSale
from bot.catalog.projects import Project, key_of
from bot.chat.errors import error_text
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.forms import Forms, NumbersSearchForm, QuantityForm
from bot.chat.kit.richtext import Rich
from bot.chat.middlewares import KEEPS_FORM
from bot.chat.numbers.confirm import number_confirm_screen, number_gone_screen
from bot.chat.numbers.countries import countries_screen, country_of, in_order, numbers_screen
from bot.chat.numbers.taps import OpenCountries, OpenNumbers, RentNumber, ReuseNumber
from bot.chat.orders.confirm import shortfall_screen
from bot.numbers.rows import last_used
from bot.orders import read
from bot.orders.views import QuoteView
from bot.people import customers
from bot.suppliers.words import MOST_NUMBERS

_LONGEST_SEARCH = 100


def numbers_router(store: Storefront, forms: Forms) -> Router:
    """Taps that lead to a number."""
    router = Router(name="numbers")

    @router.callback_query(OpenNumbers.filter(), flags=KEEPS_FORM)
    async def open_numbers(query: CallbackQuery, callback_data: OpenNumbers, visit: Visit) -> None:
        form = await forms.find(visit.customer.id) if callback_data.found else None
        words = form.words if isinstance(form, NumbersSearchForm) else ""
        await show_numbers(store, forms, visit, words, callback_data.page)

    @router.callback_query(OpenCountries.filter())
    async def open_countries(
        query: CallbackQuery, callback_data: OpenCountries, visit: Visit
    ) -> None:
        await show_countries(store, visit, callback_data)

    @router.callback_query(ReuseNumber.filter())
    async def reuse_number(query: CallbackQuery, callback_data: ReuseNumber, visit: Visit) -> None:
        await ask_same_phone(store, forms, visit, OrderId(callback_data.order))

    return router


async def show_numbers(
    store: Storefront, forms: Forms, visit: Visit, words: str = "", page: int = 0
) -> None:
    """What codes are received for, or what of it has these words; a name may be typed next."""
    mine, words = visit.customer.id, " ".join(words.split())[:_LONGEST_SEARCH]
    rows = store.shelf.now.projects(words) if words else await _last_used_first(store, mine)
    await forms.open(mine, NumbersSearchForm(words=words))
    await visit.show(numbers_screen(visit.voice, page_of(rows, page), words))


async def _last_used_first(store: Storefront, customer: CustomerId) -> tuple[Project, ...]:
    rows = store.shelf.now.projects()
    used = [key_of(one.service_name) for one in await store.db.read(last_used, customer)]
    return tuple(sorted(rows, key=lambda one: _rank(used, one.key)))


def _rank(used: list[str], key: str) -> int:
    return used.index(key) if key in used else len(used)


async def show_countries(store: Storefront, visit: Visit, tap: OpenCountries) -> None:
    """The countries of one project, or that there are none any more."""
    project = store.shelf.now.find_project(tap.project)
    if project is None:
        await visit.show(number_gone_screen(visit.voice))
        return
    page = page_of(in_order(project.offers, tap.sort), tap.page)
    await visit.show(countries_screen(visit.voice, project.name, page, tap))


async def ask_numbers(
    store: Storefront, forms: Forms, visit: Visit, tap: RentNumber, refusal: Rich | None = None
) -> None:
    """Lock the price of so many numbers and show it; what cannot be had is one, and says why."""
    service = ServiceId(tap.service)
    try:
        quote = await store.ask_quote(visit.customer, service, tap.quantity)
    except BadQuantity as refused:
        why = error_text(visit.voice, refused)
        quote = await store.ask_quote(visit.customer, service, refused.least)
        await show_number_quote(store, forms, visit, quote, why)
    except NotForSale as gone:
        await visit.show(number_gone_screen(visit.voice, error_text(visit.voice, gone)))
    else:
        await show_number_quote(store, forms, visit, quote, refusal)


async def ask_same_phone(store: Storefront, forms: Forms, visit: Visit, order: OrderId) -> None:
    """The price for the phone of an earlier order. Raises NotYours."""
    before = await store.db.read(read.load_order, visit.customer.id, order)
    try:
        quote = await store.ask_quote(visit.customer, before.service, 1, reuse=order)
    except NotForSale as gone:
        why = error_text(visit.voice, gone)
        await visit.show(number_gone_screen(visit.voice, why, before.service_name))
    else:
        await show_number_quote(store, forms, visit, quote)


async def show_number_quote(
    store: Storefront, forms: Forms, visit: Visit, quote: QuoteView, change: Rich | None = None
) -> None:
    """The confirm card on which a number may be typed, or what is missing for it."""
    mine = visit.customer.id
    if quote.after.micros < 0:
        await forms.close(mine)
        await store.db.write(customers.remember_wish, mine, quote.service, quote.quantity)
        await visit.show(shortfall_screen(visit.voice, quote, store.facts.topup_instructions))
        return
    if quote.reuse is None:
        await forms.open(mine, QuantityForm(service=quote.service))
    offer = store.shelf.now.find_offer(quote.service)
    country = "" if offer is None else country_of(offer)
    span = Span(1, MOST_NUMBERS) if offer is None else offer.service.span
    await visit.show(number_confirm_screen(visit.voice, quote, country, span, change))
