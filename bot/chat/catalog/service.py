"""A service card: what it is, what it costs, how it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer, Service
from bot.chat.catalog.categories import path_line
from bot.chat.catalog.taps import OpenCatalog, OpenCategory, OpenService
from bot.chat.kit.html import readable
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer, named, pager, price_line
from bot.chat.kit.slicing import pages_of
from bot.chat.orders.taps import PickQuantity
from bot.chat.search.taps import OpenFound, OpenResults

_ON_THE_CARD: Final = 900
_ON_A_PAGE: Final = 3000


def service_screen(
    _: Locale,
    offer: Offer,
    path: Sequence[Category],
    back: OpenCategory | OpenCatalog | OpenResults,
    share: str,
    now: datetime,
    page: int = 0,
    *,
    tap: OpenService | OpenFound | None = None,
    is_delivered: bool = True,
    is_paused: bool = False,
) -> Screen:
    """The card; `share` is a link to it, `page` goes on in a long description.

    `tap` is what opened it. `is_delivered` when what is bought comes into the chat; `is_paused`
    while nobody can buy it.
    """
    service = offer.service
    pages = pages_of(readable(service.listed.description), _ON_THE_CARD, _ON_A_PAGE)
    at = min(page, len(pages) - 1)
    first = at == 0
    head = join([bold(named(_, service.listed.name)), path_line(_, path) if first else ""])
    is_sold = not (is_paused or service.is_sold_out)
    comes = _delivery(_, service) if is_delivered and is_sold else ""
    stock = Rich(_("⏸ Paused, we expect it back soon")) if is_paused else _stock(_, service)
    terms = _terms(_, offer, now, stock, comes) if first else ""
    more = _more(_, tap or OpenService(service=service.id), at, len(pages))
    acts = _acts(_, service, share, is_sold=is_sold)
    return Screen(join([head, pages[at], terms], "\n\n"), (*more, acts, footer(_, back)))


def paused_screen(_: Locale, name: str) -> Screen:
    """A service whose price nobody knows now: paused as others are, with no price beside it."""
    text = join([bold(named(_, name)), _("⏸ Paused, we expect it back soon")], "\n\n")
    return Screen(text, (footer(_, OpenCatalog()),))


def _more(_: Locale, tap: OpenService | OpenFound, at: int, pages: int) -> tuple[Row, ...]:
    if at == 0 and pages > 1:
        return ((Button(_("📖 More"), tap.model_copy(update={"page": 1})),),)
    return pager(at, pages, tap)


def _acts(_: Locale, service: Service, share: str, *, is_sold: bool) -> Row:
    link = Button(_("🔗 Share"), url=share)
    if not is_sold:
        return (link,)
    return (Button(_("🛒 Buy"), PickQuantity(service=service.id), style="primary"), link)


def _terms(_: Locale, offer: Offer, now: datetime, stock: Rich, comes: Rich | str) -> Rich:
    service = offer.service
    return join(
        [
            price_line(_, offer.price, offer.unit, service.basis),
            _range(_, service),
            stock,
            comes,
            fill(_("Checked {ago}"), ago=_.ago(service.read_at, now)),
        ]
    )


def _range(_: Locale, service: Service) -> Rich:
    span = service.span
    if span.is_empty:
        return Rich()
    if span.least == span.most:
        said = _("Quantity per order: {least}")
    else:
        said = _("Quantity per order: {least} to {most}")
    return fill(said, least=_.number(span.least), most=_.number(span.most))


def _stock(_: Locale, service: Service) -> Rich:
    if service.is_sold_out:
        return Rich(_("Sold out at the moment"))
    if service.listed.stock is None:
        return Rich()
    return fill(_("In stock: {count}"), count=_.number(service.listed.stock))


def _delivery(_: Locale, service: Service) -> Rich:
    if service.listed.auto_delivery is None:
        return Rich()
    if service.listed.auto_delivery:
        return Rich(_("⚡ Delivered at once"))
    return Rich(_("🕐 Delivered by hand, which can take a while"))
