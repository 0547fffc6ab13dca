"""From Buy to Confirm: quantity, link, price, and one tap that buys."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.base.ids import OrderId, QuoteId, ServiceId
from bot.base.quantity import BadQuantity
from bot.catalog.errors import NotForSale, SoldOut
from bot.chat.catalog.handlers import show_service
from bot.chat.catalog.taps import OpenService
from bot.chat.errors import error_text
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.forms import Forms, LinkForm, QuantityForm
from bot.chat.kit.richtext import Rich
from bot.chat.middlewares import KEEPS_FORM
from bot.chat.money.taps import AskTopup
from bot.chat.numbers.confirm import number_gone_screen
from bot.chat.numbers.handlers import ask_numbers, show_number_quote
from bot.chat.numbers.taps import RentNumber
from bot.chat.orders.confirm import confirm_screen, dearer, expired_screen, shortfall_screen
from bot.chat.orders.order import order_screen
from bot.chat.orders.quantity import Chosen, link_screen, quantity_screen
from bot.chat.orders.taps import Confirm, PickQuantity, TakeQuantity
from bot.money import requests
from bot.money.errors import NotEnoughCredit
from bot.orders import quote_rows, read
from bot.orders.rules.errors import PriceRose, QuoteExpired
from bot.orders.views import QuoteView
from bot.people import customers
from bot.suppliers.words import Kind


def purchase_router(store: Storefront, forms: Forms) -> Router:
    """Taps that lead to an order."""
    router = Router(name="purchase")

    @router.callback_query(PickQuantity.filter(), flags=KEEPS_FORM)
    async def pick_quantity(
        query: CallbackQuery, callback_data: PickQuantity, visit: Visit
    ) -> None:
        await show_quantity(store, forms, visit, callback_data)

    @router.callback_query(RentNumber.filter(), flags=KEEPS_FORM)
    async def rent_number(query: CallbackQuery, callback_data: RentNumber, visit: Visit) -> None:
        await rent(store, forms, visit, callback_data)

    @router.callback_query(TakeQuantity.filter(), flags=KEEPS_FORM)
    async def take_quantity(
        query: CallbackQuery, callback_data: TakeQuantity, visit: Visit
    ) -> None:
        await go_on(store, forms, visit, callback_data)

    @router.callback_query(Confirm.filter())
    async def confirm_purchase(query: CallbackQuery, callback_data: Confirm, visit: Visit) -> None:
        await buy(store, forms, visit, QuoteId(callback_data.quote))

    @router.callback_query(AskTopup.filter())
    async def ask_topup(query: CallbackQuery, callback_data: AskTopup, visit: Visit) -> None:
        await ask_for_shortfall(store, forms, visit, QuoteId(callback_data.quote))

    return router


async def show_quantity(
    store: Storefront,
    forms: Forms,
    visit: Visit,
    tap: PickQuantity,
    refusal: Rich | None = None,
) -> None:
    """The quantity step, brought into today's range. Raises NotForSale, SoldOut."""
    if is_number(store, tap.service):
        asked = RentNumber(service=tap.service, quantity=max(1, tap.quantity))
        await ask_numbers(store, forms, visit, asked, refusal)
        return
    choice = await store.ask_quantity(visit.customer.id, ServiceId(tap.service))
    offer = await store.translate.offer(visit.voice.code, choice.offer)
    choice, span = replace(choice, offer=offer), offer.service.span
    quantity = min(max(tap.quantity, span.least), span.most)
    chosen = Chosen(quantity, choice.total(quantity, store.shelf))
    await forms.open(visit.customer.id, QuantityForm(service=tap.service))
    await visit.show(quantity_screen(visit.voice, choice, chosen, refusal))


async def go_on(store: Storefront, forms: Forms, visit: Visit, tap: TakeQuantity) -> None:
    """To the link of a social service, or to the price."""
    service = store.shelf.now.load_offer(ServiceId(tap.service)).service
    if service.kind is Kind.SOCIAL:
        await ask_link(store, forms, visit, tap)
        return
    if service.kind is Kind.NUMBER:
        asked = RentNumber(service=tap.service, quantity=tap.quantity)
        await ask_numbers(store, forms, visit, asked)
        return
    try:
        await ask_price(store, forms, visit, tap)
    except BadQuantity as refused:
        again = PickQuantity(service=tap.service, quantity=tap.quantity)
        await show_quantity(store, forms, visit, again, error_text(visit.voice, refused))
    else:
        await forms.close(visit.customer.id)


async def rent(store: Storefront, forms: Forms, visit: Visit, tap: RentNumber) -> None:
    """The price of so many numbers; a service that has none shows its own card."""
    offer = store.shelf.now.find_offer(ServiceId(tap.service))
    if offer is None or offer.service.kind is Kind.NUMBER:
        await ask_numbers(store, forms, visit, tap)
        return
    await forms.close(visit.customer.id)
    await show_service(store, visit, OpenService(service=tap.service))


