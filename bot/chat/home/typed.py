"""What is typed into an open step; whatever does not fit keeps the step open and is explained."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.base.errors import ShopError
from bot.base.ids import ServiceId
from bot.base.money import Money, NotMoney, parse_money
from bot.base.quantity import BadQuantity, parse_quantity
from bot.catalog.errors import SoldOut
from bot.chat.errors import error_text
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.forms import (
    AnyForm,
    FormOpen,
    Forms,
    LinkForm,
    NumbersSearchForm,
    QuantityForm,
    TopupForm,
)
from bot.chat.kit.text_of import written
from bot.chat.money.wallet import not_an_amount, topup_asked_screen, topup_screen
from bot.chat.numbers.handlers import show_numbers
from bot.chat.orders.purchase import ask_link, ask_price, go_on, show_quantity
from bot.chat.orders.taps import PickQuantity, TakeQuantity
from bot.money import requests
from bot.orders.rules.links import BadLink, normal_link


def typed_router(store: Storefront, forms: Forms) -> Router:
    """One lookup of the open form, and the step it belongs to."""
    router = Router(name="typed")

    @router.message(FormOpen(forms, (QuantityForm, LinkForm, TopupForm, NumbersSearchForm)))
    async def type_answer(message: Message, form: AnyForm, visit: Visit) -> None:
        try:
            await _answer(store, forms, visit, form, written(message))
        except ShopError:
            await forms.close(visit.customer.id)  # nothing typed here would help any more
            raise

    return router


async def _answer(store: Storefront, forms: Forms, visit: Visit, form: AnyForm, text: str) -> None:
    match form:
        case QuantityForm():
            await _quantity(store, forms, visit, form, text)
        case LinkForm():
            await _link(store, forms, visit, form, text)
        case TopupForm():
            await _amount(store, forms, visit, text)
        case NumbersSearchForm():
            await show_numbers(store, forms, visit, text)


async def _quantity(
    store: Storefront, forms: Forms, visit: Visit, form: QuantityForm, text: str
) -> None:
    span = store.shelf.now.load_offer(ServiceId(form.service)).service.span
    if span.is_empty:
        raise SoldOut(max(0, span.most))
    try:
        quantity = parse_quantity(text, span)
    except BadQuantity as refused:
        again = PickQuantity(service=form.service)
        await show_quantity(store, forms, visit, again, error_text(visit.voice, refused))
        return
    await go_on(store, forms, visit, TakeQuantity(service=form.service, quantity=quantity))


async def _link(store: Storefront, forms: Forms, visit: Visit, form: LinkForm, text: str) -> None:
    chosen = TakeQuantity(service=form.service, quantity=form.quantity)
    try:
        link = normal_link(text)
    except BadLink as refused:
        await ask_link(store, forms, visit, chosen, error_text(visit.voice, refused))
        return
    await forms.close(visit.customer.id)
    await ask_price(store, forms, visit, chosen, link)


async def _amount(store: Storefront, forms: Forms, visit: Visit, text: str) -> None:
    instructions = store.facts.topup_instructions
    amount = _amount_of(text)
    if amount is None:
        await forms.open(visit.customer.id, TopupForm())  # an unknown command has closed it
        await visit.show(topup_screen(visit.voice, instructions, not_an_amount(visit.voice)))
        return
    await forms.close(visit.customer.id)
    _request, fresh = await store.db.write(requests.ask_topup, visit.customer.id, amount)
    await visit.show(topup_asked_screen(visit.voice, amount, instructions, fresh=fresh))


def _amount_of(text: str) -> Money | None:
    """A positive amount, or None."""
    try:
        return parse_money(text) or None
    except NotMoney:
        return None
