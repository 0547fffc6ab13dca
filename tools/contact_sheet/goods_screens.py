"""Screens of the shelf: where things are found, looked at, kept and waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.base.ids import CategoryId, OrderId, ServiceId
from bot.base.page import Page
from bot.catalog.errors import NotForSaleReason
from bot.catalog.listing import Sort
from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer
from bot.catalog.search.look import Hit
from bot.catalog.wanted.favourites import Wanted
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.tell_watchers import Came
from bot.chat.catalog.categories import catalog_screen, category_screen
from bot.chat.catalog.favourites import WantedRow, WantedSign, favourites_screen
from bot.chat.catalog.gone import gone_category_screen, gone_service_screen, lost_link_screen
from bot.chat.catalog.service import paused_screen, service_screen
from bot.chat.catalog.taps import OpenCategory
from bot.chat.catalog.watches import came_screen
from bot.chat.home.home import LastPurchase, Ways, home_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.search.results import nothing_screen, results_screen, search_screen
from bot.chat.search.taps import OpenResults
from tools.contact_sheet import samples
from tools.contact_sheet.samples import NOW, SHARE, SUPPLIER, usd

Shown = tuple[str, Screen]
"""A screen under what it is, in English for whoever reads the pictures."""
_BACK: Final = OpenCategory(category=2)


def home(_: Locale) -> Iterator[Shown]:
    """The first screen, as it greets different people."""
    last = LastPurchase(OrderId(12), "Gmail account, 2 years old", 3, usd("9.99"))
    yield "home: usual", home_screen(_, "Kiosk", usd("12.4"), Ways(numbers=True))
    busy = Ways(numbers=True, open_orders=2, last=last)
    yield "home: open orders, last purchase", home_screen(_, "Kiosk", usd("12.4"), busy)
    poor = Ways(numbers=True, needs_topup=True)
    yield "home: top up first", home_screen(_, "Kiosk", usd("0"), poor)


def shelf(_: Locale) -> Iterator[Shown]:
    """The catalogue, its categories, and the card of a service in every state."""
    known = samples.CATEGORIES
    top = [
        replace(known[CategoryId(at)], on_sale={SUPPLIER: count} if count else {})
        for at, count in ((1, 240), (3, 12), (4, 31), (5, 0))
    ]
    below = replace(known[CategoryId(6)], on_sale={SUPPLIER: 5})
    yield "catalog", catalog_screen(_, Page(tuple(top), 0, 1, 4))
    here = replace(known[CategoryId(2)], on_sale={SUPPLIER: 27})
    path = (known[CategoryId(1)], here)
    offers = [samples.offer(one) for one in samples.accounts()]
    inside: Page[Category | Offer] = Page((below, *offers), 1, 4, 28)
    yield "category", category_screen(_, path, inside, OpenCategory(category=2), share=SHARE)
    paused = category_screen(
        _, path, replace(inside, number=0), OpenCategory(category=2, sort=Sort.NAME), {SUPPLIER}
    )
    yield "category: paused", paused
    card = (path, _BACK, SHARE, NOW)
    yield "card: on sale", service_screen(_, offers[0], *card)
    wanted = Wanted(is_favourite=True, watched=frozenset({WatchReason.PRICE}))
    yield "card: favourite, price watched", service_screen(_, offers[0], *card, 0, wanted)
    yield "card: sold out", service_screen(_, offers[-1], *card)
    waits = Wanted(watched=frozenset({WatchReason.BACK}))
    yield "card: sold out, waited for", service_screen(_, offers[-1], *card, 0, waits)
    yield (
        "card: paused",
        service_screen(_, offers[0], *card, paused=Rich(_("⏸ Paused, we expect it back soon"))),
    )
    yield "card: paused, price unknown", paused_screen(_, samples.service())
    long = samples.service(
        9,
        "Facebook account",
        description="<p>A line of a long description that goes on and on.</p>" * 100,
    )
    yield "card: long description", service_screen(_, samples.offer(long), *card)
    yield (
        "gone: service",
        gone_service_screen(
            _, samples.service(hidden=NotForSaleReason.GONE), "Gmail account", offers[1:3]
        ),
    )
    yield "gone: category", gone_category_screen(_, top[:2])
    yield "gone: unknown link", lost_link_screen(_)


def search(_: Locale) -> Iterator[Shown]:
    """What is asked, found and not found."""
    project = samples.numbers(_)
    there = samples.shelf(*(one.service for one in project.offers))
    found = (
        Hit(
            "Gmail account, new", "Gmail account, new", 1.0, is_on_sale=True, service=ServiceId(2)
        ),
        Hit("Gmail", "Gmail", 1.0, is_on_sale=True, category=CategoryId(2), above="Accounts"),
        Hit("WhatsApp", "WhatsApp", 1.0, is_on_sale=True, project=project.key),
    )
    number = replace(found[-1], country=samples.country(_), number=ServiceId(100))
    sold_out = replace(found[0], shown="Google Voice", is_on_sale=False, service=ServiceId(5))
    hits = (*found, number, sold_out)
    opened = OpenResults(search=1)
    yield "search", search_screen(_)
    yield "search: forgotten", search_screen(_, is_forgotten=True)
    yield "search: results", results_screen(_, "gmail", Page(hits, 0, 3, 21), there, opened)
    yield "search: nothing, guesses", nothing_screen(_, "gmial", hits[:2], there, opened)
    yield "search: nothing at all", nothing_screen(_, "xyzzy", (), there, opened)


def wanted(_: Locale) -> Iterator[Shown]:
    """Favourites, and the message about what came back."""
    offers = [samples.offer(one) for one in samples.accounts()]
    rows = [
        WantedRow(one.service, sign, one) for sign, one in zip(WantedSign, offers, strict=False)
    ]
    gone = samples.service(8, "Old thing", hidden=NotForSaleReason.GONE)
    full = (*rows, WantedRow(gone, WantedSign.FAVOURITE, None))
    yield "favourites", favourites_screen(_, Page(full, 0, 1, 4))
    yield "favourites: none", favourites_screen(_, Page((), 0, 1, 0))
    back, cheaper = (
        Came(offers[0], WatchReason.BACK, usd("3330")),
        Came(offers[1], WatchReason.PRICE, usd("1000")),
    )
    yield "watch: back", came_screen(_, [back], waits_on=False)
    yield "watch: back and cheaper", came_screen(_, [back, cheaper], waits_on=True)
