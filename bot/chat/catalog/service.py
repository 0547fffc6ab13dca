"""A service card: what it is, what it costs, how it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiogram.filters.callback_data import CallbackData

from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer, Service
from bot.catalog.wanted.favourites import NOT_WANTED, Wanted
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.watches import WATCHED_FOR
from bot.chat.catalog.categories import path_line
from bot.chat.catalog.described import described
from bot.chat.catalog.taps import (
    MarkFavourite,
    OpenCatalog,
    OpenService,
    WatchService,
)
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, footer, named, pager, price_line
from bot.chat.kit.slicing import pages_of
from bot.chat.orders.taps import PickQuantity
from bot.chat.search.taps import OpenFound

_Opened = OpenService | OpenFound
_ON_THE_CARD: Final = 900
_ON_A_PAGE: Final = 3000


def service_screen(
    _: Locale,
    offer: Offer,
    path: Sequence[Category],
    back: CallbackData,
    share: str,
    now: datetime,
    page: int = 0,
    wanted: Wanted = NOT_WANTED,
    *,
    tap: OpenService | OpenFound | None = None,
    is_delivered: bool = True,
    paused: Rich | None = None,
) -> Screen:
    """The card; `share` is a link to it, `page` goes on in a long description.

    `wanted` is what this reader has asked for about it, `tap` is what opened it. `is_delivered`
    when what is bought comes into the chat; `paused` is said while nobody can buy it.
    """
    service = offer.service
    pages = pages_of(described(service.listed.description), _ON_THE_CARD, _ON_A_PAGE)
    at = min(page, len(pages) - 1)
    first = at == 0
    head = join([bold(named(_, service.listed.name)), path_line(_, path) if first else ""])
    is_sold = paused is None and not service.is_sold_out
    comes = _delivery(_, service) if is_delivered and is_sold else ""
    stock = _stock(_, service) if paused is None else paused
    terms = _terms(_, offer, now, stock, comes) if first else ""
    tap = tap or OpenService(service=service.id)
    more = _more(_, tap, at, len(pages))
    alerts = _alerts(_, wanted) if first else ""
    acts = _acts(_, tap, share, wanted, at, is_sold=is_sold)
    text = join([head, pages[at], terms, alerts], "\n\n")
    return Screen(text, (*more, *acts, footer(_, back)))


def paused_screen(
    _: Locale,
    service: Service,
    wanted: Wanted = NOT_WANTED,
    back: CallbackData | None = None,
    tap: OpenService | OpenFound | None = None,
    note: Rich | str = "",
) -> Screen:
    """A service whose price nobody knows now: paused as others are, with no price beside it.

    `note` says first what has just happened.
    """
    tap = tap or OpenService(service=service.id)
    paused = _("⏸ Paused, we expect it back soon")
    title = bold(named(_, service.listed.name))
    text = join([note, title, paused, _alerts(_, wanted)], "\n\n")
    rows = ((_bell(_, tap, WatchReason.BACK, wanted),), (_star(_, tap, wanted, 0),))
    return Screen(text, (*rows, footer(_, back or OpenCatalog())))


def _more(_: Locale, tap: OpenService | OpenFound, at: int, pages: int) -> tuple[Row, ...]:
    if at == 0 and pages > 1:
        return ((Button(_("📖 More"), tap.model_copy(update={"page": 1})),),)
    return pager(at, pages, tap)


def _acts(
    _: Locale, tap: _Opened, share: str, wanted: Wanted, page: int, *, is_sold: bool
) -> tuple[Row, ...]:
    """Buy, or be told when it can be bought; keep it, pass it on; be told when it costs less."""
    beside = (_star(_, tap, wanted, page), Button(_("🔗 Share"), url=share))
    if not is_sold:
        return ((_bell(_, tap, WatchReason.BACK, wanted),), beside)
    buy = Button(_("🛒 Buy"), PickQuantity(service=tap.service), style="primary")
    return ((buy,), beside, (_bell(_, tap, WatchReason.PRICE, wanted),))


def _found_by(opened: _Opened) -> dict[str, int]:
    """Where the card leads back to, as the taps on it keep it."""
    if isinstance(opened, OpenService):
        return {}
    return {"search": opened.search, "found": opened.found}


def _star(_: Locale, opened: _Opened, wanted: Wanted, page: int) -> Button:
    """The tap says what is wanted, so that the same tap twice changes nothing more."""
    kept, is_on = _found_by(opened), not wanted.is_favourite
    tap = MarkFavourite(service=opened.service, on=is_on, page=page, **kept)
    return Button(_("★ Favorite") if wanted.is_favourite else _("☆ Favorite"), tap)


def _bell(_: Locale, opened: _Opened, reason: WatchReason, wanted: Wanted) -> Button:
    is_on = reason in wanted.watched
    kept = _found_by(opened)
    tap = WatchService(service=opened.service, reason=reason, on=not is_on, **kept)
    if reason is WatchReason.BACK:
        said = _("🔕 Stop waiting for it") if is_on else _("🔔 Tell me when it is back")
        return Button(said, tap, style=None if is_on else "primary")
    said = _("🔕 Stop watching the price") if is_on else _("🔔 Tell me if it gets cheaper")
    return Button(said, tap)


def _alerts(_: Locale, wanted: Wanted) -> Rich:
    """What this reader will be told, and until when."""
    if not wanted.watched:
        return Rich()
    said = _("🔔 If that happens within {count} days, we will write to you here once.")
    return fill(said, count=_.number(WATCHED_FOR.days))


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
        return Rich(_("⚡ Instant delivery"))
    return Rich(_("🕐 Delivered manually, which can take a while"))
