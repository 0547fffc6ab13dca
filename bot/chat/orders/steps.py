"""The steps of a purchase that every kind of order takes in the same way."""

from __future__ import annotations

from bot.base.ids import ServiceId
from bot.chat.facade import Storefront
from bot.chat.kit.context import Visit
from bot.chat.kit.richtext import Rich
from bot.chat.orders.confirm import QuoteWays, shortfall_screen
from bot.chat.orders.forms import LinkForm
from bot.chat.orders.quantity import link_screen
from bot.chat.orders.taps import TakeQuantity
from bot.orders.views import QuoteView
from bot.people import customers


async def ask_link(
    store: Storefront, visit: Visit, tap: TakeQuantity, refusal: Rich | None = None
) -> None:
    """The link step; `refusal` says what was wrong with what was typed. Raises NotForSale."""
    offer = store.shelf.now.load_offer(ServiceId(tap.service))
    name = (await store.translate.offer(visit.voice.code, offer)).service.listed.name
    await visit.open_form(LinkForm(service=tap.service, quantity=tap.quantity))
    await visit.show(link_screen(visit.voice, name, tap, refusal))


async def show_shortfall(
    store: Storefront, visit: Visit, quote: QuoteView, ways: QuoteWays
) -> None:
    """What is missing for a purchase, which is offered again when credit comes."""
    await store.db.write(customers.remember_wish, visit.customer.id, quote.service, quote.quantity)
    screen = shortfall_screen(visit.voice, quote, ways, store.facts.topup_instructions)
    await visit.show(screen)
