"""What somebody who waited for services is told: each with its price of now, and a tap to buy."""

from __future__ import annotations

from collections.abc import Sequence

from bot.catalog.rules import Offer
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.tell_watchers import Came
from bot.catalog.wanted.watches import shown_price
from bot.chat.catalog.categories import short_price, short_stock
from bot.chat.catalog.taps import StopAllWatches
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, IN_ROW, fit
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, footer, label, named
from bot.chat.orders.taps import PickQuantity


def came_screen(_: Locale, came: Sequence[Came], *, waits_on: bool) -> Screen:
    """What has come true; `waits_on` where the reader still waits for something else."""
    title = _("🔔 You asked us to tell you:")
    lines = [_line(_, one) for one in came]
    offers = {one.offer.service.id: one.offer for one in came}
    buttons = tuple((_buy(_, offer),) for offer in offers.values())
    stop = ((Button(_("🔕 Stop all other alerts"), StopAllWatches()),),) if waits_on else ()
    text = join([bold(title), join(lines)], "\n\n")
    return Screen(text, (*buttons, *stop, footer(_, new=True)))


def _line(_: Locale, one: Came) -> Rich:
    name = bold(named(_, one.offer.service.listed.name, IN_BUTTON))
    price = short_price(_, one.offer)
    if one.reason is WatchReason.PRICE:
        before = _.money(shown_price(one.price, one.offer.unit))
        said = _("{name} costs less now: {before} → {price}")
        return fill(said, name=name, before=before, price=price)
    said = _("{name} is back: {price} · {stock}")
    return fill(said, name=name, price=price, stock=short_stock(_, one.offer))


def _buy(_: Locale, offer: Offer) -> Button:
    name = _.iso(fit(offer.service.listed.name, IN_ROW))
    text = label(_("🛒 Buy {name} · {price}"), name=name, price=short_price(_, offer))
    return Button(text, PickQuantity(service=offer.service.id, new=True), style="primary")
