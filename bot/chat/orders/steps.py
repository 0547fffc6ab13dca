"""Steps of a purchase that several kinds of order share."""

from __future__ import annotations

from bot.base.ids import ServiceId
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.richtext import Rich
from bot.chat.orders.confirm import QuoteWays, shortfall_screen
from bot.chat.orders.quantity import link_screen
from bot.chat.orders.taps import LinkForm, TakeQuantity
from bot.orders.views import QuoteView
from bot.people import customers


async def ask_link(
    store: Storefront, context: Context, tap: TakeQuantity, refusal: Rich | None = None
) -> None:
    """Show the link step; `refusal` says what was wrong with a typed link. Raises NotForSale."""
    offer = store.shelf.now.load_offer(ServiceId(tap.service))
    name = (await store.translate.offer(context.locale.code, offer)).service.listed.name
    await context.open_form(LinkForm(service=tap.service, quantity=tap.quantity))
    await context.show(link_screen(context.locale, name, tap, refusal))


async def show_shortfall(
    store: Storefront, context: Context, quote: QuoteView, ways: QuoteWays
) -> None:
    """Show what is missing for a purchase, and remember it: credit that comes offers it again."""
    await store.db.write(
        customers.remember_purchase, context.customer.id, quote.service, quote.quantity
    )
    screen = shortfall_screen(context.locale, quote, ways, store.profile.topup_instructions)
    await context.show(screen)
