"""A service card: what it is, what it costs, how it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.catalog.rules import Offer, Service
from bot.catalog.shelf import Category
from bot.chat.catalog.categories import path_line
from bot.chat.catalog.taps import OpenCatalog, OpenCategory, OpenService
from bot.chat.kit.html import readable
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer, named, pager, price_line
from bot.chat.kit.slicing import pages_of
from bot.chat.orders.taps import PickQuantity

_ON_THE_CARD: Final = 900
_ON_A_PAGE: Final = 3000


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """What the card is made of.

    Attributes:
        back: where the customer came from.
        share: a link to it.
        is_delivered: whether what is bought comes into the chat.
    """

    offer: Offer
    path: Sequence[Category]
    back: OpenCategory | OpenCatalog
    share: str
    now: datetime
    is_delivered: bool = True


def service_screen(_: Locale, facts: ServiceDetails, page: int = 0) -> Screen:
    """The card; `page` goes on in a long description."""
    service = facts.offer.service
    pages = pages_of(readable(service.listed.description), _ON_THE_CARD, _ON_A_PAGE)
    at = min(page, len(pages) - 1)
    first = at == 0
    head = [bold(named(_, service.listed.name)), path_line(_, facts.path) if first else ""]
    about = join([join([*head]), pages[at], _terms(_, facts) if first else ""], "\n\n")
    more = _more(_, service, at, len(pages))
    return Screen(about, (*more, *_actions(_, facts), footer(_, facts.back)))


def _more(_: Locale, service: Service, at: int, pages: int) -> tuple[Row, ...]:
    if at == 0 and pages > 1:
        return ((Button(_("📖 More"), OpenService(service=service.id, page=1)),),)
    return pager(at, pages, lambda page: OpenService(service=service.id, page=page))


def _actions(_: Locale, facts: ServiceDetails) -> tuple[Row, ...]:
    service = facts.offer.service
    share = Button(_("🔗 Share"), url=facts.share)
    if service.is_sold_out:
        return ((share,),)
    return ((Button(_("🛒 Buy"), PickQuantity(service=service.id), style="primary"), share),)


def _terms(_: Locale, facts: ServiceDetails) -> Rich:
    offer, service = facts.offer, facts.offer.service
    return join(
        [
            price_line(_, offer.price, offer.unit, service.basis),
            _range(_, service),
            _stock(_, service),
            _delivery(_, service) if facts.is_delivered else "",
            fill(_("Checked {ago}"), ago=_.ago(service.read_at, facts.now)),
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