async def ask_link(
    store: Storefront,
    forms: Forms,
    visit: Visit,
    tap: TakeQuantity,
    refusal: Rich | None = None,
) -> None:
    """The link step."""
    offer = store.shelf.now.load_offer(ServiceId(tap.service))
    name = (await store.translate.offer(visit.voice.code, offer)).service.listed.name
    await forms.open(visit.customer.id, LinkForm(service=tap.service, quantity=tap.quantity))
    await visit.show(link_screen(visit.voice, name, tap, refusal))


def is_number(store: Storefront, service: int) -> bool:
    """Whether it is a number for codes, which is asked for on its confirm card."""
    offer = store.shelf.now.find_offer(ServiceId(service))
    return offer is not None and offer.service.kind is Kind.NUMBER


async def ask_price(
    store: Storefront, forms: Forms, visit: Visit, tap: TakeQuantity, link: str = ""
) -> None:
    """Lock the price and show it."""
    service = ServiceId(tap.service)
    quote = await store.ask_quote(visit.customer, service, tap.quantity, link)
    await show_quote(store, forms, visit, quote)


async def show_quote(
    store: Storefront, forms: Forms, visit: Visit, quote: QuoteView, change: Rich | None = None
) -> None:
    """The confirm card, or what is missing for it."""
    if quote.kind is Kind.NUMBER:
        await show_number_quote(store, forms, visit, quote, change)
        return
    quote = await store.translate.view(visit.voice.code, quote)
    if quote.after.micros < 0:
        await store.db.write(
            customers.remember_wish, visit.customer.id, quote.service, quote.quantity
        )
        instructions = store.facts.topup_instructions
        await visit.show(shortfall_screen(visit.voice, quote, instructions))
        return
    offer = store.shelf.now.find_offer(quote.service)
    basis = None if offer is None else offer.service.basis
    await visit.show(confirm_screen(visit.voice, quote, basis, change))


async def buy(store: Storefront, forms: Forms, visit: Visit, quote: QuoteId) -> None:
    """Buy what the quote says; whatever stands in the way becomes its own screen."""
    mine, visit.buying = visit.customer.id, True
    try:
        order = await store.buy(visit.customer, quote, visit.card)
    except PriceRose as rose:
        before = await store.db.read(quote_rows.load_quote, mine, quote)
        after = await store.db.read(quote_rows.load_quote, mine, rose.new_quote)
        rise = dearer(visit.voice, before.total, after.total)
        await show_quote(store, forms, visit, after, rise)
    except QuoteExpired:
        await _show_expired(store, visit, quote)
    except SoldOut as gone:
        await _choose_fewer(store, forms, visit, quote, gone)
    except NotEnoughCredit:
        await show_quote(
            store, forms, visit, await store.db.read(quote_rows.load_quote, mine, quote)
        )
    except NotForSale as gone:
        await _say_gone(store, visit, quote, gone)
    else:
        await show_live_order(store, visit, order)


async def _show_expired(store: Storefront, visit: Visit, quote: QuoteId) -> None:
    """The same purchase at today's price is one tap away."""
    view = await store.db.read(quote_rows.load_quote, visit.customer.id, quote)
    view = await store.translate.view(visit.voice.code, view)
    await visit.show(expired_screen(visit.voice, view))


async def _say_gone(store: Storefront, visit: Visit, quote: QuoteId, gone: NotForSale) -> None:
    """Numbers have other countries to offer; for the rest the usual words do."""
    view = await store.db.read(quote_rows.load_quote, visit.customer.id, quote)
    if view.kind is not Kind.NUMBER:
        raise gone
    why = error_text(visit.voice, gone)
    await visit.show(number_gone_screen(visit.voice, why, view.service_name))


async def _choose_fewer(
    store: Storefront, forms: Forms, visit: Visit, quote: QuoteId, gone: SoldOut
) -> None:
    """Back to the quantity while some are left. Raises SoldOut when none are."""
    view = await store.db.read(quote_rows.load_quote, visit.customer.id, quote)
    tap = PickQuantity(service=view.service, quantity=max(0, gone.left))
    await show_quantity(store, forms, visit, tap, error_text(visit.voice, gone))


async def show_live_order(store: Storefront, visit: Visit, order: OrderId) -> None:
    """The card that goes on being edited as the order does."""
    view = await store.db.read(read.load_order, visit.customer.id, order)
    shown = await store.translate.view(visit.voice.code, view)
    card = await visit.show(order_screen(visit.voice, shown, live=True))
    # What happened while the card was on its way is shown by one more edit.
    await store.db.write(read.card_shown, order, card, view)


async def ask_for_shortfall(store: Storefront, forms: Forms, visit: Visit, quote: QuoteId) -> None:
    """Ask the operators for what is missing; nothing is missing any more when credit came."""
    view = await store.db.read(quote_rows.load_quote, visit.customer.id, quote)
    if view.order is not None:
        await show_live_order(store, visit, view.order)
        return
    if view.after.micros >= 0:
        await show_quote(store, forms, visit, view)
        return
    await store.db.write(requests.ask_topup, visit.customer.id, -view.after)
    view = await store.translate.view(visit.voice.code, view)
    instructions = store.facts.topup_instructions
    await visit.show(shortfall_screen(visit.voice, view, instructions, asked=True))
